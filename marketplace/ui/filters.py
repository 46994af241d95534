"""Dates and numbers as Norwegians write them."""

from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.core.clock import NORWAY, today

NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
"""Within numbers: a line never breaks there, as it may at a thin space."""
MINUS = "\N{MINUS SIGN}"


def norwegian_date(value: date | datetime | None) -> str:
    if value is None:
        return ""
    day = value.astimezone(NORWAY).date() if isinstance(value, datetime) else value
    return day.strftime("%d.%m.%Y")


def norwegian_moment(value: datetime | None) -> str:
    if value is None:
        return ""
    local = value.astimezone(NORWAY)
    return _("%(day)s kl. %(time)s", day=norwegian_date(local), time=local.strftime("%H.%M"))


def iso_date(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return value.astimezone(NORWAY).isoformat() if isinstance(value, datetime) else str(value)


def number(value: int | None) -> str:
    return "" if value is None else f"{value:,}".replace(",", NARROW_SPACE).replace("-", MINUS)


def decimal(value: float) -> str:
    """With one decimal; what is more than nothing is never shown as nothing."""
    shown = max(value, 0.1) if value > 0 else value
    return f"{shown:.1f}".replace(".", ",").replace("-", MINUS)


def percent(share: float) -> str:
    return f"{100 * share:.0f}{NARROW_SPACE}%"


def kroner(value: int | None) -> str:
    return "" if value is None else _("%(amount)s kr", amount=number(value))


def days_since(value: datetime | None) -> int:
    return 0 if value is None else max(0, (today() - value.astimezone(NORWAY).date()).days)


def waited(value: datetime | None) -> str:
    days = days_since(value)
    return _("i dag") if days == 0 else ngettext("%(num)d dag", "%(num)d dager", days)


def days_left(value: date | None) -> str:
    if value is None:
        return ""
    days = (value - today()).days
    if days < 0:
        return _("utløpt")
    if days == 0:
        return _("siste dag er i dag")
    return ngettext("%(num)d dag igjen", "%(num)d dager igjen", days)


FILTERS = {
    "day": norwegian_date,
    "moment": norwegian_moment,
    "iso": iso_date,
    "number": number,
    "percent": percent,
    "decimal": decimal,
    "kroner": kroner,
    "waited": waited,
    "days_left": days_left,
}
