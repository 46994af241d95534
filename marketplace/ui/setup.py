"""Puts the web kit into an application: languages, CSRF, headers, filters, errors, the gate."""

from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, get_flashed_messages, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from markupsafe import Markup
from werkzeug.routing import IntegerConverter, Map

from marketplace.config import Settings
from marketplace.core.actor import Actor
from marketplace.ui import languages, security
from marketplace.ui.access import guard_request
from marketplace.ui.context import current_actor
from marketplace.ui.errors import register_error_pages
from marketplace.ui.filtering import LARGEST_ROW_NUMBER
from marketplace.ui.filters import FILTERS
from marketplace.ui.fragments import same_for_all
from marketplace.ui.labels import label
from marketplace.ui.marks import new_mark
from marketplace.ui.navigation import MAIN, menu_for
from marketplace.ui.slots import slot
from marketplace.ui.target_group import in_words

SESSION_COOKIE = "session"
LARGEST_REQUEST = 2 * 1024 * 1024

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
    " img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)


class RowNumberConverter(IntegerConverter):
    """A number that a row can have: beyond what the database counts to there is no page."""

    def __init__(self, url_map: Map, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max", LARGEST_ROW_NUMBER)
        super().__init__(url_map, *args, **kwargs)


def install_ui(
    app: Flask,
    settings: Settings,
    *,
    load_actor: Callable[[], Actor],
    sign_in_page: Callable[[], ResponseReturnValue],
) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME=settings.cookie_name(SESSION_COOKIE),
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        BABEL_DEFAULT_LOCALE="nb",
        BABEL_TRANSLATION_DIRECTORIES="translations",
    )
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension("jinja2.ext.do")
    app.url_map.converters["int"] = RowNumberConverter
    languages.install(app)
    app.before_request(lambda: _identify(load_actor))
    app.before_request(lambda: guard_request(sign_in_page))
    # After the gate, so that a form sent when the session had ended is kept and not refused.
    CSRFProtect(app)
    app.after_request(_add_headers)
    security.install(app)
    app.jinja_env.filters.update(FILTERS, label=label, in_words=in_words)
    app.context_processor(lambda: _page_values(settings))
    register_error_pages(app)


def _identify(load_actor: Callable[[], Actor]) -> None:
    g.actor = load_actor()


def _page_values(settings: Settings) -> dict[str, object]:
    return {
        "actor": current_actor(),
        "form_mark": new_mark,
        "main_menu": _main_menu,
        "slot": slot,
        "page_language": str(get_locale() or "nb"),
        "languages": languages.LANGUAGES,
        "settings": settings,
        "flashes": lambda: get_flashed_messages(with_categories=True),
    }


def _main_menu(actor: Actor) -> Markup:
    """The same for all who see the same entries, on the same page."""
    entries = menu_for(MAIN, actor)
    endpoints = [entry.endpoint for entry in entries]
    here = request.endpoint if request.endpoint in endpoints else None
    return same_for_all(
        ("main menu", here, *endpoints),
        lambda: render_template("ui/main_menu.html", entries=entries, here=here),
    )


def _add_headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    headers.setdefault("X-Content-Type-Options", "nosniff")
    headers.setdefault("Referrer-Policy", "same-origin")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    if request.is_secure:
        headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
    if request.endpoint != "static":
        headers.setdefault("Cache-Control", "no-store")
        headers.setdefault("Vary", "Cookie")
    return response
