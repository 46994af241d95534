"""What needs wait for: of one need, or in SQL (`core.rules`)."""

from marketplace.core.clock import today
from marketplace.core.rules import before, given, missing, one_of, opposite
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import JOINABLE, NeedState, ParticipationState


def answers_are_over(need: Need) -> bool:
    """The day of the deadline is the last on which entrepreneurs may answer."""
    return before(need.interests_close_on, today())


def takes_answers(need: Need) -> bool:
    return (need.state == NeedState.PUBLISHED) & opposite(answers_are_over(need))


def stands_after_its_deadline(need: Need) -> bool:
    return (need.state == NeedState.PUBLISHED) & answers_are_over(need)


def questions_are_over(need: Need) -> bool:
    """The day of the deadline is the last on which entrepreneurs may ask."""
    return before(need.questions_close_on, today())


def takes_questions(need: Need) -> bool:
    return (need.state == NeedState.PUBLISHED) & opposite(questions_are_over(need))


def awaits_changes(need: Need) -> bool:
    return need.state == NeedState.NEEDS_CHANGES


def awaits_endorsement(need: Need) -> bool:
    """By the unit's leader; one who reads it earlier may give it before it is sent to review."""
    return (need.state == NeedState.IN_REVIEW) & missing(need.endorsed_at)


def awaits_review(need: Need) -> bool:
    """By a coordinator, once a leader of the unit stands behind it."""
    return (need.state == NeedState.IN_REVIEW) & given(need.endorsed_at)


def awaits_own_leader(participation: NeedParticipation, need: Need) -> bool:
    """A unit that has been brought into the need of another, until its own leader answers."""
    asked = participation.state == ParticipationState.ASKED
    return asked & one_of(need.state, JOINABLE)
