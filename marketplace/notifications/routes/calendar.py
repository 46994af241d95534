"""Calendars: one's own under a secret address, and a file for each date."""

from flask import Response, make_response, request
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, get_locale

from marketplace.accounts.queries import actor_of
from marketplace.core.calendar import get_date, list_dates
from marketplace.notifications import queries
from marketplace.notifications.pages.calendar_file import calendar_file
from marketplace.notifications.routes.blueprint import blueprint
from marketplace.ui.access import PUBLIC, SIGNED_IN, access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.languages import LANGUAGES

KEPT_SECONDS = 15 * 60
"""So long a program may show what it has, before it asks whether there is something new."""

DEFAULT_LANGUAGE = "nb"


@blueprint.get("/calendar/<secret>.ics")
@access(PUBLIC)
def calendar(secret: str) -> ResponseReturnValue:
    """The secret is the key: a calendar program has no other way to say whose dates it wants."""
    session = db_session()
    person = queries.get_calendar_owner(session, secret)
    spoken = person.language if person.language in LANGUAGES else DEFAULT_LANGUAGE
    dates = list_dates(session, actor_of(person))
    with force_locale(spoken):
        content = calendar_file(dates, public_url=_public_url(), language=spoken)
    answer = _file(content, "behovstorget")
    answer.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.get("/calendar/dates/<kind_name>/<int:row_id>.ics")
@access(SIGNED_IN)
def one_date(kind_name: str, row_id: int) -> ResponseReturnValue:
    found = get_date(db_session(), current_actor(), kind_name, row_id)
    language = str(get_locale() or DEFAULT_LANGUAGE)
    content = calendar_file([found], public_url=_public_url(), language=language)
    return _file(content, f"behovstorget-{kind_name}-{row_id}")


def _file(content: bytes, name: str) -> Response:
    answer = make_response(content)
    answer.headers["Content-Type"] = "text/calendar; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


def _public_url() -> str:
    return current_settings().public_url
