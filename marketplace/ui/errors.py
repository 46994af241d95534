"""Error pages: plain words, what to do next, and an id that is also in the log."""

import logging

from flask import Flask, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from marketplace.core.db import broken_rule
from marketplace.core.engine import is_lost, may_pass
from marketplace.core.errors import NotAllowed, NotFound, Refused, Stale
from marketplace.ui.context import db_session, request_id
from marketplace.ui.labels import missing_points, refusal_text
from marketplace.ui.once import MarkMissing
from marketplace.ui.security import note_refusal
from marketplace.ui.sent import came_from, sent_fields, written_texts

log = logging.getLogger(__name__)

SECONDS_TO_WAIT = 10


def error_page(
    status: int,
    title: str,
    text: str,
    points: list[str] | None = None,
    cause: Exception | None = None,
    reason: str = "",
) -> tuple[str, int]:
    """With a cause or a reason, which only the log tells, the page asks the database nothing."""
    error_id = request_id()
    level = logging.ERROR if status >= 500 else logging.INFO
    what = (error_id, status, request.method, request.endpoint, reason)
    log.log(level, "error %s: %s %s %s %s", *what, exc_info=cause)
    template = "ui/crash.html" if cause or reason else "ui/error.html"
    page = render_template(
        template,
        title=title,
        text=text,
        points=points or [],
        written=written_texts(),
        error_id=error_id,
    )
    return page, status


def _back_with(told: str) -> ResponseReturnValue | None:
    """A button that is refused: its page says why, where it is known and nothing was typed."""
    page = came_from()
    if page is None or any(name != "version" for name, _value in sent_fields()):
        return None
    flash(told, "warning")
    return redirect(page, 303)


def on_refused(error: Refused) -> ResponseReturnValue:
    db_session().rollback()
    note_refusal(error)
    if not isinstance(error, NotAllowed):
        points = ". ".join(missing_points(error))
        if back := _back_with(f"{refusal_text(error)} {points}".strip()):
            return back
    status = 403 if isinstance(error, NotAllowed) else 409
    title = _("Du kan ikke gjøre dette") if status == 403 else _("Det går ikke nå")
    return error_page(status, title, refusal_text(error), missing_points(error))


def on_not_found(_error: Exception) -> tuple[str, int]:
    text = _(
        "Siden finnes ikke, eller den er ikke åpen for deg. Sjekk adressen, eller gå til forsiden."
    )
    return error_page(404, _("Vi finner ikke siden"), text)


def on_stale(_error: Exception) -> ResponseReturnValue:
    db_session().rollback()
    told = _("Noen andre endret dette mens du hadde siden åpen. Se hva som er nytt.")
    if back := _back_with(told):
        return back
    text = _(
        "Noen andre endret dette mens du hadde siden åpen. Gå tilbake, last siden på nytt og se hva"
        " som er nytt før du prøver igjen."
    )
    return error_page(409, _("Noen kom deg i forkjøpet"), text)


def on_broken_rule(error: IntegrityError) -> tuple[str, int]:
    db_session().rollback()
    log.warning("error %s: broke %s", request_id(), broken_rule(error))
    text = _(
        "Det du sendte, går ikke sammen med det som er lagret. Kanskje har noen andre lagret først."
        " Gå tilbake, last siden på nytt og prøv igjen. Gjentar det seg, oppgi feilkoden til oss."
    )
    return error_page(409, _("Det går ikke nå"), text)


def on_outdated(_error: Exception) -> tuple[str, int]:
    text = _("Siden har stått åpen for lenge. Gå tilbake, last den på nytt og send en gang til.")
    return error_page(400, _("Siden må lastes på nytt"), text)


def on_http_error(error: HTTPException) -> tuple[str, int]:
    status = error.code or 500
    texts = {
        400: _("Vi forsto ikke det som ble sendt. Gå tilbake og prøv igjen."),
        405: _("Siden kan ikke brukes på den måten. Gå tilbake og prøv igjen."),
        413: _("Det du sendte, er for stort. Send mindre om gangen."),
        429: _("Du har prøvd for mange ganger. Vent litt, og prøv igjen."),
    }
    return error_page(status, _("Noe gikk galt"), texts.get(status, _("Prøv igjen om litt.")))


def on_database_error(error: DBAPIError | NoConnectionLeft) -> ResponseReturnValue:
    """What may go well a little later is no fault of ours to look for; all else is."""
    if not may_pass(error):
        raise error
    db_session().rollback()
    text = _("Databasen svarte ikke i tide. Vent litt, og last siden på nytt.")
    if request.method == "POST":
        text = _(
            "Databasen svarte ikke i tide. Det du sendte, er ikke lagret. Vent litt, og send det på"
            " nytt."
        )
        if is_lost(error):
            text = _(
                "Vi mistet kontakten med databasen. Gå tilbake og se om det du sendte, er lagret,"
                " før du sender det på nytt."
            )
    text += " " + _("Gjentar det seg, oppgi feilkoden til dem som drifter Behovstorget.")
    kind = type(getattr(error, "orig", None) or error).__name__
    page = error_page(503, _("Behovstorget er opptatt akkurat nå"), text, reason=kind)
    return *page, {"Retry-After": str(SECONDS_TO_WAIT)}


def on_crash(error: Exception) -> tuple[str, int]:
    db_session().rollback()
    return error_page(
        500,
        _("Noe gikk galt hos oss"),
        _("Feilen er lagret. Prøv igjen om litt. Gjentar det seg, oppgi feilkoden til oss."),
        cause=getattr(error, "original_exception", None) or error,
    )


def register_error_pages(app: Flask) -> None:
    app.register_error_handler(Refused, on_refused)
    app.register_error_handler(NotFound, on_not_found)
    app.register_error_handler(404, on_not_found)
    app.register_error_handler(Stale, on_stale)
    app.register_error_handler(StaleDataError, on_stale)
    app.register_error_handler(IntegrityError, on_broken_rule)
    app.register_error_handler(DBAPIError, on_database_error)
    app.register_error_handler(NoConnectionLeft, on_database_error)
    app.register_error_handler(CSRFError, on_outdated)
    app.register_error_handler(MarkMissing, on_outdated)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(500, on_crash)
