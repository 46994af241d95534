"""The decision of a case in the browser: its clock for everyone, its form for who decides."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.decisions import pages, services
from marketplace.decisions.forms import DecideForm
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionMove
from marketplace.pairings import queries as pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import VIEWERS
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session

blueprint = Blueprint("decisions", __name__, template_folder="templates")


@blueprint.route("/pairings/<int:pairing_id>/decision", methods=["GET", "POST"])
@access(roles(*VIEWERS))
def show(pairing_id: int) -> ResponseReturnValue:
    pairing, form = _pairing(pairing_id), DecideForm()
    if request.method == "GET":
        return _page(pairing, form)
    decision = services.expect_awaited(db_session(), pairing)
    form.offer(decision)
    if form.validate_on_submit() and form.attempt(_move(form, decision)):
        flash(_("Beslutningen er tatt. Begge parter får beskjed om den og begrunnelsen."))
        return redirect(url_for("decisions.show", pairing_id=pairing.id))
    return _page(pairing, form), 422


def _move(form: DecideForm, decision: Decision) -> Callable[[], None]:
    """The service that the form asks for, with what the form says."""
    session, actor = db_session(), current_actor()
    version, reason = form.row_version, form.reason.data or ""
    move: DecisionMove = form.move.data
    if move is DecisionMove.EXTEND:
        return lambda: services.decide_to_extend(
            session,
            actor,
            decision=decision,
            version=version,
            reason=reason,
            extended_to=form.extended_to.data,
        )
    service = services.decide_to_buy if move is DecisionMove.BUY else services.decide_to_stop
    return lambda: service(session, actor, decision=decision, version=version, reason=reason)


def _page(pairing: Pairing, form: DecideForm) -> str:
    values = pages.values_for(db_session(), current_actor(), pairing)
    if values["latest"] is not None and not form.is_submitted():
        form.offer(values["latest"])
    return render_template("decisions/show.html", form=form, **values)


def _pairing(pairing_id: int) -> Pairing:
    return pairings.get_pairing(db_session(), current_actor(), pairing_id)
