"""Beginning a version: the first from the template, a later one from the one in force."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from marketplace.agreements import drafting, policies, queries, starting_text
from marketplace.agreements.content import Content, content_of
from marketplace.agreements.models import Agreement
from marketplace.agreements.services.expectations import (
    expect_approved,
    expect_may_start,
    tell_parties,
)
from marketplace.agreements.services.writing import replace_rows
from marketplace.agreements.states import (
    AgreementEvent,
    AgreementRefusal,
    AgreementState,
    AgreementTopic,
    AgreementTrigger,
)
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.texts import expect_text
from marketplace.pairings.models import Pairing


def start_agreement(session: Session, actor: Actor, *, pairing: Pairing) -> Agreement:
    """Version 1, from the template and what the need says already."""
    expect_may_start(session, actor, pairing)
    if queries.list_versions(session, pairing.id):
        raise NotNow(AgreementRefusal.VERSION_OPEN)
    language = starting_text.language_for(pairing.need.language)
    first = drafting.first_content(
        session, starting_text.template_texts(session, language), pairing
    )
    agreement = _begin(session, actor, pairing, first, language=language)
    event = record(session, actor, AgreementEvent.STARTED, agreement)
    tell_parties(session, agreement, AgreementTopic.STARTED, event)
    return agreement


def renegotiate(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> Agreement:
    """The next version because a side asks for it; `version` is that of the one in force."""
    expect_may_start_version(session, actor, pairing).expect_version(version)
    trigger = AgreementTrigger.RENEGOTIATION
    return start_version(session, actor, pairing=pairing, trigger=trigger, reason=reason)


def start_version(
    session: Session,
    actor: Actor,
    *,
    pairing: Pairing,
    trigger: AgreementTrigger,
    reason: str,
    decision_on: date | None = None,
) -> Agreement:
    """The next version, a copy of the one in force to be changed and signed anew.

    `decision_on` where it has been decided until when to decide: the parties agree on the rest.
    """
    if trigger is AgreementTrigger.FIRST:
        raise ValueError("a later version is not the first")
    in_force = expect_may_start_version(session, actor, pairing, trigger)
    why = expect_text("reason", reason, LifecycleRefusal.REASON_MISSING)
    content = content_of(in_force)
    if decision_on is not None:
        content = replace(content, fields={**content.fields, "decision_on": decision_on})
    agreement = _begin(
        session,
        actor,
        pairing,
        content,
        language=in_force.language,
        number=queries.list_versions(session, pairing.id)[0].number + 1,
        trigger=trigger,
        change_reason=why,
    )
    event = record(
        session, actor, AgreementEvent.STARTED, agreement, reason=agreement.change_reason
    )
    tell_parties(session, agreement, AgreementTopic.NEW_VERSION, event)
    return agreement


def expect_may_start_version(
    session: Session,
    actor: Actor,
    pairing: Pairing,
    trigger: AgreementTrigger = AgreementTrigger.RENEGOTIATION,
) -> Agreement:
    """The version in force, which the next one is copied from."""
    expect_version_asker(actor, pairing)
    expect_approved(session, pairing)
    if trigger is AgreementTrigger.RENEGOTIATION and pairing.test_ended_at is not None:
        raise NotNow(AgreementRefusal.TEST_ENDED)
    if queries.find_open_version(session, pairing.id) is not None:
        raise NotNow(AgreementRefusal.VERSION_OPEN)
    in_force = queries.find_in_force(session, pairing.id)
    if in_force is None:
        raise NotNow(AgreementRefusal.NOTHING_IN_FORCE)
    return in_force


def expect_version_asker(actor: Actor, pairing: Pairing) -> None:
    if not policies.can_ask_for_version(actor, pairing):
        raise NotAllowed(AgreementRefusal.PARTIES_ONLY)


def _begin(
    session: Session, actor: Actor, pairing: Pairing, content: Content, **values: Any
) -> Agreement:
    given = {"number": 1, "trigger": AgreementTrigger.FIRST} | values
    agreement = Agreement(
        pairing_id=pairing.id,
        pairing=pairing,
        state=AgreementState.DRAFT,
        author_id=actor.person_id,
        updated_at=now(),
        **given,
        **content.fields,
    )
    session.add(agreement)
    session.flush()
    replace_rows(session, agreement, content)
    return agreement
