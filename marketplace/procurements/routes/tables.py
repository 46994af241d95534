"""The tables that an administrator keeps: thresholds by date, and the steps of each route."""

from datetime import date

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.core.errors import NotAllowed, NotFound
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements import policies, queries
from marketplace.procurements.forms import StepsForm, ThresholdForm, WithdrawThresholdForm
from marketplace.procurements.pages import thresholds as pages
from marketplace.procurements.routes.blueprint import blueprint
from marketplace.procurements.services import tables
from marketplace.procurements.states import ROUTES, ProcurementRefusal, ThresholdKey
from marketplace.procurements.thresholds import in_force, is_old, last_checked
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import chosen
from marketplace.ui.form_page import Way, form_page

TABLE_READERS = roles(*policies.TABLE_READERS)
ADMINISTRATORS = roles(Role.ADMINISTRATOR)


@blueprint.get("/administration/thresholds")
@access(TABLE_READERS)
def thresholds() -> ResponseReturnValue:
    rows = queries.list_thresholds(db_session())
    history = queries.list_threshold_history(db_session())
    return render_template(
        "procurements/thresholds.html",
        rows=[(key, [row for row in history if row.key is key]) for key in ThresholdKey],
        valid={row.key: row for row in in_force(rows, today()).values()},
        last_checked=last_checked(rows),
        table_is_old=is_old(rows, today()),
        may_change=policies.can_administer(current_actor()),
    )


@blueprint.route("/administration/thresholds/new", methods=["GET", "POST"])
@access(ADMINISTRATORS)
def add_threshold() -> ResponseReturnValue:
    """A row is begun from the one that counts now, so that only what is new is typed."""
    session, actor = db_session(), current_actor()
    form = ThresholdForm.begun_from(
        in_force(queries.list_thresholds(session), today()),
        chosen(ThresholdKey, request.args.get("key")),
    )
    return form_page(
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
            jump_confirmed=form.jump_confirmed.data,
        ),
        template="procurements/threshold_form.html",
        back=_way_to_thresholds(),
        done=_("Beløpet er lagt til, og rådgiverne får beskjed. De som gjaldt før, står fortsatt."),
        last_look=lambda: pages.look_at_added(session, form.row),
    )


@blueprint.route("/administration/thresholds/<key_name>/<day>/withdraw", methods=["GET", "POST"])
@access(ADMINISTRATORS)
def withdraw_threshold(key_name: str, day: str) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    key = chosen(ThresholdKey, key_name)
    row = queries.get_threshold(session, key, _day(day))
    form = WithdrawThresholdForm()
    return form_page(
        form,
        lambda: tables.withdraw_threshold(
            session,
            actor,
            key=row.key,
            valid_from=row.valid_from,
            reason=form.reason.data or "",
        ),
        template="procurements/withdraw_threshold.html",
        back=_way_to_thresholds(),
        done=_("Beløpet er trukket, og brukes ikke mer. Rådgiverne får beskjed."),
        last_look=lambda: pages.look_at_withdrawn(session, row, form.reason.data or ""),
        row=row,
    )


def _way_to_thresholds() -> Way:
    return Way(url_for("procurements.thresholds"), _("Terskelverdier"))


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise NotFound from None


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
