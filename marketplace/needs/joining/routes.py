"""Pages on which a unit joins the need of another."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.errors import NotNow
from marketplace.needs import queries as needs
from marketplace.needs.joining import queries, services
from marketplace.needs.joining.forms import JoinForm, LeaveForm
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.routes.blueprint import blueprint
from marketplace.needs.states import PARTICIPATION_LIFECYCLE, ParticipationMove
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row, page_number
from marketplace.ui.forms import BaseForm, VersionedForm
from marketplace.ui.labels import refusal_text

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
    if not form.is_submitted():
        services.expect_open_for_joining(need)
    if not units:
        return _nothing_to_join_with(need)
    if form.validate_on_submit() and form.attempt(
        lambda: services.ask_to_join(
            session, actor, need=need, unit=form.chosen(units), share=form.share
        )
    ):
        flash(_("Enheten er meldt på. Den er med når enhetens leder har godkjent det."))
        return redirect(url_for("needs.show", need_id=need_id, _anchor="units"))
    return render_template("needs/joining/join.html", need=need, form=form), _status(form)


@blueprint.post("/needs/participations/<int:participation_id>/endorse")
@access(roles(*UNIT_ROLES))
def endorse_participation(participation_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    participation = _load(participation_id)
    need_id = participation.need_id
    form = VersionedForm()
    version = form.row_version if form.validate() else 0
    try:
        services.endorse_participation(session, actor, participation=participation, version=version)
    except NotNow as refused:
        session.rollback()
        flash(refusal_text(refused), "warning")
    else:
        flash(_("Enheten er med i behovet. De som følger det, får vite det."))
    return redirect(url_for("needs.show", need_id=need_id, _anchor="units"))


@blueprint.route("/needs/participations/<int:participation_id>/withdraw", methods=["GET", "POST"])
@access(roles(*LEAVERS))
def withdraw_participation(participation_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    participation = _load(participation_id)
    services.expect_may_withdraw(actor, participation)
    form = LeaveForm(data={"version": participation.version})
    if not form.is_submitted():
        PARTICIPATION_LIFECYCLE.check(participation.state, ParticipationMove.WITHDRAW)
    if form.validate_on_submit() and form.attempt(
        lambda: services.withdraw_participation(
            session,
            actor,
            participation=participation,
            version=form.row_version,
            reason=form.reason.data or "",
        )
    ):
        flash(_("Enheten er ikke lenger med. De det gjelder, får vite hvorfor."))
        return redirect(url_for("needs.show", need_id=participation.need_id))
    page = render_template("needs/joining/withdraw.html", participation=participation, form=form)
    return page, _status(form)


def _load(participation_id: int) -> NeedParticipation:
    return queries.get_participation(db_session(), current_actor(), participation_id)


def _nothing_to_join_with(need: Need) -> ResponseReturnValue:
    """Who works in no other unit of the municipality, or whose units are all in it already."""
    return render_template("needs/joining/no_unit.html", need=need), 409


def _status(form: BaseForm) -> int:
    return 422 if form.is_submitted() else 200
