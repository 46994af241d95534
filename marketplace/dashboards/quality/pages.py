"""The report of quality in words: the names of its months, and the file."""

from collections.abc import Iterable, Iterator
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from marketplace.dashboards.quality.queries import Month
from marketplace.matches.states import DismissalReason
from marketplace.ui.filters import decimal
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_text


def month_name(month: Month) -> str:
    return month_of(month.first)


def month_of(day: date) -> str:
    return format_date(day, "MMMM yyyy")


def months_as_csv(months: Iterable[Month]) -> str:
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
    return csv_text(heading, map(tuple, map(_values, months)))


def _values(month: Month) -> Iterator[str]:
    yield month.first.strftime("%Y-%m")
    yield str(month.judged)
    yield str(month.fitting)
    yield "" if month.precision is None else decimal(100 * month.precision)
    yield from (str(month.dismissals[reason]) for reason in DismissalReason)
    yield str(month.proposed)
    yield str(month.unsuggested)
    yield "" if month.needs is None else str(month.needs)
    yield "" if month.without_good is None else str(month.without_good)
