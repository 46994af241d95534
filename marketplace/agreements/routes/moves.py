"""What people do with a version: offer it, sign it, send it back or give it up."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.agreements import policies
from marketplace.agreements.forms import moves
from marketplace.agreements.models import Agreement
from marketplace.agreements.routes import writing
from marketplace.agreements.routes.blueprint import PARTIES, SIGNERS, blueprint, open_version
from marketplace.agreements.services import offering, parts, signing
from marketplace.agreements.states import AgreementMove, AgreementState
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.forms import VersionedForm


@blueprint.post("/pairings/<int:pairing_id>/agreement/offer")
@access(PARTIES)
def offer(pairing_id: int) -> ResponseReturnValue:
    """Refused, the draft itself is shown with what is missing."""
    session, actor = db_session(), current_actor()
    agreement = open_version(pairing_id)
    form = VersionedForm()
    shown = writing.draft_form(agreement, sent=False)
    if form.validate_on_submit() and shown.attempt(
        lambda: offering.offer_version(
            session, actor, agreement=agreement, version=form.row_version
        )
    ):
        return _done(agreement, _("Avtalen er sendt til underskrift. Begge parter får beskjed."))
    return writing.draft_page(agreement, shown, writing.INCOMPLETE)


@blueprint.route("/pairings/<int:pairing_id>/agreement/sign", methods=["GET", "POST"])
@access(SIGNERS)
def sign(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    agreement, form = open_version(pairing_id), VersionedForm()
    done = _("Du har skrevet under.")
    return _move_page(
        agreement,
        form,
        lambda: signing.sign_version(session, actor, agreement=agreement, version=form.row_version),
        expect=signing.expect_may_sign,
        template="agreements/sign.html",
        done=done,
        side=policies.side_to_sign(actor, agreement),
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/send-back", methods=["GET", "POST"])
@access(PARTIES)
def send_back(pairing_id: int) -> ResponseReturnValue:
    form = moves.SendBackForm()
    return _reason_page(
        open_version(pairing_id),
        form,
        offering.send_back,
        expect=_expect(AgreementMove.SEND_BACK),
        title=_("Send tilbake til utkast"),
        lead=_("Avtalen blir et utkast igjen. Har noen skrevet under, må de gjøre det på nytt."),
        done=_("Avtalen er et utkast igjen. Begge parter får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/agreement/withdraw", methods=["GET", "POST"])
@access(PARTIES)
def withdraw(pairing_id: int) -> ResponseReturnValue:
    form = moves.WithdrawForm()
    return _reason_page(
        open_version(pairing_id),
        form,
        offering.withdraw_version,
        expect=offering.expect_may_withdraw,
        title=_("Trekk den nye versjonen"),
        lead=_("Avtalen som dere har skrevet under, gjelder fortsatt."),
        done=_("Den nye versjonen er trukket. Begge parter får beskjed."),
    )


# ---------------------------------------------------------------- what the small pages share


def _expect(move: AgreementMove) -> Callable[..., None]:
    return lambda session, actor, agreement: parts.expect_move(session, actor, agreement, move)


def _done(agreement: Agreement, message: str) -> ResponseReturnValue:
    if agreement.state is AgreementState.SIGNED:
        message = _("Begge har skrevet under. Avtalen gjelder fra nå.")
    flash(message)
    return redirect(url_for("agreements.show", pairing_id=agreement.pairing_id))


def _reason_page(
    agreement: Agreement,
    form: moves.SendBackForm | moves.WithdrawForm,
    service: Callable[..., None],
    **values: Any,
) -> ResponseReturnValue:
    return _move_page(
        agreement,
        form,
        lambda: service(
            db_session(),
            current_actor(),
            agreement=agreement,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="agreements/reason.html",
        **values,
    )


def _move_page(
    agreement: Agreement,
    form: VersionedForm,
    action: Callable[[], None],
    *,
    expect: Callable[..., None],
    template: str,
    done: str,
    **values: Any,
) -> ResponseReturnValue:
    """A page with one form: shown to those who may make the move now, sent by them."""
    if request.method == "GET":
        expect(db_session(), current_actor(), agreement)
        form.version.data = str(agreement.version)
    if form.validate_on_submit() and form.attempt(action):
        return _done(agreement, done)
    page = render_template(
        template, form=form, agreement=agreement, pairing=agreement.pairing, **values
    )
    return page, 422 if request.method == "POST" else 200
