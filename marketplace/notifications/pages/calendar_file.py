"""Dates as an iCalendar file (RFC 5545): whole days, and each day under the same id for ever."""

from collections.abc import Iterable
from datetime import timedelta
from urllib.parse import urlsplit

from flask_babel import gettext as _
from icalendar import Calendar, Event

from marketplace.core.calendar import CalendarDate, get_dates_of
from marketplace.core.cleaning import clean_line
from marketplace.notifications.pages.masking import mask_numbers

PRODUCT = "-//Behovstorget//Kalender//NO"
ASK_AGAIN = timedelta(hours=6)


def calendar_file(dates: Iterable[CalendarDate], *, public_url: str, language: str) -> bytes:
    """The file in the language that is active, which `language` names to the reader."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", _("Behovstorget"))
    calendar.add("x-wr-calname", _("Behovstorget"))
    # How often a program should ask again: the standard's way, and the one most of them read.
    calendar.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for each in dates:
        calendar.add_component(_event(each, public_url, language))
    return bytes(calendar.to_ical())


def _event(each: CalendarDate, public_url: str, language: str) -> Event:
    said = {"LANGUAGE": language}
    event = Event()
    event.add("uid", f"{each.kind}-{each.row_id}@{urlsplit(public_url).hostname}")
    event.add("dtstamp", each.changed_at)
    event.add("last-modified", each.changed_at)
    event.add("sequence", each.sequence)
    event.add("dtstart", each.day)
    event.add("dtend", each.day + timedelta(days=1))
    event.add("summary", clean_line(mask_numbers(summary(each))), parameters=said)
    address = public_url + each.path
    event.add("description", _("Åpne i Behovstorget: %(address)s", address=address), said)
    event.add("url", address)
    event.add("transp", "TRANSPARENT")
    return event


def summary(each: CalendarDate) -> str:
    said = {"concept": each.concept, "need": each.need, "step": each.title}
    return str(get_dates_of(each.kind).summary) % said
