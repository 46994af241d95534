"""The decision of a case in the browser: its clock for everyone, its form for who decides."""

from flask import Blueprint, render_template, request, url_for
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
from marketplace.ui.form_page import Way, send
from marketplace.ui.last_look import LastLook, is_to_be_seen, last_look_page

blueprint = Blueprint("decisions", __name__, template_folder="templates")


@blueprint.route("/pairings/<int:pairing_id>/decision", methods=["GET", "POST"])
@access(roles(*VIEWERS))
def show(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = pairings.get_pairing(session, actor, pairing_id)
    if request.method == "POST":
        return _decide(pairing)
    values = pages.values_for(session, actor, pairing)
    form = DecideForm.about(values["latest"]) if values["latest"] else None
    if form is not None and is_to_be_seen(form):
        back = Way(url_for("decisions.show", pairing_id=pairing.id), _("Beslutning"))
        return last_look_page(form, _last_look(form), back)
    return render_template("decisions/show.html", form=form, **values)


def _decide(pairing: Pairing) -> ResponseReturnValue:
    decision = services.expect_awaited(db_session(), pairing)
    form = DecideForm.about(decision)
    return send(
        form,
        lambda: _move(form, decision),
        to=url_for("decisions.show", pairing_id=pairing.id),
        done=_("Beslutningen er tatt. Begge parter får beskjed om den og begrunnelsen."),
        last_look=lambda: _last_look(form),
    )


def _last_look(form: DecideForm) -> LastLook:
    return LastLook(
        _("Se over beslutningen"),
        _(
            "Beslutningen kan ikke gjøres om. Navnet ditt og tidspunktet blir stående, og begge"
            " parter får beskjed med en gang."
        ),
        _("Ta beslutningen"),
        facts=form.written,
    )


def _move(form: DecideForm, decision: Decision) -> None:
    """The service that the form asks for, with what the form says."""
    session, actor = db_session(), current_actor()
    version, reason = form.row_version, form.reason.data or ""
    if form.move.data is DecisionMove.EXTEND:
        services.decide_to_extend(
            session,
            actor,
            decision=decision,
            version=version,
            reason=reason,
            extended_to=form.extended_to.data,
        )
        return
    buys = form.move.data is DecisionMove.BUY
    service = services.decide_to_buy if buys else services.decide_to_stop
    service(session, actor, decision=decision, version=version, reason=reason)
