"""The coordinator decides in the browser."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.pairings.approval import obstacles_to_approval
from marketplace.pairings.forms import ApproveForm, ConflictForm, DeclineForm, ProgrammeForm
from marketplace.pairings.pages import case
from marketplace.pairings.routes.blueprint import COORDINATORS, asked_pairing, blueprint
from marketplace.pairings.services import deciding
from marketplace.pairings.services import programme as choosing
from marketplace.pairings.services.expectations import expect_coordinator, expect_mover
from marketplace.pairings.states import PAIRING_LIFECYCLE, PairingMove
from marketplace.programmes import queries as programmes
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import form_page, send
from marketplace.ui.labels import refusal_text


@blueprint.get("/pairings/<int:pairing_id>/approve")
@access(COORDINATORS)
def approve(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    return render_template(
        "pairings/approve.html",
        form=ApproveForm(data={"version": pairing.version}),
        back=case.way_to_case(pairing),
        obstacles=[refusal_text(o) for o in obstacles_to_approval(session, actor, pairing)],
        **case.values_for(session, actor, pairing),
    )


@blueprint.post("/pairings/<int:pairing_id>/approve")
@access(COORDINATORS)
def send_approval(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    form = ApproveForm()
    return send(
        form,
        lambda: deciding.approve_pairing(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            points=form.ticked,
            no_conflict=bool(form.no_conflict.data),
        ),
        to=url_for("pairings.show", pairing_id=pairing_id),
        done=_("Koblingen er godkjent. Begge parter får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/decline", methods=["GET", "POST"])
@access(COORDINATORS)
def decline(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    expect_mover(actor, pairing, PairingMove.DECLINE)
    form = DeclineForm(data={"version": pairing.version})
    return form_page(
        form,
        lambda: deciding.decline_pairing(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            decline_reason=form.decline_reason.data,
            reason=form.reason.data or "",
        ),
        template="pairings/decline.html",
        back=case.way_to_case(pairing),
        expect=lambda: PAIRING_LIFECYCLE.check(pairing.state, PairingMove.DECLINE),
        done=_("Koblingen er avslått. Begge parter får se grunnen."),
    )


@blueprint.route("/pairings/<int:pairing_id>/conflict", methods=["GET", "POST"])
@access(COORDINATORS)
def conflict(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    expect_coordinator(actor, pairing)
    form = ConflictForm()
    return form_page(
        form,
        lambda: deciding.declare_conflict(
            session, actor, pairing=pairing, reason=form.reason.data or ""
        ),
        template="pairings/conflict.html",
        back=case.way_to_case(pairing),
        expect=lambda: deciding.expect_may_declare_conflict(actor, pairing),
        done=_("Du er meldt inhabil. En annen koordinator må ta saken."),
    )


@blueprint.route("/pairings/<int:pairing_id>/programme", methods=["GET", "POST"])
@access(COORDINATORS)
def programme(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    choosing.expect_programme_chooser(actor, pairing)
    offered = programmes.list_of_municipality(session, pairing.need.unit.organisation_id)
    form = ProgrammeForm.for_case(pairing, offered)
    return form_page(
        form,
        lambda: choosing.choose_programme(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            programme_id=form.chosen_id,
        ),
        template="pairings/programme.html",
        back=case.way_to_case(pairing),
        expect=lambda: choosing.expect_may_choose_programme(actor, pairing),
        done=_("Programmet er lagret."),
        offered=offered,
    )
