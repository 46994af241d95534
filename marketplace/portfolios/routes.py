"""The portfolio in the browser: the best set of pairings, and what it is made from."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts.models import Organisation
from marketplace.concepts import queries as concepts
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.matches.portfolio import RIGHT
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.portfolios import queries, result, services
from marketplace.portfolios.forms import LimitForm, PairForm, PlanForm
from marketplace.portfolios.labels import STANDING, WHAT_TO_DO
from marketplace.portfolios.pages import history_of, portfolio_file
from marketplace.portfolios.reckoning import Plan, Reckoning, reckon
from marketplace.portfolios.states import WishKind
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row, page_number
from marketplace.ui.filters import percent
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.sent import sent_version

blueprint = Blueprint("portfolios", __name__, template_folder="templates")

COORDINATORS = roles(Role.COORDINATOR)

# ---------------------------------------------------------------- the best set


@blueprint.get("/portfolio")
@access(COORDINATORS)
def show() -> ResponseReturnValue:
    session, municipality = db_session(), _municipality()
    found = reckon(session, municipality.id)
    clashes, dropped = result.troubles(session, found, found.problem) if found.problem else ([], [])
    return render_template(
        "portfolios/show.html",
        municipality=municipality,
        municipalities=queries.list_municipalities(session, current_actor()),
        kept=_kept(),
        found=found,
        result=result.pages(session, found, page_number(), page_number("without")),
        forced=_forced(found),
        troubles=clashes,
        dropped=dropped,
        standing=STANDING,
        what_to_do=WHAT_TO_DO,
        percents=[percent(right) for right in RIGHT.values()],
    )


@blueprint.get("/portfolio.csv")
@access(COORDINATORS)
def as_csv() -> ResponseReturnValue:
    session = db_session()
    found = reckon(session, _municipality().id)
    rows = result.all_rows(found)
    return portfolio_file(rows, result.concepts_of(session, rows), _forced(found))


def _municipality() -> Organisation:
    """The one in the address; most coordinators have one only."""
    wanted = asked_row("municipality")
    if wanted is None and request.args.get("municipality"):
        abort(404)
    return queries.get_municipality(db_session(), current_actor(), wanted)


def _kept() -> dict[str, str]:
    wanted = request.args.get("municipality")
    return {"municipality": wanted} if wanted else {}


def _forced(found: Reckoning) -> frozenset[tuple[int, int]]:
    forced = (wish for wish in found.wishes if wish.kind is WishKind.FORCED)
    return frozenset((wish.need_id, wish.concept_id) for wish in forced)


# ---------------------------------------------------------------- limits


@blueprint.route("/portfolio/limits", methods=["GET", "POST"])
@access(COORDINATORS)
def limits() -> ResponseReturnValue:
    session, actor, municipality = db_session(), current_actor(), _municipality()
    form = PlanForm(obj=Plan.of(queries.find_plan(session, municipality.id)))
    standing = queries.list_limits(session, municipality.id)
    return form_page(
        form,
        lambda: services.change_plan(
            session,
            actor,
            municipality_id=municipality.id,
            version=form.row_version,
            tests_per_need=form.tests_per_need.data or 0,
            tolerance_percent=form.tolerance_percent.data or 0,
        ),
        template="portfolios/limits.html",
        back=_way_to_portfolio(),
        done=_("Rammene er lagret. Forslaget er regnet ut på nytt."),
        to=lambda _plan: _page_of(municipality),
        units=queries.units_free(session, municipality.id),
        limits=standing,
        of_units={limit.unit_id: limit for limit in standing if limit.unit_id},
        history=history_of(session, municipality.id),
    )


@blueprint.route("/portfolio/units/<int:unit_id>", methods=["GET", "POST"])
@access(COORDINATORS)
def limit_unit(unit_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    unit, form = queries.get_unit(session, actor, unit_id), LimitForm()
    return form_page(
        form,
        lambda: services.limit_unit(
            session, actor, unit=unit, most=form.most.data or 0, reason=form.reason.data or ""
        ),
        template="portfolios/limit.html",
        back=_way_to_limits(),
        done=_("Grensen for «%(name)s» er satt.", name=unit.name),
        to=lambda _limit: _page_of(unit.organisation),
        free=queries.units_free(session, unit.organisation_id)[unit],
        name=unit.name,
    )


@blueprint.route("/portfolio/concepts/<int:concept_id>", methods=["GET", "POST"])
@access(COORDINATORS)
def limit_concept(concept_id: int) -> ResponseReturnValue:
    session, actor, municipality = db_session(), current_actor(), _municipality()
    concept, form = concepts.get_concept(session, actor, concept_id), LimitForm()
    free = queries.concepts_free(session, [concept.id]).get(concept.id)
    if free is None:
        abort(404)
    return form_page(
        form,
        lambda: services.limit_concept(
            session,
            actor,
            municipality_id=municipality.id,
            concept=concept,
            most=form.most.data or 0,
            reason=form.reason.data or "",
        ),
        template="portfolios/limit.html",
        back=_way_to_limits(),
        done=_("Grensen for «%(name)s» er satt.", name=concept.title),
        to=lambda _limit: _page_of(municipality),
        free=free,
        name=concept.title,
    )


def _way_to_limits() -> Way:
    return Way(url_for("portfolios.limits", **_kept()), _("Rammer og grenser"))  # type: ignore[arg-type]  # what is kept is data here


@blueprint.post("/portfolio/capacity-limits/<int:limit_id>/undo")
@access(COORDINATORS)
def undo_limit(limit_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    limit = queries.get_limit(session, actor, limit_id)
    services.undo_limit(session, actor, limit=limit, version=sent_version())
    municipality = queries.get_municipality(session, actor, limit.municipality_id)
    flash(_("Grensen er fjernet."))
    return redirect(_page_of(municipality))


# ---------------------------------------------------------------- pairs decided beforehand


@blueprint.route("/portfolio/pairs/new", methods=["GET", "POST"])
@access(COORDINATORS)
def decide_pair() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need, concept = _asked_pair()
    services.expect_may_keep(actor, need.unit.organisation_id)
    form = PairForm()
    return form_page(
        form,
        lambda: services.decide_pair(
            session,
            actor,
            need=need,
            concept=concept,
            kind=form.kind.data,
            reason=form.reason.data or "",
        ),
        template="portfolios/pair.html",
        back=_way_to_portfolio(),
        to=lambda _wish: _page_of(need.unit.organisation),
        expect=lambda: services.expect_decidable(session, need, concept),
        done=lambda wish: (
            _("Koblingen er låst.") if wish.kind is WishKind.FORCED else _("Koblingen er sperret.")
        ),
        need=need,
        concept=concept,
    )


def _asked_pair() -> tuple[Need, Concept]:
    session, actor = db_session(), current_actor()
    need_id, concept_id = asked_row("need"), asked_row("concept")
    if need_id is None or concept_id is None:
        abort(404)
    return needs.get_need(session, actor, need_id), concepts.get_concept(session, actor, concept_id)


@blueprint.post("/portfolio/pairs/<int:wish_id>/undo")
@access(COORDINATORS)
def undo_pair(wish_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    wish = queries.get_wish(session, actor, wish_id)
    services.undo_pair(session, actor, wish=wish, version=sent_version())
    municipality = queries.get_municipality(session, actor, wish.need.unit.organisation_id)
    flash(_("Koblingen er verken låst eller sperret lenger."))
    return redirect(_page_of(municipality))


# ---------------------------------------------------------------- what the pages share


def _way_to_portfolio() -> Way:
    return Way(url_for("portfolios.show", **_kept()), _("Portefølje"))  # type: ignore[arg-type]  # what is kept is data here


def _page_of(municipality: Organisation) -> str:
    """The municipality's page; its number is only in the address of who has several."""
    several = len(queries.list_municipalities(db_session(), current_actor())) > 1
    return url_for("portfolios.show", municipality=municipality.id if several else None)
