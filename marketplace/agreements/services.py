"""The only place that changes agreements.

A version is changed while it is a draft. Offered, it waits for a signature of each side; sent
back, it is a draft again and what was signed lapses. With both signatures it is in force, and the
version before it is superseded in the same transaction.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from marketplace.accounts.states import Language
from marketplace.agreements import drafting, policies, queries, starting_text
from marketplace.agreements.content import TEXTS, Content, content_of
from marketplace.agreements.models import Agreement, AgreementTemplate
from marketplace.agreements.requirements import dates_ahead, missing_for_offering
from marketplace.agreements.states import (
    AGREEMENT_LIFECYCLE,
    NEEDED_ROLES,
    AgreementEvent,
    AgreementMove,
    AgreementRefusal,
    AgreementState,
    AgreementTopic,
    AgreementTrigger,
)
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import Incomplete, InvalidField, NotAllowed, NotNow, Refused, Stale
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.pairings import recipients
from marketplace.pairings.locks import hold
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.roles.policies import ASSIGNERS
from marketplace.pairings.states import CaseRole, PairingRefusal, PairingState, Side

# ---------------------------------------------------------------- beginning a version


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
    _tell(session, agreement, AgreementTopic.STARTED, event)
    return agreement


def start_version(
    session: Session, actor: Actor, *, pairing: Pairing, trigger: AgreementTrigger, reason: str
) -> Agreement:
    """The next version, a copy of the one in force to be changed and signed anew."""
    if trigger is AgreementTrigger.FIRST:
        raise ValueError("a later version is not the first")
    in_force = expect_may_start_version(session, actor, pairing, trigger)
    if not reason.strip():
        raise InvalidField("reason", LifecycleRefusal.REASON_MISSING)
    agreement = _begin(
        session,
        actor,
        pairing,
        content_of(in_force),
        language=in_force.language,
        number=queries.list_versions(session, pairing.id)[0].number + 1,
        trigger=trigger,
        change_reason=reason.strip(),
    )
    event = record(
        session, actor, AgreementEvent.STARTED, agreement, reason=agreement.change_reason
    )
    _tell(session, agreement, AgreementTopic.NEW_VERSION, event)
    return agreement


def expect_may_start(session: Session, actor: Actor, pairing: Pairing) -> None:
    if not policies.is_party(actor, pairing):
        raise NotAllowed(AgreementRefusal.PARTIES_ONLY)
    _expect_approved(session, pairing)


def expect_may_start_version(
    session: Session,
    actor: Actor,
    pairing: Pairing,
    trigger: AgreementTrigger = AgreementTrigger.RENEGOTIATION,
) -> Agreement:
    """The version in force, which the next one is copied from."""
    if not policies.can_ask_for_version(actor, pairing):
        raise NotAllowed(AgreementRefusal.PARTIES_ONLY)
    _expect_approved(session, pairing)
    if trigger is AgreementTrigger.RENEGOTIATION and pairing.test_ended_at is not None:
        raise NotNow(AgreementRefusal.TEST_ENDED)
    if queries.find_open_version(session, pairing.id) is not None:
        raise NotNow(AgreementRefusal.VERSION_OPEN)
    in_force = queries.find_in_force(session, pairing.id)
    if in_force is None:
        raise NotNow(AgreementRefusal.NOTHING_IN_FORCE)
    return in_force


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
    drafting.replace_rows(session, agreement, content)
    return agreement


# ---------------------------------------------------------------- writing the draft


def save_draft(
    session: Session, actor: Actor, *, agreement: Agreement, version: int, content: Content
) -> bool:
    """Store some of the content. Saving the same again does nothing, whatever the version."""
    expect_editable(session, actor, agreement)
    changed = drafting.differing(agreement, content)
    if changed == Content():
        return False
    agreement.expect_version(version)
    drafting.expect_sound(session, agreement.pairing, changed)
    for name, value in changed.fields.items():
        setattr(agreement, name, value)
    agreement.updated_at = now()
    # Also where only rows have changed, so that whoever saves after this is refused.
    flag_modified(agreement, "updated_at")
    drafting.replace_rows(session, agreement, changed)
    rows = drafting.rows_as_data(changed)
    record(session, actor, AgreementEvent.CHANGED, agreement, extra=rows)
    return True


def expect_editable(session: Session, actor: Actor, agreement: Agreement) -> None:
    expect_may_start(session, actor, agreement.pairing)
    if agreement.state is not AgreementState.DRAFT:
        raise NotNow(AgreementRefusal.LOCKED)


# ---------------------------------------------------------------- offering


def offer_version(session: Session, actor: Actor, *, agreement: Agreement, version: int) -> None:
    agreement.expect_version(version)
    expect_move(session, actor, agreement, AgreementMove.OFFER)
    missing = missing_for_offering(agreement)
    if missing:
        raise Incomplete(AgreementRefusal.NOT_READY, missing)
    role_map.expect_filled(agreement.pairing, NEEDED_ROLES[AgreementMove.OFFER])
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.OFFER)
    agreement.offered_by_id, agreement.offered_at = actor.person_id, now()
    agreement.sent_back_reason = None
    event = record(session, actor, AgreementEvent.OFFERED, agreement)
    _tell(session, agreement, AgreementTopic.OFFERED, event)


def send_back(
    session: Session, actor: Actor, *, agreement: Agreement, version: int, reason: str
) -> None:
    """A draft again; what one side may have signed lapses."""
    agreement.expect_version(version)
    expect_move(session, actor, agreement, AgreementMove.SEND_BACK)
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.SEND_BACK, reason=reason)
    agreement.sent_back_reason = reason.strip()
    agreement.offered_by_id = agreement.offered_at = None
    _lapse_signatures(agreement)
    event = record(
        session, actor, AgreementEvent.SENT_BACK, agreement, reason=agreement.sent_back_reason
    )
    _forget_signers(session, agreement)
    _tell(session, agreement, AgreementTopic.SENT_BACK, event)


def withdraw_version(
    session: Session, actor: Actor, *, agreement: Agreement, version: int, reason: str
) -> None:
    """Give up a new version: the one in force goes on."""
    agreement.expect_version(version)
    expect_may_withdraw(session, actor, agreement)
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.WITHDRAW, reason=reason)
    agreement.withdrawn_by_id, agreement.withdrawn_at = actor.person_id, now()
    agreement.withdrawal_reason = reason.strip()
    _lapse_signatures(agreement)
    event = record(
        session, actor, AgreementEvent.WITHDRAWN, agreement, reason=agreement.withdrawal_reason
    )
    _forget_signers(session, agreement)
    _tell(session, agreement, AgreementTopic.WITHDRAWN, event)
    run_reactions(session, actor, AgreementEvent.WITHDRAWN, agreement)


def expect_may_withdraw(session: Session, actor: Actor, agreement: Agreement) -> None:
    expect_move(session, actor, agreement, AgreementMove.WITHDRAW)
    if not policies.can_withdraw(agreement):
        raise NotNow(AgreementRefusal.ONLY_RENEGOTIATION_WITHDRAWN)


def _lapse_signatures(agreement: Agreement) -> None:
    agreement.unit_signed_by_id = agreement.unit_signed_at = None
    agreement.entrepreneur_signed_by_id = agreement.entrepreneur_signed_at = None
    agreement.roles_at_signing = None


def _forget_signers(session: Session, agreement: Agreement) -> None:
    session.expire(agreement, ["unit_signed_by", "entrepreneur_signed_by"])


# ---------------------------------------------------------------- signing


def sign_version(session: Session, actor: Actor, *, agreement: Agreement, version: int) -> None:
    """Sign for one's side; with both signatures the version is in force."""
    agreement.expect_version(version)
    expect_may_sign(session, actor, agreement)
    side = policies.side_to_sign(actor, agreement)
    if side is None:
        raise NotNow(AgreementRefusal.ALREADY_SIGNED)
    if policies.missing_signatures(agreement) == {side}:
        _bring_into_force(session, actor, agreement, side)
    else:
        _sign(actor, agreement, side)
        event = record(session, actor, _SIGNED[side], agreement)
        _tell(session, agreement, AgreementTopic.SIGNED_BY_ONE, event)
    _forget_signers(session, agreement)


