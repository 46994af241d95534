"""The parties answer in the browser: yes, not like this, or no."""

from collections.abc import Callable

from flask import abort
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.pairings import forms, policies
from marketplace.pairings.models import Pairing
from marketplace.pairings.routes.blueprint import (
    PARTIES,
    PROPOSERS,
    asked_pairing,
    blueprint,
    move_page,
    to_case,
)
from marketplace.pairings.services import answering
from marketplace.pairings.states import PairingMove, PairingState
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.forms import VersionedForm


@blueprint.post("/pairings/<int:pairing_id>/accept")
@access(PARTIES)
def accept(pairing_id: int) -> ResponseReturnValue:
    pairing, form = asked_pairing(pairing_id), VersionedForm()
    if not form.validate_on_submit():
        abort(400)
    answering.accept_pairing(
        db_session(), current_actor(), pairing=pairing, version=form.row_version
    )
    if pairing.state is PairingState.ACCEPTED:
        return to_case(pairing, _("Du har sagt ja. Nå avgjør en koordinator koblingen."))
    return to_case(pairing, _("Du har sagt ja. Nå venter vi på den andre parten."))


@blueprint.route("/pairings/<int:pairing_id>/changes", methods=["GET", "POST"])
@access(PROPOSERS)
def changes(pairing_id: int) -> ResponseReturnValue:
    return _reason_page(
        asked_pairing(pairing_id),
        PairingMove.ASK_FOR_CHANGES,
        forms.ChangesForm(),
        answering.ask_for_changes,
        title=_("Be om endringer"),
        lead=_(
            "Forslaget går tilbake til den som foreslo koblingen. Etterpå må begge si ja igjen."
        ),
        done=_("Du har bedt om endringer. De andre i saken får beskjed."),
    )


@blueprint.route("/pairings/<int:pairing_id>/withdraw", methods=["GET", "POST"])
@access(PROPOSERS)
def withdraw(pairing_id: int) -> ResponseReturnValue:
    pairing = asked_pairing(pairing_id)
    asked = policies.side_to_accept(current_actor(), pairing) is not None
    return _reason_page(
        pairing,
        PairingMove.WITHDRAW,
        forms.WithdrawForm(),
        answering.withdraw_pairing,
        title=_("Si nei") if asked else _("Trekk koblingen"),
        lead=_("Saken avsluttes. Behovet og konseptet kan kobles på nytt senere."),
        done=_("Koblingen er trukket. De andre i saken får beskjed."),
    )


def _reason_page(
    pairing: Pairing,
    move: PairingMove,
    form: forms.ChangesForm | forms.WithdrawForm,
    service: Callable[..., None],
    *,
    done: str,
    **texts: str,
) -> ResponseReturnValue:
    return move_page(
        pairing,
        move,
        form,
        lambda: service(
            db_session(),
            current_actor(),
            pairing=pairing,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="pairings/reason.html",
        done=done,
        **texts,
    )
