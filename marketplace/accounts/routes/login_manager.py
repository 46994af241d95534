"""Signing in, on Flask-Login: here is the seam between what is its and what is ours.

Flask-Login's: the token that the browser's signed cookie carries (`login_user`, `logout_user`), who
`current_user` is in a request, whether the sign-in is fresh, and what those get who are not signed
in (`unauthorized`) or not freshly (`needs_refresh`).

Ours: what a token stands for. It is a row of `web_session`, which ends when it is not used, when it
is old, and when somebody ends it; from it comes the actor, which the gate over every endpoint
(`ui/access`) and all services go by. How often somebody may try is in `services/attempts`.
"""

from contextlib import nullcontext
from datetime import timedelta
from ipaddress import ip_network
from typing import TypedDict, cast

from flask import g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import (
    AnonymousUserMixin,
    LoginManager,
    UserMixin,
    current_user,
    login_user,
    logout_user,
)

from marketplace.accounts import queries
from marketplace.accounts.forms.sign_in import ConfirmForm, SignInForm
from marketplace.accounts.models import Person, WebSession
from marketplace.accounts.routes.devices import device_name
from marketplace.accounts.routes.kept import has_password, keep_request, read_kept
from marketplace.accounts.services.sessions import (
    close_session,
    is_seen_long_ago,
    note_seen,
    open_session,
)
from marketplace.core.actor import ANONYMOUS, Actor
from marketplace.core.clock import now
from marketplace.core.engine import Database
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.form_page import Way
from marketplace.ui.safe_paths import path_of_request

FRESH_FOR = timedelta(minutes=15)
"""So long after a password was given it need not be given again for what is worth most."""

login_manager = LoginManager()


class SignedIn(UserMixin):
    """A sign-in on one browser. Its id is the token, so that each can be ended by itself."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.token = token
        self.actor = actor

    def get_id(self) -> str:
        return self.token


class Stranger(AnonymousUserMixin):
    actor = ANONYMOUS


login_manager.anonymous_user = Stranger


# ---------------------------------------------------------------- who is asking


class SessionLimits(TypedDict):
    idle: timedelta
    absolute: timedelta


def session_limits() -> SessionLimits:
    settings = current_settings()
    return {"idle": settings.session_idle, "absolute": settings.session_absolute}


def network_address() -> str:
    """Where the request comes from; with IPv6 the network of a household, not one of its many."""
    address = request.remote_addr or ""
    if ":" not in address:
        return address
    return str(ip_network(f"{address.partition('%')[0]}/64", strict=False))


def session_token() -> str:
    return current_user.get_id() or ""


def load_actor() -> Actor:
    """Who is asking; files of the interface are the same for all."""
    return ANONYMOUS if request.endpoint == "static" else cast(Actor, current_user.actor)


@login_manager.user_loader
def load_signed_in(token: str) -> SignedIn | None:
    """For a POST in a session of its own, so that it does not wait while locked."""
    database: Database = g.database
    with database.reading() if g.writes else nullcontext(db_session()) as own:
        found = queries.get_live_session(own, token, **session_limits())
        if found is None:
            return None
        actor = queries.actor_of(found.person)
        g.language = found.person.language.value
    _note_age(found)
    _note_seen(database, found)
    return SignedIn(token, actor)


def _note_age(found: WebSession) -> None:
    """Flask-Login tells a sign-in that has moved to another browser; ours ages, by the row."""
    if session.get("_fresh") and now() - found.created_at >= FRESH_FOR:
        session["_fresh"] = False


def _note_seen(database: Database, web_session: WebSession) -> None:
    if is_seen_long_ago(web_session, now()):
        with database.writing() as own:
            note_seen(own, web_session.id)
            own.commit()


# ---------------------------------------------------------------- instead of the page asked for


@login_manager.unauthorized_handler
def sign_in_page() -> ResponseReturnValue:
    """For someone who is not signed in. What they have sent is kept until they are."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.sign_in", next=path_of_request()))
    kept = keep_request(_writer_id())
    form = SignInForm(formdata=None, data={"kept": kept})
    return show_sign_in(form, lost=not kept), 401


def show_sign_in(form: SignInForm, *, lost: bool = False) -> str:
    kept = read_kept(form.kept.data)
    return render_template("accounts/sign_in.html", form=form, kept=kept, lost=lost)


def _writer_id() -> int | None:
    """Whose browser this was until now: the cookie tells also of a sign-in that has ended."""
    return queries.find_signed_in(db_session(), session.get("_user_id", ""))


@login_manager.needs_refresh_handler
def confirm_page() -> ResponseReturnValue:
    """For someone whose password was given a while ago. Passwords are not kept, but asked anew."""
    if request.method in {"GET", "HEAD"}:
        return redirect(url_for("accounts.confirm", next=path_of_request()))
    kept = None if has_password() else keep_request(_writer_id())
    target = path_of_request() if has_password() else ""
    form = ConfirmForm(formdata=None, data={"kept": kept, "next": target})
    return show_confirm(form, lost=not kept), 401


def show_confirm(form: ConfirmForm, *, lost: bool = False) -> str:
    kept, back = read_kept(form.kept.data), Way(url_for("home"), _("Til forsiden"))
    return render_template("accounts/confirm.html", form=form, back=back, kept=kept, lost=lost)


# ---------------------------------------------------------------- in and out


def start_session(person: Person) -> None:
    """Sign `person` in on this browser, with a token that nobody has seen before."""
    end_session()
    token = open_session(db_session(), person, device=device_name())
    user = SignedIn(token, queries.actor_of(person))
    login_user(user)
    g.actor, g.language = user.actor, person.language.value
    refresh()


def end_session() -> None:
    """The token opens nothing from now on. The CSRF token, too, belonged to the person before."""
    if current_actor().signed_in:
        close_session(db_session(), current_actor(), token=session_token())
    logout_user()
    session.clear()
    g.pop("csrf_token", None)
