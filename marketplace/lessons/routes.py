"""Lessons in the browser: what a case's sides write, and what everyone may read."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.lessons import pages, queries, services
from marketplace.lessons.case_facts import CaseFacts, facts_of
from marketplace.lessons.closing import missing_for_closing, obstacles_to_closing
from marketplace.lessons.forms import CloseForm, FilterForm, LessonForm
from marketplace.pairings import queries as pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages.case import title_of
from marketplace.pairings.policies import VIEWERS
from marketplace.pairings.states import PARTIES, Side
from marketplace.ui.access import PUBLIC, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.labels import refusal_text

blueprint = Blueprint("lessons", __name__, template_folder="templates")

# ---------------------------------------------------------------- for everyone


@blueprint.get("/lessons")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    session, form = db_session(), FilterForm(request.args)
    page = queries.list_published(session, form.wanted(), page_number())
    lessons = queries.published_of(session, [pairing.id for pairing in page.rows])
    kept = {f.name: value for f in form if (value := request.args.get(f.name))}
    return render_template("lessons/index.html", form=form, page=page, lessons=lessons, kept=kept)


@blueprint.get("/lessons/<int:pairing_id>")
@access(PUBLIC)
def published(pairing_id: int) -> ResponseReturnValue:
    session = db_session()
    case = queries.get_published(session, pairing_id)
    facts = facts_of(session, case.pairing)
    return render_template("lessons/published.html", case=case, facts=facts)


# ---------------------------------------------------------------- in the case


@blueprint.get("/pairings/<int:pairing_id>/lessons")
@access(roles(*VIEWERS))
def show(pairing_id: int) -> ResponseReturnValue:
    values = pages.values_for(db_session(), current_actor(), _pairing(pairing_id))
    return render_template("lessons/show.html", **values)


@blueprint.route("/pairings/<int:pairing_id>/lessons/<side_name>", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES, Role.ENTREPRENEUR))
def write(pairing_id: int, side_name: str) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), _pairing(pairing_id)
    if side_name not in PARTIES:
        abort(404)
    side, facts = Side(side_name), facts_of(session, pairing)
    services.expect_writer(actor, pairing, side, facts)
    form = LessonForm.of(facts.lessons.get(side), pairing, side)
    return form_page(
        form,
        lambda: services.write_lesson(
            session,
            actor,
            pairing=pairing,
            side=side,
            version=form.row_version,
            words=form.said,
        ),
        template="lessons/write.html",
        back=_way_to_lessons(pairing),
        expect=lambda: services.expect_may_write(actor, pairing, side, facts),
        done=_("Det er lagret. Dere kan endre det til saken avsluttes."),
        side=side,
    )


@blueprint.route("/pairings/<int:pairing_id>/lessons/close", methods=["GET", "POST"])
@access(roles(*VIEWERS))
def close(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), _pairing(pairing_id)
    services.expect_closer(actor, pairing)
    facts = facts_of(session, pairing)
    form = CloseForm(data={"version": pairing.version})
    return form_page(
        form,
        lambda: services.close_case(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="lessons/close.html",
        back=_way_to_lessons(pairing),
        expect=lambda: _expect_may_open_closing(pairing, facts),
        done=_("Saken er avsluttet, og læringspunktene er publisert. Alle i saken får beskjed."),
        missing=[refusal_text(each) for each in missing_for_closing(facts)],
    )


def _expect_may_open_closing(pairing: Pairing, facts: CaseFacts) -> None:
    """Whoever may close sees what is missing; nobody else, and nobody twice."""
    missing = {refused.code for refused in missing_for_closing(facts)}
    for obstacle in obstacles_to_closing(current_actor(), pairing, facts):
        if obstacle.code not in missing:
            raise obstacle


def _way_to_lessons(pairing: Pairing) -> Way:
    return Way(url_for("lessons.show", pairing_id=pairing.id), title_of(pairing))


def _pairing(pairing_id: int) -> Pairing:
    return pairings.get_pairing(db_session(), current_actor(), pairing_id)
