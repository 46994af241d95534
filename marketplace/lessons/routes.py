"""Lessons in the browser: what a case's sides write, and what everyone may read."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.errors import Refused, Stale
from marketplace.lessons import pages, queries, services
from marketplace.lessons.case_facts import facts_of
from marketplace.lessons.closing import missing_for_closing, obstacles_to_closing
from marketplace.lessons.forms import CloseForm, FilterForm, LessonForm
from marketplace.pairings import queries as pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import VIEWERS
from marketplace.pairings.states import PARTIES, Side
from marketplace.ui.access import PUBLIC, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.labels import refusal_text

blueprint = Blueprint("lessons", __name__, template_folder="templates")

SAVED, REFUSED, CONFLICT = 200, 422, 409

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
    pairing, form = _pairing(pairing_id), LessonForm()
    if side_name not in PARTIES:
        abort(404)
    side = Side(side_name)
    if request.method == "GET":
        facts = facts_of(db_session(), pairing)
        services.expect_may_write(current_actor(), pairing, side, facts)
        form.prefill(facts.lessons.get(side), pairing, side)
        return _write_page(form, pairing, side, SAVED)
    status = _store(form, pairing, side) if form.validate() else REFUSED
    if status != SAVED:
        return _write_page(form, pairing, side, status)
    flash(_("Det er lagret. Dere kan endre det til saken avsluttes."))
    return redirect(url_for("lessons.show", pairing_id=pairing.id))


def _store(form: LessonForm, pairing: Pairing, side: Side) -> int:
    """Save what was typed; whatever happens it stays in the form."""
    session, actor = db_session(), current_actor()
    try:
        services.write_lesson(
            session,
            actor,
            pairing=pairing,
            side=side,
            version=form.seen_version,
            words=form.said,
        )
        session.flush()
    except (Stale, StaleDataError, IntegrityError):
        session.rollback()
        form.form_errors = [_overtaken()]
        return CONFLICT
    except Refused as refused:
        session.rollback()
        form.show(refused)
        return REFUSED
    return SAVED


def _overtaken() -> str:
    return _(
        "En kollega har lagret her mens du skrev. Det du skrev, står fortsatt i skjemaet. Se hva"
        " som er lagret, og lagre på nytt når teksten er slik dere vil ha den."
    )


def _write_page(form: LessonForm, pairing: Pairing, side: Side, status: int) -> ResponseReturnValue:
    overtaken = []
    if status == CONFLICT:
        stored = queries.list_lessons(db_session(), pairing.id).get(side)
        form.version.data = str(stored.version) if stored is not None else "0"
        overtaken = form.stored_differently(stored)
    page = render_template(
        "lessons/write.html", form=form, pairing=pairing, side=side, overtaken=overtaken
    )
    return page, status


@blueprint.route("/pairings/<int:pairing_id>/lessons/close", methods=["GET", "POST"])
@access(roles(*VIEWERS))
def close(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing, form = _pairing(pairing_id), CloseForm()
    if request.method == "GET":
        _expect_may_open_closing(pairing)
        form.version.data = str(pairing.version)
    if form.validate_on_submit() and form.attempt(
        lambda: services.close_case(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            reason=form.reason.data or "",
        )
    ):
        flash(_("Saken er avsluttet, og læringspunktene er publisert. Alle i saken får beskjed."))
        return redirect(url_for("lessons.show", pairing_id=pairing.id))
    missing = [refusal_text(each) for each in missing_for_closing(facts_of(session, pairing))]
    page = render_template("lessons/close.html", form=form, pairing=pairing, missing=missing)
    return page, REFUSED if request.method == "POST" else 200


def _expect_may_open_closing(pairing: Pairing) -> None:
    """Whoever may close sees what is missing; nobody else, and nobody twice."""
    facts = facts_of(db_session(), pairing)
    missing = {refused.code for refused in missing_for_closing(facts)}
    for obstacle in obstacles_to_closing(current_actor(), pairing, facts):
        if obstacle.code not in missing:
            raise obstacle


def _pairing(pairing_id: int) -> Pairing:
    return pairings.get_pairing(db_session(), current_actor(), pairing_id)
