"""The coordinator decides in the browser."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.pairings import forms
from marketplace.pairings.approval import obstacles_to_approval
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages import case
from marketplace.pairings.routes.blueprint import (
    COORDINATORS,
    asked_pairing,
    blueprint,
    move_page,
    to_case,
)
from marketplace.pairings.services import deciding
from marketplace.pairings.services.programme import choose_programme, expect_may_choose_programme
from marketplace.pairings.states import PairingMove
from marketplace.programmes import queries as programmes
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.labels import refusal_text


@blueprint.get("/pairings/<int:pairing_id>/approve")
@access(COORDINATORS)
def approve(pairing_id: int) -> ResponseReturnValue:
    pairing = asked_pairing(pairing_id)
    return _approve_page(pairing, forms.ApproveForm(obj=pairing))


@blueprint.post("/pairings/<int:pairing_id>/approve")
@access(COORDINATORS)
def send_approval(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = asked_pairing(pairing_id)
    form = forms.ApproveForm()
    if form.validate_on_submit() and form.attempt(
        lambda: deciding.approve_pairing(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            points=form.ticked,
            no_conflict=bool(form.no_conflict.data),
        )
    ):
        return to_case(pairing, _("Koblingen er godkjent. Begge parter får beskjed."))
    return _approve_page(pairing, form), 422


def _approve_page(pairing: Pairing, form: forms.ApproveForm) -> str:
    session, actor = db_session(), current_actor()
    obstacles = [refusal_text(o) for o in obstacles_to_approval(session, actor, pairing)]
    return render_template(
        "pairings/approve.html",
        form=form,
        obstacles=obstacles,
        **case.values_for(session, actor, pairing),
    )


@blueprint.route("/pairings/<int:pairing_id>/decline", methods=["GET", "POST"])
@access(COORDINATORS)
def decline(pairing_id: int) -> ResponseReturnValue:
    pairing, form = asked_pairing(pairing_id), forms.DeclineForm()
    return move_page(
        pairing,
        PairingMove.DECLINE,
        form,
        lambda: deciding.decline_pairing(
            db_session(),
            current_actor(),
            pairing=pairing,
            version=form.row_version,
            decline_reason=form.decline_reason.data,
            reason=form.reason.data or "",
        ),
        template="pairings/decline.html",
        done=_("Koblingen er avslått. Begge parter får se grunnen."),
    )


@blueprint.route("/pairings/<int:pairing_id>/conflict", methods=["GET", "POST"])
@access(COORDINATORS)
def conflict(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing, form = asked_pairing(pairing_id), forms.ConflictForm()
    deciding.expect_may_declare_conflict(actor, pairing)
    if form.validate_on_submit() and form.attempt(
        lambda: deciding.declare_conflict(
            session, actor, pairing=pairing, reason=form.reason.data or ""
        )
    ):
        return to_case(pairing, _("Du er meldt inhabil. En annen koordinator må ta saken."))
    page = render_template("pairings/conflict.html", form=form, pairing=pairing)
    return page, 422 if request.method == "POST" else 200


@blueprint.route("/pairings/<int:pairing_id>/programme", methods=["GET", "POST"])
@access(roles(Role.COORDINATOR))
def programme(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    expect_may_choose_programme(actor, pairing)
    form = forms.ProgrammeForm(obj=pairing)
    offered = programmes.list_of_municipality(session, pairing.need.unit.organisation_id)
    form.offer(offered)
    if form.validate_on_submit() and form.attempt(
        lambda: choose_programme(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            programme_id=form.chosen_id,
        )
    ):
        return to_case(pairing, _("Programmet er lagret."))
    page = render_template("pairings/programme.html", form=form, pairing=pairing, offered=offered)
    return page, 422 if request.method == "POST" else 200
