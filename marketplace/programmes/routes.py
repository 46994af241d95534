"""Programmes in the browser."""

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.core.clock import today
from marketplace.programmes import forms, policies, queries, services
from marketplace.programmes.labels import CHANGES
from marketplace.programmes.models import Programme
from marketplace.programmes.states import ProgrammeEvent
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.timeline import told_changes

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
        history=told_changes(events, ProgrammeEvent, ProgrammeEvent.CHANGED, CHANGES),
    )


def _programme(programme_id: int) -> Programme:
    return queries.get_programme(db_session(), current_actor(), programme_id)


def _back(programme: Programme) -> Way:
    return Way(url_for("programmes.show", programme_id=programme.id), programme.name)


# ---------------------------------------------------------------- making and changing


@blueprint.route("/programmes/new", methods=["GET", "POST"])
@access(COORDINATORS)
def new() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    form = forms.NewProgrammeForm.for_municipalities(queries.list_municipalities(session, actor))
    form.offer_partners(queries.list_partners(session))
    return form_page(
        form,
        lambda: services.create_programme(
            session, actor, municipality_id=form.chosen_municipality, content=form.content()
        ),
        template="programmes/new.html",
        back=Way(url_for("programmes.index"), _("Program")),
        done=_("Programmet er opprettet. Partneren får beskjed."),
        to=lambda programme: _back(programme).url,
    )


@blueprint.route("/programmes/<int:programme_id>/edit", methods=["GET", "POST"])
@access(COORDINATORS)
def edit(programme_id: int) -> ResponseReturnValue:
    session, actor, programme = db_session(), current_actor(), _programme(programme_id)
    services.expect_may_keep(actor, programme)
    form = forms.ProgrammeForm(obj=programme)
    form.offer_partners(queries.list_partners(session))
    return form_page(
        form,
        lambda: services.change_programme(
            session, actor, programme=programme, version=form.row_version, content=form.content()
        ),
        template="programmes/edit.html",
        back=_back(programme),
        done=_("Programmet er endret. Partneren får beskjed."),
    )


# ---------------------------------------------------------------- the funds


@blueprint.route("/programmes/<int:programme_id>/funds", methods=["GET", "POST"])
@access(COORDINATORS)
def funds(programme_id: int) -> ResponseReturnValue:
    session, actor, programme = db_session(), current_actor(), _programme(programme_id)
    services.expect_may_keep(actor, programme)
    form = forms.FundUseForm(data={"version": programme.version, "used_on": today()})
    return form_page(
        form,
        lambda: services.record_fund_use(
            session,
            actor,
            programme=programme,
            version=form.row_version,
            amount=form.amount.data or 0,
            used_on=form.used_on.data or today(),
            note=form.note.data or "",
        ),
        template="programmes/funds.html",
        back=_back(programme),
        done=_("Bruken er ført. Partneren får beskjed."),
        programme=programme,
    )
