"""What each unit has bought from each supplier in twelve months, for those who follow it."""

from collections.abc import Sequence

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.clock import today
from marketplace.procurements import advice, policies, queries, thresholds
from marketplace.procurements.advice import LimitOfSum
from marketplace.procurements.pages.purchases import sums_as_csv
from marketplace.procurements.queries import PurchaseSum
from marketplace.procurements.routes.blueprint import blueprint
from marketplace.procurements.states import SumLevel, ThresholdKey
from marketplace.procurements.thresholds import ThresholdRow
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.filters import kroner
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_file

READERS = roles(*policies.READERS)
LIMITS = tuple(key for key in ThresholdKey if key is not ThresholdKey.EEA_WORKS)
"""The kind of service differs from purchase to purchase, so every limit may be the one."""


@blueprint.get("/purchases")
@access(READERS)
def purchases() -> ResponseReturnValue:
    session, near_only = db_session(), request.args.get("near") == "yes"
    rows = queries.list_thresholds(session)
    least = _lowest_warning(rows) if near_only else 0
    page = queries.list_sums(session, current_actor(), today(), least=least, page=page_number())
    sums = [(row, _warnings(rows, row)) for row in page.rows]
    return render_template(
        "procurements/purchases.html",
        page=page,
        sums=sums,
        near_only=near_only,
        kept={"near": "yes"} if near_only else {},
        valid=list(thresholds.in_force(rows, today()).values()),
    )


@blueprint.get("/purchases.csv")
@access(READERS)
def purchases_csv() -> ResponseReturnValue:
    session = db_session()
    rows = queries.list_thresholds(session)
    sums = queries.list_all_sums(session, current_actor(), today())
    told = ((row, [_in_words(warning) for warning in _warnings(rows, row)]) for row in sums)
    return csv_file(_("kjop"), sums_as_csv(told))


def _warnings(rows: Sequence[ThresholdRow], row: PurchaseSum) -> list[LimitOfSum]:
    """The limits that the sum is near or over."""
    limits = advice.sum_beside_limits(rows, LIMITS, row.amount, today())
    return [limit for limit in limits if limit.level is not SumLevel.BELOW]


def _lowest_warning(rows: Sequence[ThresholdRow]) -> int:
    amounts = [row.amount for row in thresholds.in_force(rows, today()).values()]
    return min(amounts, default=0) * advice.NEAR_SHARE // 100


def _in_words(limit: LimitOfSum) -> str:
    return f"{label(limit.level)}: {label(limit.row.key)} ({kroner(limit.row.amount)})"
