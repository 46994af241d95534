"""The tables that an administrator keeps: thresholds by date, and the steps of each route."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.core.errors import NotAllowed
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements import policies, queries
from marketplace.procurements.forms import StepsForm, ThresholdForm
from marketplace.procurements.routes.blueprint import blueprint
from marketplace.procurements.services import tables
from marketplace.procurements.states import ROUTES, ProcurementRefusal, ThresholdKey
from marketplace.procurements.thresholds import in_force, is_old, last_checked
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import chosen
from marketplace.ui.form_page import Way, form_page, send

TABLE_READERS = roles(*policies.TABLE_READERS)
ADMINISTRATORS = roles(Role.ADMINISTRATOR)


@blueprint.get("/administration/thresholds")
@access(TABLE_READERS)
def thresholds() -> ResponseReturnValue:
    """A row is begun from the one that counts now, so that only what is new is typed."""
    rows = queries.list_thresholds(db_session())
    key = chosen(ThresholdKey, request.args.get("key"))
    begun = in_force(rows, today()).get(key) if key is not None else None
    form = ThresholdForm(
        data={
            "key": key,
            "amount": begun.amount if begun else None,
            "paragraph": begun.paragraph if begun else "",
            "source": begun.source if begun else "",
            "checked_on": today(),
        }
    )
    return render_template(
        "procurements/thresholds.html",
        form=form,
        rows=[(key, [row for row in rows if row.key is key]) for key in ThresholdKey],
        valid={row.key: row for row in in_force(rows, today()).values()},
        last_checked=last_checked(rows),
        table_is_old=is_old(rows, today()),
        may_change=policies.can_administer(current_actor()),
    )


@blueprint.post("/administration/thresholds")
@access(ADMINISTRATORS)
def add_threshold() -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), ThresholdForm()
    return send(
        form,
        lambda: tables.add_threshold(
            session,
            actor,
            key=form.key.data,
            amount=form.amount.data,
            valid_from=form.valid_from.data or today(),
            paragraph=form.paragraph.data or "",
            source=form.source.data or "",
            checked_on=form.checked_on.data,
        ),
        to=url_for("procurements.thresholds"),
        done=_("Beløpet er lagt til. De som gjaldt før, står fortsatt."),
    )


@blueprint.get("/administration/procurement-steps")
@access(TABLE_READERS)
def step_templates() -> ResponseReturnValue:
    session = db_session()
    return render_template(
        "procurements/step_templates.html",
        routes=[(route, queries.list_step_templates(session, route)) for route in ROUTES],
        may_change=policies.can_administer(current_actor()),
    )


@blueprint.route("/administration/procurement-steps/<route_name>", methods=["GET", "POST"])
@access(ADMINISTRATORS)
def change_step_templates(route_name: str) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    if not policies.can_administer(actor):
        raise NotAllowed(ProcurementRefusal.ADMINISTRATORS_ONLY)
    route = chosen(ProcurementRoute, route_name)
    if route not in ROUTES:
        abort(404)
    form = StepsForm.of(queries.list_step_templates(session, route))
    return form_page(
        form,
        lambda: tables.change_steps(
            session, actor, route=route, version=form.row_version, steps=form.parsed
        ),
        template="procurements/change_steps.html",
        back=Way(url_for("procurements.step_templates"), _("Trinn i anskaffelser")),
        done=_("Trinnene er endret. De gjelder for anskaffelser som velger framgangsmåte nå."),
        route=route,
    )
