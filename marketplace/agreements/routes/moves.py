"""What people do with a version: offer it, sign it, send it back or give it up."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.agreements.forms.moves import SendBackForm, WithdrawForm
from marketplace.agreements.pages.signing import last_look
from marketplace.agreements.routes.blueprint import (
    PARTIES,
    SIGNERS,
    blueprint,
    open_version,
    way_to_agreement,
)
from marketplace.agreements.services import offering, signing
from marketplace.agreements.services.expectations import expect_move, expect_mover
from marketplace.agreements.states import AgreementMove
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import form_page
from marketplace.ui.forms import VersionedForm
from marketplace.ui.sent import sent_version


@blueprint.post("/pairings/<int:pairing_id>/agreement/offer")
@access(PARTIES)
def offer(pairing_id: int) -> ResponseReturnValue:
    session, actor, agreement = db_session(), current_actor(), open_version(pairing_id)
    offering.offer_version(session, actor, agreement=agreement, version=sent_version())
    flash(_("Avtalen er sendt til underskrift. Begge parter får beskjed."))
    return redirect(url_for("agreements.show", pairing_id=pairing_id))


@blueprint.route("/pairings/<int:pairing_id>/agreement/sign", methods=["GET", "POST"])
@access(SIGNERS)
def sign(pairing_id: int) -> ResponseReturnValue:
    session, actor, agreement = db_session(), current_actor(), open_version(pairing_id)
    expect_mover(actor, agreement, AgreementMove.SIGN)
    form = VersionedForm(obj=agreement)
    return form_page(
        form,
        lambda: signing.sign_version(session, actor, agreement=agreement, version=form.row_version),
        template="agreements/sign.html",
        back=way_to_agreement(pairing_id),
        expect=lambda: signing.expect_may_sign(session, actor, agreement),
        done=lambda in_force: (
            _("Begge har skrevet under. Avtalen gjelder fra nå.")
            if in_force
            else _("Du har skrevet under.")
        ),
        last_look=lambda: last_look(actor, agreement),
        agreement=agreement,
        pairing=agreement.pairing,
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/send-back", methods=["GET", "POST"])
@access(PARTIES)
def send_back(pairing_id: int) -> ResponseReturnValue:
    session, actor, agreement = db_session(), current_actor(), open_version(pairing_id)
    expect_mover(actor, agreement, AgreementMove.SEND_BACK)
    form = SendBackForm(data={"version": agreement.version})
    return form_page(
        form,
        lambda: offering.send_back(
            session,
            actor,
            agreement=agreement,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="agreements/send_back.html",
        back=way_to_agreement(pairing_id),
        expect=lambda: expect_move(session, actor, agreement, AgreementMove.SEND_BACK),
        done=_("Avtalen er et utkast igjen. Begge parter får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/withdraw", methods=["GET", "POST"])
@access(PARTIES)
def withdraw(pairing_id: int) -> ResponseReturnValue:
    session, actor, agreement = db_session(), current_actor(), open_version(pairing_id)
    expect_mover(actor, agreement, AgreementMove.WITHDRAW)
    form = WithdrawForm(data={"version": agreement.version})
    return form_page(
        form,
        lambda: offering.withdraw_version(
            session,
            actor,
            agreement=agreement,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="agreements/withdraw.html",
        back=way_to_agreement(pairing_id),
        expect=lambda: offering.expect_may_withdraw(session, actor, agreement),
        done=_("Den nye versjonen er trukket. Begge parter får beskjed."),
    )
