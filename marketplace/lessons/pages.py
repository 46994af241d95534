"""The lessons on their page of a case, fitted to its reader, and on pages of needs and cases."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor, Role
from marketplace.core.audit import events_of
from marketplace.core.errors import Refused
from marketplace.core.revision import Collection, current_revision
from marketplace.lessons import policies, queries
from marketplace.lessons.case_facts import CaseFacts, facts_of
from marketplace.lessons.closing import missing_for_closing
from marketplace.lessons.models import Lesson
from marketplace.lessons.services import expect_may_write
from marketplace.lessons.states import WRITERS, LessonEvent
from marketplace.needs.models import Need
from marketplace.pairings.awaited import was_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages.names import Names
from marketplace.pairings.queries import shown_people
from marketplace.pairings.states import PARTIES, PairingState, Side
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.fragments import same_for_all
from marketplace.ui.labels import label, refusal_text
from marketplace.ui.timeline import TimelineRow


@dataclass(frozen=True, slots=True)
class SideRow:
    side: Side
    lesson: Lesson | None
    writers: tuple[Role, ...]
    may_write: bool


def values_for(session: Session, actor: Actor, pairing: Pairing) -> dict[str, Any]:
    facts = facts_of(session, pairing)
    names = Names(shown_people(session, actor, pairing))
    return {
        "pairing": pairing,
        "facts": facts,
        "sides": [_side_row(actor, pairing, side, facts) for side in PARTIES],
        "can_begin": not facts.pilot_ongoing,
        "missing": _missing(pairing, facts),
        "may_close": policies.can_close(actor, pairing),
        "names": names,
        "happened": list(_story(session, facts, names)),
    }


def _side_row(actor: Actor, pairing: Pairing, side: Side, facts: CaseFacts) -> SideRow:
    may_write = _may_write(actor, pairing, side, facts)
    return SideRow(side, facts.lessons.get(side), WRITERS[side], may_write)


def _may_write(actor: Actor, pairing: Pairing, side: Side, facts: CaseFacts) -> bool:
    try:
        expect_may_write(actor, pairing, side, facts)
    except Refused:
        return False
    return True


def _missing(pairing: Pairing, facts: CaseFacts) -> list[str]:
    """What stands between the case and its end, in words; nothing once it has ended."""
    if pairing.state is not PairingState.APPROVED:
        return []
    return [refusal_text(refused) for refused in missing_for_closing(facts)]


def _story(session: Session, facts: CaseFacts, names: Names) -> Iterator[TimelineRow]:
    side_of = {lesson.id: side for side, lesson in facts.lessons.items()}
    for past in events_of(session, facts.lessons.values()) if side_of else ():
        text = f"{label(side_of[past.subject_id])}: {label(LessonEvent(past.event))}"
        yield TimelineRow(past.at, text, names.pick(past.actor_id, past.who), past.reason)


# ---------------------------------------------------------------- on the first page of the case


def next_step(pairing: Pairing, **_values: object) -> str:
    actor = current_actor()
    if not was_approved(pairing):
        return ""
    values = _next_values(db_session(), actor, pairing)
    return render_template("lessons/next.html", **values) if values else ""


def _next_values(session: Session, actor: Actor, pairing: Pairing) -> dict[str, Any] | None:
    """What the first page of the case says of the lessons; None while something else comes first.

    That is the test, the decision, or an extension that both have to sign: the page of the lessons
    is there all the same.
    """
    if pairing.state is PairingState.CLOSED:
        return {"pairing": pairing, "closed": True}
    facts = facts_of(session, pairing)
    if facts.pilot is None or facts.pilot_ongoing or facts.decision_awaited or facts.on_hold:
        return None
    return {
        "pairing": pairing,
        "closed": False,
        "to_write": facts.sides_to_write,
        "own": [side for side in facts.sides_to_write if _may_write(actor, pairing, side, facts)],
        "missing": _missing(pairing, facts),
        "may_close": policies.can_close(actor, pairing),
    }


# ---------------------------------------------------------------- on the pages of needs


def beside_the_form(need: Need, **_values: object) -> str:
    """What others learned, for whoever writes a need like theirs."""
    found = queries.list_like_need(db_session(), need)
    return render_template("lessons/beside_form.html", cases=found)


def of_like_needs(need: Need, **_values: object) -> str:
    """The same for everyone who reads a need; its own cases are among them."""
    revision = current_revision(db_session(), Collection.LESSONS)
    key = ("lessons of like needs", need.id, need.version, revision)
    return same_for_all(key, lambda: _of_like_needs(need))


def _of_like_needs(need: Need) -> str:
    found = queries.list_like_need(db_session(), need)
    return render_template("lessons/in_need.html", cases=found, need=need) if found else ""
