"""The HTTP side of signing in: from the browser's cookie to the person who acts."""

from datetime import timedelta
from ipaddress import ip_network
from typing import TypedDict, TypeVar, cast

from flask import (
    current_app,
    g,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from marketplace.accounts import queries
from marketplace.accounts.forms.signing import SignInForm
from marketplace.accounts.kept import keep_request
from marketplace.accounts.models import Person, WebSession
from marketplace.accounts.safe_paths import path_of_request
from marketplace.accounts.services.sessions import is_seen_long_ago, note_seen, open_session
from marketplace.config import Settings
from marketplace.core.actor import ANONYMOUS, Actor
from marketplace.core.clock import now
from marketplace.core.engine import Database
from marketplace.ui.context import db_session

__all__ = ["SESSION_COOKIE", "load_actor", "open_session", "sign_in_page"]

SESSION_COOKIE = "session"


class SessionLimits(TypedDict):
    idle: timedelta
    absolute: timedelta


def current_settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def session_limits() -> SessionLimits:
    settings = current_settings()
    return {"idle": settings.session_idle, "absolute": settings.session_absolute}


def cookie_name() -> str:
    """With https the browser itself holds the cookie to this host alone."""
    return f"__Host-{SESSION_COOKIE}" if current_settings().secure_cookies else SESSION_COOKIE


def network_address() -> str:
    """Where the request comes from; with IPv6 the network of a household, not one of its many."""
    address = request.remote_addr or ""
    if ":" not in address:
        return address
    return str(ip_network(f"{address.partition('%')[0]}/64", strict=False))


def session_token() -> str:
    return request.cookies.get(cookie_name(), "")


def load_actor() -> Actor:
    """Who is asking. Reads in a session of its own, so that a POST does not wait while locked."""
    token = session_token()
    if not token or request.endpoint == "static":
        return ANONYMOUS
    database: Database = g.database
    with database.reading() as own:
        found = queries.get_live_session(own, token, **session_limits())
        if found is None:
            return ANONYMOUS
        actor = queries.actor_of(own, found.person)
        g.language = found.person.language.value
    _note_seen(database, found)
    return actor


def _note_seen(database: Database, web_session: WebSession) -> None:
    if is_seen_long_ago(web_session, now()):
        with database.writing() as own:
            note_seen(own, web_session.id)
            own.commit()


def sign_in_page() -> ResponseReturnValue:
    """What someone who is not signed in gets instead of the page they asked for."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=path_of_request()))
    kept = keep_request()
    form = SignInForm(formdata=None, data={"kept": kept})
    return render_template("accounts/sign_in.html", form=form, kept=kept, lost=not kept), 401


AnyResponse = TypeVar("AnyResponse", bound=Response)


def start_session(response: AnyResponse, person: Person) -> AnyResponse:
    """Sign `person` in on this browser, with a token that nobody has seen before."""
    token = open_session(db_session(), person, device=device_name())
    response.set_cookie(
        cookie_name(),
        token,
        httponly=True,
        samesite="Lax",
        secure=current_settings().secure_cookies,
        path="/",
    )
    return response


def end_session(response: AnyResponse) -> AnyResponse:
    response.delete_cookie(
        cookie_name(), httponly=True, samesite="Lax", secure=current_settings().secure_cookies
    )
    return response


def forget_form_session() -> None:
    """What belonged to the person before, the CSRF token included, ends here."""
    session.clear()
    g.pop("csrf_token", None)


SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip
BROWSERS = (
    ("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip


def device_name() -> str:
    """The browser and system in two words, so that a person knows their own devices."""
    agent = request.user_agent.string
    browser = next((name for mark, name in BROWSERS if mark in agent), "")
    system = next((name for mark, name in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (browser, system) if part)
