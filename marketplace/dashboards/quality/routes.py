"""The quality report in the browser, for coordinators and leadership."""

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts.models import Organisation
from marketplace.dashboards.quality import judged, queries
from marketplace.dashboards.quality.pages import month_name, month_of, months_as_csv
from marketplace.matches.queries import count_read
from marketplace.matches.states import DismissalReason, RankingWay
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row
from marketplace.ui.spreadsheet import csv_file

blueprint = Blueprint("quality", "marketplace.dashboards", template_folder="templates")

READERS = roles(*queries.READERS)


@blueprint.get("/quality")
@access(READERS)
def show() -> ResponseReturnValue:
    session, municipality = db_session(), _municipality()
    months = queries.list_months(session, municipality.id)
    return render_template(
        "dashboards/quality.html",
        municipality=municipality,
        municipalities=queries.list_municipalities(session, current_actor()),
        months=months,
        whole=queries.whole_period(months),
        reasons=list(DismissalReason),
        month_name=month_name,
        month_of=month_of,
        trials=queries.list_trials(session, municipality.id),
        ways=list(RankingWay),
        read=count_read(session),
        kept={name: request.args[name] for name in ("municipality",) if request.args.get(name)},
    )


@blueprint.get("/quality.zip")
@access(READERS)
def as_collection() -> ResponseReturnValue:
    """What was decided, for whoever measures rankings."""
    content = judged.as_zip(db_session(), current_actor(), _municipality().id)
    headers = {"Content-Disposition": "attachment; filename=vurderinger.zip"}
    return Response(content, mimetype="application/zip", headers=headers)


@blueprint.get("/quality.csv")
@access(READERS)
def as_csv() -> ResponseReturnValue:
    months = queries.list_months(db_session(), _municipality().id)
    return csv_file(_("kvalitet-paa-treff"), months_as_csv(months))


def _municipality() -> Organisation:
    """The one in the address; most people have one only."""
    wanted = asked_row("municipality")
    if wanted is None and request.args.get("municipality"):
        abort(404)
    return queries.get_municipality(db_session(), current_actor(), wanted)
