"""What the page of a case shows, and what stands around all its pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import PastEvent, events_of
from marketplace.interests.models import Interest
from marketplace.interests.policies import can_read_answer
from marketplace.pairings import policies, queries
from marketplace.pairings.awaited import awaited, waiting_since, was_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages.names import Names
from marketplace.pairings.roles.labels import People, sentence
from marketplace.pairings.roles.pages import contacts_of, people_in, role_rows
from marketplace.pairings.states import PairingEvent
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way
from marketplace.ui.labels import label
from marketplace.ui.navigation import CASE, MenuEntry, menu_for
from marketplace.ui.timeline import TimelineRow

TITLE = Markup('<span lang="{}">{}</span> – <span lang="{}">{}</span>')

INTERNAL_REASONS = {PairingEvent.CONFLICT_DECLARED}
"""Events whose reason only the municipality reads."""


def title_of(pairing: Pairing) -> Markup:
    """What a pairing is called: the concept and the need, each in its own language."""
    concept, need = pairing.concept, pairing.need
    return TITLE.format(concept.language, concept.title, need.language, need.title)


def way_to_case(pairing: Pairing) -> Way:
    return Way(url_for("pairings.show", pairing_id=pairing.id), title_of(pairing))


def values_for(session: Session, actor: Actor, pairing: Pairing) -> dict[str, Any]:
    names = Names(queries.shown_people(session, actor, pairing))
    return {
        "pairing": pairing,
        "need": pairing.need,
        "concept": pairing.concept,
        "answer": _answer(actor, pairing),
        "names": names,
        "roles": role_rows(actor, pairing),
        "happened": list(_story(session, pairing, names)),
        "awaited": awaited(pairing),
        "since": waiting_since(pairing),
        "moves": policies.open_moves(actor, pairing),
        "side": policies.side_to_accept(actor, pairing),
        "inside": policies.can_see_all_names(actor, pairing),
        "may_open_approval": policies.can_open_approval(actor, pairing),
        "may_declare_conflict": policies.can_declare_conflict(actor, pairing),
        "may_choose_programme": policies.can_choose_programme(actor, pairing),
    }


def _answer(actor: Actor, pairing: Pairing) -> Interest | None:
    """What the entrepreneur answered the need, for those who were to read it."""
    interest = pairing.interest
    return interest if interest is not None and can_read_answer(actor, interest) else None


def _story(session: Session, pairing: Pairing, names: Names) -> Iterable[TimelineRow]:
    events = events_of(session, [pairing])
    involved = queries.names_of(session, people_in(events))
    people = {key: name for key, name in involved.items() if names.shows_id(key)}
    for past in events:
        hidden = past.event in INTERNAL_REASONS and names.shown is not None
        yield TimelineRow(
            at=past.at,
            text=_sentence(pairing, past, people),
            who=names.pick(past.actor_id, past.who),
            reason=None if hidden else past.reason,
        )


def _sentence(pairing: Pairing, past: PastEvent, people: People) -> str:
    """Who ended it is said where it fell: «trukket» is only what one has proposed oneself."""
    if past.event in {PairingEvent.WITHDRAWN, PairingEvent.DECLINED}:
        return label(pairing.standing)
    return sentence(past, people)


# ---------------------------------------------------------------- around every page of a case


@dataclass(frozen=True, slots=True)
class CaseFrame:
    """What stands around every page of a case."""

    tabs: list[MenuEntry]
    contacts: Markup


def case_frame(pairing: Pairing) -> CaseFrame:
    actor = current_actor()
    names = Names(queries.shown_people(db_session(), actor, pairing))
    contacts = render_template(
        "pairings/contacts.html",
        contacts=list(contacts_of(pairing, names)),
        inside=names.shown is None,
        approved=was_approved(pairing),
    )
    return CaseFrame(menu_for(CASE, actor, pairing), Markup(contacts))  # noqa: S704  a template, which escapes