def expect_may_sign(session: Session, actor: Actor, agreement: Agreement) -> None:
    expect_move(session, actor, agreement, AgreementMove.SIGN)
    for obstacle in obstacles_to_signing(agreement):
        raise obstacle


def obstacles_to_signing(agreement: Agreement) -> list[Refused]:
    """What stands in the way of every signature, whoever gives it."""
    dates = [] if dates_ahead(agreement) else [NotNow(AgreementRefusal.DATES_PASSED)]
    empty = role_map.empty_roles(agreement.pairing, NEEDED_ROLES[AgreementMove.SIGN])
    roles = [NotNow(PairingRefusal.ROLE_EMPTY, role=role, who=ASSIGNERS[role]) for role in empty]
    return [*dates, *roles]


_SIGNED = {
    Side.UNIT: AgreementEvent.UNIT_SIGNED,
    Side.ENTREPRENEUR: AgreementEvent.ENTREPRENEUR_SIGNED,
}


def _sign(actor: Actor, agreement: Agreement, side: Side) -> None:
    if side is Side.UNIT:
        agreement.unit_signed_by_id, agreement.unit_signed_at = actor.person_id, now()
    else:
        agreement.entrepreneur_signed_by_id = actor.person_id
        agreement.entrepreneur_signed_at = now()


