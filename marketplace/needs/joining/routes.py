"""Pages on which a unit joins the need of another."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.needs import queries as needs
from marketplace.needs.joining import queries, services
from marketplace.needs.joining.forms import JoinForm, LeaveForm
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.pages import back_to_need
from marketplace.needs.routes.blueprint import blueprint
from marketplace.needs.states import PARTICIPATION_LIFECYCLE, ParticipationMove
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row, page_number
from marketplace.ui.form_page import form_page
from marketplace.ui.forms import VersionedForm

LEAVERS = UNIT_ROLES | {Role.COORDINATOR}


@blueprint.get("/needs/joinable")
@access(roles(*UNIT_ROLES))
def joinable() -> ResponseReturnValue:
    page = queries.list_joinable(db_session(), current_actor(), page_number())
    return render_template("needs/joining/joinable.html", page=page)


@blueprint.route("/needs/<int:need_id>/join", methods=["GET", "POST"])
@access(roles(*UNIT_ROLES))
def join(need_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need = needs.get_need(session, actor, need_id)
    units = queries.list_units_to_join_with(session, actor, need)
    people = queries.list_contacts(session, [unit.id for unit in units])
    wanted = asked_row("unit")
    form = JoinForm.for_units(units, people, unit_id=wanted, contact_id=actor.person_id)
    if not units and not form.is_submitted() and form.again is None:
        return _nothing_to_join_with(need)
    return form_page(
        form,
        lambda: services.ask_to_join(
            session, actor, need=need, unit=form.chosen(units), share=form.share
        ),
        template="needs/joining/join.html",
        back=back_to_need(need),
        expect=lambda: services.expect_open_for_joining(need),
        done=_("Enheten er meldt på. Den er med når enhetens leder har godkjent det."),
        to=_units_of(need),
        need=need,
    )


@blueprint.post("/needs/participations/<int:participation_id>/endorse")
@access(roles(*UNIT_ROLES))
def endorse_participation(participation_id: int) -> ResponseReturnValue:
    participation, version = _load(participation_id), VersionedForm().row_version
    services.endorse_participation(
        db_session(), current_actor(), participation=participation, version=version
    )
    flash(_("Enheten er med i behovet. De som følger det, får vite det."))
    return redirect(_units_of(participation.need))


@blueprint.route("/needs/participations/<int:participation_id>/withdraw", methods=["GET", "POST"])
@access(roles(*LEAVERS))
def withdraw_participation(participation_id: int) -> ResponseReturnValue:
    session, actor, row = db_session(), current_actor(), _load(participation_id)
    form = LeaveForm(data={"version": row.version})
    services.expect_may_withdraw(actor, row)
    return form_page(
        form,
        lambda: services.withdraw_participation(
            session,
            actor,
            participation=row,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="needs/joining/withdraw.html",
        back=back_to_need(row.need),
        expect=lambda: PARTICIPATION_LIFECYCLE.check(row.state, ParticipationMove.WITHDRAW),
        done=_("Enheten er ikke lenger med. De det gjelder, får vite hvorfor."),
        participation=row,
    )


def _load(participation_id: int) -> NeedParticipation:
    return queries.get_participation(db_session(), current_actor(), participation_id)


def _nothing_to_join_with(need: Need) -> ResponseReturnValue:
    """Who works in no other unit of the municipality, or whose units are all in it already."""
    services.expect_open_for_joining(need)
    return render_template("needs/joining/no_unit.html", need=need), 409


def _units_of(need: Need) -> str:
    return url_for("needs.show", need_id=need.id, _anchor="units")
