"""What interests show on the page of a need."""

from typing import Any

from flask import render_template

from marketplace.concepts.queries import list_own_published
from marketplace.core.actor import Role
from marketplace.interests import policies, queries
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestMove
from marketplace.needs.awaited import answers_are_over, takes_answers
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, NeedState
from marketplace.ui.context import current_actor, db_session


def answer_button(need: Need, **_values: Any) -> str:
    """For entrepreneurs: the way in, or why there is none."""
    actor = current_actor()
    if need.state is not NeedState.PUBLISHED or not actor.holds(Role.ENTREPRENEUR):
        return ""
    concepts = list_own_published(db_session(), actor)
    own = {concept.id for concept in concepts}
    standing = queries.list_interests_for_need(db_session(), actor, need)
    answered = [interest for interest in standing if interest.concept_id in own]
    return render_template(
        "interests/_answer_button.html",
        need=need,
        deadline_passed=answers_are_over(need),
        concepts=concepts,
        answered=answered,
    )


def offered(interest: Interest) -> frozenset[InterestMove]:
    """Only what would be taken: not what a case holds, and no change when the time is over."""
    moves = policies.open_moves(current_actor(), interest)
    if queries.is_held(db_session(), interest):
        moves -= {InterestMove.WITHDRAW, InterestMove.DECLINE}
    return moves if takes_answers(interest.need) else moves - {InterestMove.CHANGE}


def interests_in_need(need: Need, **_values: Any) -> str:
    """For the unit: what it has received. For an entrepreneur: their own, and nobody else's."""
    actor = current_actor()
    receives = policies.can_receive(actor, need)
    if need.state not in PUBLIC or not (receives or actor.holds(Role.ENTREPRENEUR)):
        return ""
    interests = queries.list_answers_to_need(db_session(), actor, need)
    if not (receives or interests):
        return ""
    return render_template(
        "interests/_in_need.html", need=need, interests=interests, receives=receives
    )
