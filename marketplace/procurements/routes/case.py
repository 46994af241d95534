"""The procurement of a case: its page, its route, and its moves."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.errors import NotNow
from marketplace.pairings.awaited import was_approved
from marketplace.pairings.states import PairingRefusal
from marketplace.procurements import queries
from marketplace.procurements.advice import advise
from marketplace.procurements.forms import AnnounceForm, CancelForm, ContractForm, RouteForm
from marketplace.procurements.models import Procurement
from marketplace.procurements.pages.case import advice_values, values_for
from marketplace.procurements.pages.notice import notice_text
from marketplace.procurements.routes.blueprint import (
    ADVISERS,
    VIEWERS,
    blueprint,
    the_pairing,
    the_procurement,
    way_to_procurement,
)
from marketplace.procurements.services import moves, planning
from marketplace.procurements.services.expectations import expect_changeable, expect_handler
from marketplace.procurements.states import ProcurementMove
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.form_page import form_page


@blueprint.get("/pairings/<int:pairing_id>/procurement")
@access(VIEWERS)
def show(pairing_id: int) -> ResponseReturnValue:
    pairing = the_pairing(pairing_id)
    if not was_approved(pairing):
        raise NotNow(PairingRefusal.NOT_APPROVED)
    values = values_for(db_session(), current_actor(), pairing)
    return render_template("procurements/show.html", **values)


# ---------------------------------------------------------------- the route


@blueprint.route("/pairings/<int:pairing_id>/procurement/route", methods=["GET", "POST"])
@access(ADVISERS)
def route(pairing_id: int) -> ResponseReturnValue:
    """The advice follows what is typed; «preview» shows it and saves nothing."""
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    form = RouteForm.of(procurement)
    if request.form.get("do") == "preview":
        form.validate()
        return form.lead_back()
    return form_page(
        form,
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
        ),
        template="procurements/route.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: expect_changeable(actor, procurement),
        done=_("Framgangsmåten er lagret, og trinnene er satt opp."),
        procurement=procurement,
        **_advice(procurement, form),
    )


def _advice(procurement: Procurement, form: RouteForm) -> dict[str, Any]:
    values = advice_values(db_session(), procurement)
    value, category = form.estimated_value.data, form.service_category.data
    if value and category and form.starts_on.data:
        rows = queries.list_thresholds(db_session())
        values["advice"] = advise(rows, value, category, form.starts_on.data)
    return values


# ---------------------------------------------------------------- the moves


@blueprint.route("/pairings/<int:pairing_id>/procurement/announce", methods=["GET", "POST"])
@access(ADVISERS)
def announce(pairing_id: int) -> ResponseReturnValue:
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    form = AnnounceForm(data={"version": procurement.version})
    return form_page(
        form,
        lambda: moves.announce(
            session,
            actor,
            procurement=procurement,
            version=form.row_version,
            reference=form.reference.data or "",
        ),
        template="procurements/announce.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: moves.expect_move(actor, procurement, ProcurementMove.ANNOUNCE),
        done=_("Kunngjøringen er registrert. Begge parter får beskjed."),
        notice=notice_text(procurement, current_settings().public_url),
        pairing=procurement.pairing,
        procurement=procurement,
    )


@blueprint.route("/pairings/<int:pairing_id>/procurement/contract", methods=["GET", "POST"])
@access(ADVISERS)
def contract(pairing_id: int) -> ResponseReturnValue:
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    form = ContractForm.of(procurement)
    return form_page(
        form,
        lambda: moves.contract(
            session,
            actor,
            procurement=procurement,
            version=form.row_version,
            other_supplier=form.other,
            value=form.value.data,
            reason=form.reason.data or "",
        ),
        template="procurements/contract.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: moves.expect_move(actor, procurement, ProcurementMove.CONTRACT),
        done=_("Kontrakten er registrert. Begge parter får beskjed."),
        unfinished=queries.open_steps(procurement),
    )


@blueprint.route("/pairings/<int:pairing_id>/procurement/cancel", methods=["GET", "POST"])
@access(ADVISERS)
def cancel(pairing_id: int) -> ResponseReturnValue:
    session, actor, procurement = db_session(), current_actor(), the_procurement(pairing_id)
    expect_handler(actor, procurement.pairing)
    form = CancelForm(data={"version": procurement.version})
    return form_page(
        form,
        lambda: moves.cancel(
            session,
            actor,
            procurement=procurement,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        template="procurements/cancel.html",
        back=way_to_procurement(pairing_id),
        expect=lambda: moves.expect_move(actor, procurement, ProcurementMove.CANCEL),
        done=_("Anskaffelsen er avlyst. Begge parter får beskjed om grunnen."),
    )
