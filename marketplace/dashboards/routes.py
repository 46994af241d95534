"""The first page, and what waits for whom."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Actor, Role
from marketplace.core.revision import Collection, current_revision
from marketplace.dashboards import flow, queries, ways
from marketplace.dashboards.forms import FlowFilterForm, QueueFilterForm
from marketplace.dashboards.pages import (
    flow_as_csv,
    middle,
    programme_as_csv,
    quarter_name,
    queue_as_csv,
    what_to_do,
    work_url,
)
from marketplace.dashboards.programmes import cases_of
from marketplace.dashboards.queries import Pile
from marketplace.dashboards.ways import FlowFilter, NeedWay
from marketplace.needs.queries import NeedFilter, list_needs
from marketplace.programmes import policies as programmes
from marketplace.programmes.queries import get_programme
from marketplace.ui.access import PUBLIC, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.fragments import same_for_all
from marketplace.ui.spreadsheet import csv_file

blueprint = Blueprint("dashboards", __name__, template_folder="templates")

COORDINATORS = roles(Role.COORDINATOR)
NEWEST_SHOWN = 5


@access(PUBLIC)
def home() -> ResponseReturnValue:
    return _my_work() if current_actor().signed_in else _start()


def _start() -> str:
    revision = current_revision(db_session(), Collection.NEEDS)
    newest = same_for_all(("newest needs", revision), _newest)
    return render_template("dashboards/start.html", newest=newest)


def _newest() -> str:
    newest = list_needs(db_session(), NeedFilter(), 1).rows[:NEWEST_SHOWN]
    return render_template("dashboards/_newest.html", needs=newest)


def _my_work() -> str:
    session, actor = db_session(), current_actor()
    leads = actor.holds(Role.LEADERSHIP)
    piles = queries.list_my_work(session, actor, page_number(), page_number("others"))
    return render_template(
        "dashboards/my_work.html",
        page=piles[Pile.MINE],
        others=piles[Pile.OTHERS],
        advised=piles[Pile.ADVISED],
        need_counts=queries.count_needs(session, actor) if leads else {},
        pairing_counts=queries.count_pairings(session, actor) if leads else {},
        what_to_do=what_to_do,
        work_url=work_url,
    )


@blueprint.get("/attention")
@access(COORDINATORS)
def attention() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    form = _filter_form(actor)
    return render_template(
        "dashboards/attention.html",
        form=form,
        page=queries.list_queue(session, actor, form.wanted(), page_number()),
        kept=_kept("kind", "unit"),
        work_url=work_url,
    )


@blueprint.get("/attention.csv")
@access(COORDINATORS)
def attention_csv() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    items = queries.list_whole_queue(session, actor, _filter_form(actor).wanted())
    return csv_file(_("trenger-oppmerksomhet"), queue_as_csv(items))


@blueprint.get("/flow")
@access(roles(*ways.VIEWERS))
def flow_page() -> ResponseReturnValue:
    form = _flow_form()
    wanted = form.wanted()
    found, counted = _counted(wanted)
    return render_template(
        "dashboards/flow.html",
        form=form,
        reached=flow.steps_reached(counted),
        days=flow.days_of_passages(counted),
        quarters=flow.quarters_of(found, wanted.first, wanted.last),
        quarter_name=quarter_name,
        middle=middle,
        kept=_kept("first", "last", "unit", "category"),
    )


@blueprint.get("/flow.csv")
@access(roles(*ways.VIEWERS))
def flow_csv() -> ResponseReturnValue:
    wanted = _flow_form().wanted()
    found, counted = _counted(wanted)
    content = flow_as_csv(
        flow.steps_reached(counted),
        flow.days_of_passages(counted),
        flow.quarters_of(found, wanted.first, wanted.last),
    )
    return csv_file(_("fra-behov-til-kjop"), content)


def _counted(wanted: FlowFilter) -> tuple[list[NeedWay], list[NeedWay]]:
    """All that the filter lets through, and of them those of the period."""
    found = ways.ways_of(db_session(), current_actor(), wanted)
    return found, [way for way in found if wanted.in_period(way.published)]


def _flow_form() -> FlowFilterForm:
    form = FlowFilterForm(request.args)
    form.offer(ways.list_units(db_session(), current_actor()))
    return form


def _kept(*names: str) -> dict[str, str]:
    return {name: request.args[name] for name in names if request.args.get(name)}


@blueprint.get("/programmes/<int:programme_id>/cases.csv")
@access(roles(*programmes.VIEWERS))
def programme_cases_csv(programme_id: int) -> ResponseReturnValue:
    session = db_session()
    programme = get_programme(session, current_actor(), programme_id)
    cases = cases_of(session, [programme])[programme.id]
    return csv_file(_("saker-i-programmet"), programme_as_csv(cases))


def _filter_form(actor: Actor) -> QueueFilterForm:
    form = QueueFilterForm(request.args)
    form.offer(queries.list_queue_units(db_session(), actor))
    return form
