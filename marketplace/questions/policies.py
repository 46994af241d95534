"""Who may do what with a question. Nobody is told who asked it."""

from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.needs.models import Need
from marketplace.questions.models import Question
from marketplace.questions.states import QUESTION_LIFECYCLE, QuestionMove

FOLLOWERS = UNIT_ROLES | {Role.COORDINATOR, Role.ENTREPRENEUR}
"""Who has a list of questions: their own, or those that wait for an answer."""


def can_ask(actor: Actor) -> bool:
    """Whether their organisation is approved stands in the database, not in the actor."""
    return actor.holds(Role.ENTREPRENEUR)


def works_in_the_unit(actor: Actor, need: Need) -> bool:
    return actor.holds_in_unit(need.unit_id, *UNIT_ROLES)


def is_asker(actor: Actor, question: Question) -> bool:
    return actor.person_id is not None and actor.person_id == question.asker_id


def can_answer(actor: Actor, question: Question) -> bool:
    """Anybody of the unit, but never one's own question."""
    return works_in_the_unit(actor, question.need) and not is_asker(actor, question)


def can_turn_down(actor: Actor, question: Question) -> bool:
    return can_follow_up(actor, question.need)


def can_follow_up(actor: Actor, need: Need) -> bool:
    """Who sees what waits for an answer and what was turned down: unit and coordinators."""
    return works_in_the_unit(actor, need) or actor.holds_in_organisation(
        need.unit.organisation_id, Role.COORDINATOR
    )


def open_moves(actor: Actor, question: Question) -> frozenset[QuestionMove]:
    """The moves this person could make now: what the page shows links for."""
    may = {
        QuestionMove.ANSWER: can_answer(actor, question),
        QuestionMove.ADD_TO_ANSWER: can_answer(actor, question),
        QuestionMove.TURN_DOWN: can_turn_down(actor, question),
    }
    return frozenset(
        move
        for move, allowed in may.items()
        if allowed and QUESTION_LIFECYCLE.allows(question.state, move)
    )