def _bring_into_force(session: Session, actor: Actor, agreement: Agreement, side: Side) -> None:
    """The last signature and the new state in one write, as the database asks for both.

    The earlier version makes room first: two rows in force, even for one flush, are refused.
    """
    _supersede_earlier(session, actor, agreement)
    _sign(actor, agreement, side)
    agreement.roles_at_signing = roles_now(agreement.pairing)
    AGREEMENT_LIFECYCLE.make(agreement, AgreementMove.SIGN)
    record(session, actor, _SIGNED[side], agreement)
    event = record(session, actor, AgreementEvent.IN_FORCE, agreement)
    told = recipients.deciders(session, agreement.pairing) | _role_holders(agreement.pairing)
    _tell(session, agreement, AgreementTopic.SIGNED, event, besides=told)
    run_reactions(session, actor, AgreementEvent.IN_FORCE, agreement)


def _supersede_earlier(session: Session, actor: Actor, agreement: Agreement) -> None:
    earlier = queries.find_in_force(session, agreement.pairing_id)
    if earlier is not None:
        AGREEMENT_LIFECYCLE.make(earlier, AgreementMove.SUPERSEDE)
        earlier.superseded_at = now()
        record(session, actor, AgreementEvent.SUPERSEDED, earlier)


def roles_now(pairing: Pairing) -> dict[str, dict[str, Any]]:
    """The role map as it stands, to be kept with a signed version."""
    return {
        holder.role.value: {
            "person_id": holder.person_id,
            "person": holder.person.name,
            "deputy_id": holder.deputy_id,
            "deputy": holder.deputy.name if holder.deputy else None,
        }
        for role in CaseRole
        if (holder := role_map.holder_of(pairing, role)) is not None
    }


# ---------------------------------------------------------------- parts of the moves


def expect_move(session: Session, actor: Actor, agreement: Agreement, move: AgreementMove) -> None:
    """Refuse the wrong person, then a case that is over, then the wrong moment."""
    refusal = policies.refusal(actor, agreement, move)
    if refusal in {AgreementRefusal.PARTIES_ONLY, AgreementRefusal.SIGNERS_ONLY}:
        raise NotAllowed(refusal)
    _expect_approved(session, agreement.pairing)
    AGREEMENT_LIFECYCLE.check(agreement.state, move)
    if refusal is AgreementRefusal.SIGNED_FOR_OTHER_SIDE:
        raise NotAllowed(refusal)
    if refusal is not None:
        raise NotNow(refusal)


def _expect_approved(session: Session, pairing: Pairing) -> None:
    """On a row that nobody closes before this commits."""
    hold(session, pairing)
    if pairing.state is not PairingState.APPROVED:
        raise NotNow(AgreementRefusal.CASE_NOT_APPROVED)


def _role_holders(pairing: Pairing) -> set[int]:
    acting = (role_map.acting(holder) for holder in pairing.roles)
    return {person.id for person in acting if person is not None}


def _tell(
    session: Session,
    agreement: Agreement,
    topic: StrEnum,
    event: AuditEvent,
    *,
    besides: set[int] | None = None,
) -> None:
    pairing = agreement.pairing
    people = recipients.parties(session, pairing) | (besides or set())
    payload: dict[str, Any] = {
        "pairing_id": pairing.id,
        "need_id": pairing.need_id,
        "need_title": pairing.need.title,
        "concept_title": pairing.concept.title,
        "number": agreement.number,
    }
    reason = {"reason": event.reason} if event.reason else {}
    tell(session, people, topic, event, payload | reason)


# ---------------------------------------------------------------- the administrator's template


def save_template(
    session: Session,
    actor: Actor,
    *,
    language: Language,
    version: int,
    texts: Mapping[str, str],
) -> AgreementTemplate:
    """Store the text that first versions start from; `version` is 0 where none was stored."""
    expect_may_edit_templates(actor)
    for name in TEXTS:
        if not texts.get(name, "").strip():
            raise InvalidField(name, AgreementRefusal.TEXT_MISSING)
        for place in starting_text.unknown_places(texts[name]):
            raise InvalidField(name, AgreementRefusal.PLACE_UNKNOWN, place=place)
    template = queries.find_template(session, language)
    if (template.version if template else 0) != version:
        raise Stale
    template = template or AgreementTemplate(language=language)
    for name in TEXTS:
        setattr(template, name, texts[name].strip())
    template.updated_by_id, template.updated_at = actor.person_id, now()
    session.add(template)
    record(session, actor, AgreementEvent.TEMPLATE_CHANGED, template)
    return template


def expect_may_edit_templates(actor: Actor) -> None:
    if not policies.can_edit_templates(actor):
        raise NotAllowed(AgreementRefusal.ADMINISTRATORS_ONLY)
