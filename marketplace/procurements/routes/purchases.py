"""What each unit has bought from each supplier in twelve months, for those who follow it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.clock import today
from marketplace.core.paging import PAGE_SIZE, Page
from marketplace.procurements import policies, queries, sums
from marketplace.procurements.advice import LimitOfSum
from marketplace.procurements.pages.purchases import SumRow, sum_row, sums_as_csv
from marketplace.procurements.routes.blueprint import blueprint
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number
from marketplace.ui.filters import kroner
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_file

READERS = roles(*policies.READERS)


@blueprint.get("/purchases")
@access(READERS)
def purchases() -> ResponseReturnValue:
    near_only = request.args.get("near") == "yes"
    page = _near(page_number()) if near_only else _all(page_number())
    return render_template(
        "procurements/purchases.html",
        page=page,
        near_only=near_only,
        kept={"near": "yes"} if near_only else {},
    )


@blueprint.get("/purchases.csv")
@access(READERS)
def purchases_csv() -> ResponseReturnValue:
    told = ((row, [_in_words(limit) for limit in row.of_unit]) for row in _rows())
    return csv_file(_("kjop"), sums_as_csv(told))


def _all(number: int) -> Page[SumRow]:
    session = db_session()
    rows = queries.list_thresholds(session)
    page = sums.list_sums(session, current_actor(), today(), page=number)
    return Page([sum_row(rows, each) for each in page.rows], page.number, page.total)


def _near(number: int) -> Page[SumRow]:
    """Each sum has limits of its own, by its category and day, so all are held against them."""
    near = [row for row in _rows() if row.warns]
    number = min(max(1, number), max(1, -(-len(near) // PAGE_SIZE)))
    first = (number - 1) * PAGE_SIZE
    return Page(near[first : first + PAGE_SIZE], number, len(near))


def _rows() -> list[SumRow]:
    session = db_session()
    rows = queries.list_thresholds(session)
    return [sum_row(rows, s) for s in sums.list_all_sums(session, current_actor(), today())]


def _in_words(limit: LimitOfSum) -> str:
    return f"{label(limit.level)}: {label(limit.row.key)} ({kroner(limit.row.amount)})"
