"""What questions show on the page of a need."""

from collections.abc import Sequence
from typing import Any

from flask import render_template

from marketplace.core.actor import Role
from marketplace.needs.awaited import takes_questions
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, NeedState
from marketplace.questions import policies, queries
from marketplace.questions.labels import time_left
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState
from marketplace.ui.context import current_actor, db_session


def ask_button(need: Need, **_values: Any) -> str:
    """For entrepreneurs: the way to ask, or why there is none."""
    actor = current_actor()
    entrepreneur = actor.holds(Role.ENTREPRENEUR) and not policies.works_in_the_unit(actor, need)
    if need.state is not NeedState.PUBLISHED or not entrepreneur:
        return ""
    return render_template(
        "questions/_ask_button.html",
        need=need,
        takes_questions=takes_questions(need),
        approved=queries.asks_for_an_approved_organisation(db_session(), actor),
    )


def questions_of_need(need: Need, **_values: Any) -> str:
    """For all: what is answered. For asker, unit and coordinators also what is not."""
    if need.state not in PUBLIC:
        return ""
    actor = current_actor()
    questions = queries.list_questions_of_need(db_session(), actor, need)
    if not questions and not takes_questions(need):
        return ""
    return render_template(
        "questions/_in_need.html",
        need=need,
        answered=_in(questions, QuestionState.ANSWERED),
        waiting=_in(questions, QuestionState.WAITING),
        turned_down=_in(questions, QuestionState.TURNED_DOWN),
        takes_questions=takes_questions(need),
        follows_up=policies.can_follow_up(actor, need),
        own={q.id for q in questions if policies.is_asker(actor, q)},
        moves={q.id: policies.open_moves(actor, q) for q in questions},
        time_left=time_left,
    )


def _in(questions: Sequence[Question], state: QuestionState) -> list[Question]:
    return [question for question in questions if question.state is state]
