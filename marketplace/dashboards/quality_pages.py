"""The quality report in the browser, for coordinators and leadership."""

from collections.abc import Iterator

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_date
from flask_babel import gettext as _

from marketplace.accounts.models import Organisation
from marketplace.dashboards import quality
from marketplace.matches.states import DismissalReason
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row
from marketplace.ui.filters import decimal
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_file, csv_text

blueprint = Blueprint("quality", __name__, template_folder="templates")

READERS = roles(*quality.READERS)


@blueprint.get("/quality")
@access(READERS)
def show() -> ResponseReturnValue:
    session, municipality = db_session(), _municipality()
    months = quality.list_months(session, municipality.id)
    return render_template(
        "dashboards/quality.html",
        municipality=municipality,
        municipalities=quality.list_municipalities(session, current_actor()),
        months=months,
        whole=quality.whole_period(months),
        reasons=list(DismissalReason),
        month_name=month_name,
        kept={name: request.args[name] for name in ("municipality",) if request.args.get(name)},
    )


@blueprint.get("/quality.csv")
@access(READERS)
def as_csv() -> ResponseReturnValue:
    months = quality.list_months(db_session(), _municipality().id)
    heading = (
        _("Måned"),
        _("Vurderte treff på plass 1 til 3"),
        _("Passet"),
        _("Passet, prosent"),
        *(_("Passer ikke: %(reason)s", reason=label(reason)) for reason in DismissalReason),
        _("Foreslåtte koblinger"),
        _("Uten at vi foreslo dem"),
        _("Publiserte behov"),
        _("Uten godt treff"),
    )
    return csv_file(_("kvalitet-paa-treff"), csv_text(heading, map(tuple, map(_values, months))))


def month_name(month: quality.Month) -> str:
    return format_date(month.first, "MMMM yyyy")


def _values(month: quality.Month) -> Iterator[str]:
    yield month.first.strftime("%Y-%m")
    yield str(month.judged)
    yield str(month.fitting)
    yield "" if month.precision is None else decimal(100 * month.precision)
    yield from (str(month.dismissals[reason]) for reason in DismissalReason)
    yield str(month.proposed)
    yield str(month.unsuggested)
    yield "" if month.needs is None else str(month.needs)
    yield "" if month.without_good is None else str(month.without_good)


def _municipality() -> Organisation:
    """The one in the address; most people have one only."""
    wanted = asked_row("municipality")
    if wanted is None and request.args.get("municipality"):
        abort(404)
    return quality.get_municipality(db_session(), current_actor(), wanted)
