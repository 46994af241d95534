"""Questions and answers in the browser."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.questions import policies, queries, services
from marketplace.questions.forms import AdditionForm, AnswerForm, AskForm, TurnDownForm
from marketplace.questions.labels import time_left
from marketplace.questions.models import Question
from marketplace.questions.states import QUESTION_LIFECYCLE, QuestionMove
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.form_page import Way, form_page

blueprint = Blueprint("questions", __name__, template_folder="templates")

FOLLOW_UP = UNIT_ROLES | {Role.COORDINATOR}


@blueprint.get("/questions")
@access(roles(*policies.FOLLOWERS))
def index() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    follows_up, asks = actor.holds(*FOLLOW_UP), policies.can_ask(actor)
    own_page = page_number("own") if follows_up else page_number()
    return render_template(
        "questions/index.html",
        waiting=queries.list_waiting(session, actor, page_number()) if follows_up else None,
        own=queries.list_own_questions(session, actor, own_page) if asks else None,
        own_parameter="own" if follows_up else "page",
        time_left=time_left,
    )


@blueprint.route("/needs/<int:need_id>/questions/new", methods=["GET", "POST"])
@access(roles(Role.ENTREPRENEUR))
def ask(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = needs.get_need(session, actor, need_id)
    form = AskForm()
    return form_page(
        form,
        lambda: services.ask_question(session, actor, need=need, text=form.text.data or ""),
        template="questions/ask.html",
        back=_back(need),
        expect=lambda: services.check_askable(session, actor, need=need),
        done=_("Spørsmålet er sendt til enheten. Du får beskjed når det er besvart."),
        due_on=services.due_day(need),
    )


@blueprint.route("/questions/<int:question_id>/answer", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def answer(question_id: int) -> ResponseReturnValue:
    session, actor, question = db_session(), current_actor(), _load(question_id)
    form = AnswerForm(data={"version": question.version})
    services.expect_answerer(actor, question)
    return form_page(
        form,
        lambda: services.answer_question(
            session,
            actor,
            question=question,
            version=form.row_version,
            answer=form.answer.data or "",
        ),
        template="questions/answer.html",
        back=_back(question.need),
        expect=lambda: QUESTION_LIFECYCLE.check(question.state, QuestionMove.ANSWER),
        done=_("Svaret er publisert. Alle som følger behovet, får vite det."),
        question=question,
        time_left=time_left,
    )


@blueprint.route("/questions/<int:question_id>/add", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def add(question_id: int) -> ResponseReturnValue:
    session, actor, question = db_session(), current_actor(), _load(question_id)
    form = AdditionForm(data={"version": question.version})
    services.expect_answerer(actor, question)
    return form_page(
        form,
        lambda: services.add_to_answer(
            session, actor, question=question, version=form.row_version, text=form.text.data or ""
        ),
        template="questions/add.html",
        back=_back(question.need),
        expect=lambda: QUESTION_LIFECYCLE.check(question.state, QuestionMove.ADD_TO_ANSWER),
        done=_("Det er lagt til. Alle som følger behovet, får vite det."),
        question=question,
    )


@blueprint.route("/questions/<int:question_id>/turn-down", methods=["GET", "POST"])
@access(roles(*FOLLOW_UP))
def turn_down(question_id: int) -> ResponseReturnValue:
    session, actor, question = db_session(), current_actor(), _load(question_id)
    form = TurnDownForm(data={"version": question.version})
    services.expect_may_turn_down(actor, question)
    return form_page(
        form,
        lambda: services.turn_down_question(
            session,
            actor,
            question=question,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="questions/turn_down.html",
        back=_back(question.need),
        expect=lambda: QUESTION_LIFECYCLE.check(question.state, QuestionMove.TURN_DOWN),
        done=_("Spørsmålet er avvist. Den som spurte, får vite hvorfor."),
        question=question,
    )


def _load(question_id: int) -> Question:
    return queries.get_question(db_session(), current_actor(), question_id)


def _back(need: Need) -> Way:
    page = url_for("needs.show", need_id=need.id, _anchor="questions")
    return Way(page, need.title, need.language)
