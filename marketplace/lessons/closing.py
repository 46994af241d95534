"""What stands between a case and its end: one answer for page and service."""

from collections.abc import Iterator

from marketplace.core.actor import Actor
from marketplace.core.errors import NotAllowed, NotNow, Refused
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.lessons.case_facts import CaseFacts
from marketplace.lessons.policies import closing_refusal
from marketplace.lessons.states import WRITERS, LessonRefusal
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PAIRING_LIFECYCLE, CaseRole, PairingMove


def obstacles_to_closing(actor: Actor, pairing: Pairing, facts: CaseFacts) -> list[Refused]:
    """Everything that stands in the way: the person first, then the state, then the case."""
    return [
        *_in_the_person(actor, pairing),
        *_in_the_state(pairing),
        *missing_for_closing(facts),
    ]


def missing_for_closing(facts: CaseFacts) -> list[Refused]:
    """What the case lacks, each with who can do it."""
    return [*_in_the_test(facts), *_in_what_follows(facts), *_in_the_lessons(facts)]


def _in_the_person(actor: Actor, pairing: Pairing) -> Iterator[Refused]:
    refusal = closing_refusal(actor, pairing)
    if refusal is not None:
        yield NotAllowed(refusal)


def _in_the_state(pairing: Pairing) -> Iterator[Refused]:
    if not PAIRING_LIFECYCLE.allows(pairing.state, PairingMove.CLOSE):
        yield NotNow(LifecycleRefusal.WRONG_STATE, state=pairing.state, move=PairingMove.CLOSE)


def _in_the_test(facts: CaseFacts) -> Iterator[Refused]:
    if facts.pilot_ongoing:
        yield NotNow(LessonRefusal.PILOT_ONGOING)
    for side in facts.sides_to_say_why:
        yield NotNow(LessonRefusal.STOP_REASON_MISSING, side=side, who=WRITERS[side])


def _in_what_follows(facts: CaseFacts) -> Iterator[Refused]:
    if facts.decision_awaited:
        yield NotNow(LessonRefusal.DECISION_AWAITED, role=CaseRole.DECISION_MAKER)
    if facts.procurement_ongoing:
        yield NotNow(LessonRefusal.PROCUREMENT_ONGOING, role=CaseRole.PROCUREMENT_ADVISER)


def _in_the_lessons(facts: CaseFacts) -> Iterator[Refused]:
    for side in facts.sides_to_write:
        yield NotNow(LessonRefusal.LESSON_MISSING, side=side, who=WRITERS[side])
