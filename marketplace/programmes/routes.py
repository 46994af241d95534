"""Programmes in the browser."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.programmes import forms, policies, queries, services
from marketplace.programmes.models import Programme
from marketplace.programmes.states import ProgrammeEvent
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.timeline import timeline_rows

blueprint = Blueprint("programmes", __name__, template_folder="templates")

VIEWERS = roles(*policies.VIEWERS)
COORDINATORS = roles(Role.COORDINATOR)

# ---------------------------------------------------------------- reading


@blueprint.get("/programmes")
@access(VIEWERS)
def index() -> ResponseReturnValue:
    page = queries.list_programmes(db_session(), current_actor(), page_number())
    return render_template("programmes/index.html", page=page)


@blueprint.get("/programmes/<int:programme_id>")
@access(VIEWERS)
def show(programme_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    programme = queries.get_programme(session, actor, programme_id)
    inside = policies.reads_inside(actor, programme)
    events = events_of(session, [programme]) if inside else ()
    return render_template(
        "programmes/show.html",
        programme=programme,
        inside=inside,
        may_keep=policies.can_keep(actor, programme),
        history=timeline_rows(events, ProgrammeEvent),
    )


def _programme(programme_id: int) -> Programme:
    return queries.get_programme(db_session(), current_actor(), programme_id)


def _to_programme(programme: Programme, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for("programmes.show", programme_id=programme.id))


# ---------------------------------------------------------------- making and changing


@blueprint.route("/programmes/new", methods=["GET", "POST"])
@access(COORDINATORS)
def new() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    form, made = forms.NewProgrammeForm(), list[Programme]()
    form.offer_partners(queries.list_partners(session))
    form.offer_municipalities(queries.list_municipalities(session, actor))
    if form.validate_on_submit() and form.attempt(
        lambda: made.append(
            services.create_programme(
                session,
                actor,
                municipality_id=form.chosen_municipality,
                content=form.content(),
            )
        )
    ):
        return _to_programme(made[0], _("Programmet er opprettet. Partneren får beskjed."))
    return _answer(render_template("programmes/new.html", form=form))


@blueprint.route("/programmes/<int:programme_id>/edit", methods=["GET", "POST"])
@access(COORDINATORS)
def edit(programme_id: int) -> ResponseReturnValue:
    session, actor, programme = db_session(), current_actor(), _programme(programme_id)
    services.expect_may_keep(actor, programme)
    form = forms.ProgrammeForm(obj=programme)
    form.offer_partners(queries.list_partners(session))
    if form.validate_on_submit() and form.attempt(
        lambda: services.change_programme(
            session,
            actor,
            programme=programme,
            version=form.row_version,
            content=form.content(),
        )
    ):
        return _to_programme(programme, _("Programmet er endret. Partneren får beskjed."))
    return _answer(render_template("programmes/edit.html", form=form, programme=programme))


def _answer(page: str) -> ResponseReturnValue:
    return page, 422 if request.method == "POST" else 200


# ---------------------------------------------------------------- the funds


@blueprint.route("/programmes/<int:programme_id>/funds", methods=["GET", "POST"])
@access(COORDINATORS)
def funds(programme_id: int) -> ResponseReturnValue:
    programme = _programme(programme_id)
    services.expect_may_keep(current_actor(), programme)
    form = forms.FundUseForm(obj=programme)
    if request.method == "GET":
        form.suggest_today()
    if form.validate_on_submit() and form.attempt(lambda: _record(programme, form)):
        return _to_programme(programme, _("Bruken er ført. Partneren får beskjed."))
    return _answer(render_template("programmes/funds.html", form=form, programme=programme))


def _record(programme: Programme, form: forms.FundUseForm) -> None:
    if form.used_on.data is None:  # the form has asked for it
        abort(400)
    services.record_fund_use(
        db_session(),
        current_actor(),
        programme=programme,
        version=form.row_version,
        amount=form.amount.data or 0,
        used_on=form.used_on.data,
        note=form.note.data or "",
    )
