"""The adviser confirms how a paid test is bought."""

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.agreements import queries as agreements
from marketplace.procurements import queries
from marketplace.procurements.forms import PaidTestForm
from marketplace.procurements.pages.paid_test import values_of
from marketplace.procurements.routes.blueprint import ADVISERS, blueprint, the_pairing
from marketplace.procurements.services import paying
from marketplace.procurements.services.expectations import expect_handler
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way, form_page


@blueprint.route("/pairings/<int:pairing_id>/agreement/route", methods=["GET", "POST"])
@access(ADVISERS)
def confirm_test_route(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), the_pairing(pairing_id)
    expect_handler(actor, pairing)
    agreement = agreements.get_open_version(session, pairing.id)
    paid = queries.find_paid_test(session, agreement)
    form = PaidTestForm(
        data={
            "version": agreement.version,
            "route": paid.route if paid else None,
            "reason": paid.reason if paid else "",
        }
    )
    return form_page(
        form,
        lambda: paying.confirm_route(
            session,
            actor,
            agreement=agreement,
            version=form.row_version,
            route=form.route.data,
            reason=form.reason.data or "",
        ),
        template="procurements/confirm_test_route.html",
        back=Way(url_for("agreements.show", pairing_id=pairing_id), _("Avtalen")),
        expect=lambda: paying.expect_confirmable(session, actor, agreement),
        done=_("Framgangsmåten er bekreftet. Partene får beskjed om at de kan skrive under."),
        **values_of(session, agreement),
    )
