"""The parties answer in the browser: yes, not like this, or no."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.pairings import policies
from marketplace.pairings.forms import ChangesForm, WithdrawForm
from marketplace.pairings.pages.case import way_to_case
from marketplace.pairings.routes.blueprint import (
    PARTIES,
    PROPOSERS,
    asked_pairing,
    blueprint,
    to_case,
)
from marketplace.pairings.services import answering, withdrawing
from marketplace.pairings.services.expectations import expect_mover
from marketplace.pairings.states import PAIRING_LIFECYCLE, PairingMove, PairingState
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import form_page
from marketplace.ui.sent import sent_version


@blueprint.post("/pairings/<int:pairing_id>/accept")
@access(PARTIES)
def accept(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    answering.accept_pairing(session, actor, pairing=pairing, version=sent_version())
    if pairing.state is PairingState.ACCEPTED:
        return to_case(pairing, _("Du har sagt ja. Nå avgjør en koordinator koblingen."))
    return to_case(pairing, _("Du har sagt ja. Nå venter vi på den andre parten."))


@blueprint.route("/pairings/<int:pairing_id>/changes", methods=["GET", "POST"])
@access(PROPOSERS)
def changes(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    expect_mover(actor, pairing, PairingMove.ASK_FOR_CHANGES)
    form = ChangesForm(data={"version": pairing.version})
    return form_page(
        form,
        lambda: answering.ask_for_changes(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="pairings/changes.html",
        back=way_to_case(pairing),
        expect=lambda: PAIRING_LIFECYCLE.check(pairing.state, PairingMove.ASK_FOR_CHANGES),
        done=_("Du har bedt om endringer. De andre i saken får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/withdraw", methods=["GET", "POST"])
@access(PROPOSERS)
def withdraw(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    expect_mover(actor, pairing, PairingMove.WITHDRAW)
    form = WithdrawForm(data={"version": pairing.version})
    return form_page(
        form,
        lambda: withdrawing.withdraw_pairing(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="pairings/withdraw.html",
        back=way_to_case(pairing),
        expect=lambda: PAIRING_LIFECYCLE.check(pairing.state, PairingMove.WITHDRAW),
        done=_("Koblingen er trukket. De andre i saken får beskjed."),
        asked=policies.side_to_accept(actor, pairing) is not None,
    )
