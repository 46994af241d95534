"""The procurement of a case: its page, its route, and its moves."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.errors import NotNow
from marketplace.pairings.states import PairingRefusal
from marketplace.procurements import policies, queries
from marketplace.procurements.advice import advise
from marketplace.procurements.forms import AnnounceForm, CancelForm, ContractForm, RouteForm, Winner
from marketplace.procurements.models import Procurement
from marketplace.procurements.pages.case import advice_values, values_for
from marketplace.procurements.pages.notice import notice_text
from marketplace.procurements.routes.blueprint import (
    ADVISERS,
    VIEWERS,
    blueprint,
    small_page,
    the_pairing,
    the_procurement,
    to_page,
)
from marketplace.procurements.services import moves, planning
from marketplace.procurements.services.expectations import expect_changeable
from marketplace.procurements.states import ProcurementMove
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, current_settings, db_session


@blueprint.get("/pairings/<int:pairing_id>/procurement")
@access(VIEWERS)
def show(pairing_id: int) -> ResponseReturnValue:
    pairing = the_pairing(pairing_id)
    if not policies.has_page(current_actor(), pairing):
        raise NotNow(PairingRefusal.NOT_APPROVED)
    values = values_for(db_session(), current_actor(), pairing)
    return render_template("procurements/show.html", **values)


# ---------------------------------------------------------------- the route


@blueprint.route("/pairings/<int:pairing_id>/procurement/route", methods=["GET", "POST"])
@access(ADVISERS)
def route(pairing_id: int) -> ResponseReturnValue:
    """The advice follows what is typed; «preview» shows it and saves nothing."""
    session, actor = db_session(), current_actor()
    procurement = the_procurement(pairing_id)
    expect_changeable(actor, procurement)
    form = RouteForm(obj=procurement)
    if not form.is_submitted() and not procurement.estimated_value:
        form.estimated_value.data = None
    preview = request.form.get("do") == "preview"
    if (
        form.validate_on_submit()
        and not preview
        and form.attempt(
            lambda: planning.choose_route(
                session,
                actor,
                procurement=procurement,
                version=form.row_version,
                route=form.route.data,
                route_reason=form.route_reason.data or "",
                estimated_value=form.estimated_value.data,
                service_category=form.service_category.data,
                starts_on=form.starts_on.data,
            )
        )
    ):
        return to_page(pairing_id, _("Framgangsmåten er lagret, og trinnene er satt opp."))
    refused = request.method == "POST" and not (preview and not form.errors)
    return _route_page(procurement, form), 422 if refused else 200


def _route_page(procurement: Procurement, form: RouteForm) -> str:
    values = advice_values(db_session(), procurement)
    value, category = form.estimated_value.data, form.service_category.data
    if value and category and form.starts_on.data:
        rows = queries.list_thresholds(db_session())
        values["advice"] = advise(rows, value, category, form.starts_on.data)
    return render_template(
        "procurements/route.html",
        form=form,
        pairing=procurement.pairing,
        procurement=procurement,
        **values,
    )


# ---------------------------------------------------------------- the moves


@blueprint.route("/pairings/<int:pairing_id>/procurement/announce", methods=["GET", "POST"])
@access(ADVISERS)
def announce(pairing_id: int) -> ResponseReturnValue:
    procurement = _ready(pairing_id, ProcurementMove.ANNOUNCE)
    form = AnnounceForm(obj=procurement)
    return small_page(
        procurement.pairing,
        form,
        lambda: moves.announce(
            db_session(),
            current_actor(),
            procurement=procurement,
            version=form.row_version,
            reference=form.reference.data or "",
        ),
        template="procurements/announce.html",
        done=_("Kunngjøringen er registrert. Begge parter får beskjed."),
        notice=notice_text(procurement, current_settings().public_url),
        procurement=procurement,
    )


@blueprint.route("/pairings/<int:pairing_id>/procurement/contract", methods=["GET", "POST"])
@access(ADVISERS)
def contract(pairing_id: int) -> ResponseReturnValue:
    procurement = _ready(pairing_id, ProcurementMove.CONTRACT)
    form = ContractForm(obj=procurement)
    form.offer(procurement.pairing.concept.organisation.name)
    if not form.is_submitted():
        form.winner.data = Winner.ENTREPRENEUR.value
    return small_page(
        procurement.pairing,
        form,
        lambda: moves.contract(
            db_session(),
            current_actor(),
            procurement=procurement,
            version=form.row_version,
            other_supplier=form.other,
            value=form.value.data,
            reason=form.reason.data or "",
        ),
        template="procurements/contract.html",
        done=_("Kontrakten er registrert. Begge parter får beskjed."),
        procurement=procurement,
        unfinished=queries.open_steps(procurement),
    )


@blueprint.route("/pairings/<int:pairing_id>/procurement/cancel", methods=["GET", "POST"])
@access(ADVISERS)
def cancel(pairing_id: int) -> ResponseReturnValue:
    procurement = _ready(pairing_id, ProcurementMove.CANCEL)
    form = CancelForm(obj=procurement)
    return small_page(
        procurement.pairing,
        form,
        lambda: moves.cancel(
            db_session(),
            current_actor(),
            procurement=procurement,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="procurements/cancel.html",
        done=_("Anskaffelsen er avlyst. Begge parter får beskjed om grunnen."),
    )


def _ready(pairing_id: int, move: ProcurementMove) -> Procurement:
    """On GET the page says at once why the move cannot be made."""
    procurement = the_procurement(pairing_id)
    if request.method == "GET":
        moves.expect_move(current_actor(), procurement, move)
    return procurement
