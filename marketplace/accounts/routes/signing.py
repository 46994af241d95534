"""Signing in and out."""

from flask import g, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import refresh

from marketplace.accounts import queries
from marketplace.accounts.forms.signing import SignInForm
from marketplace.accounts.kept import read_kept
from marketplace.accounts.models import Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.safe_paths import safe_path
from marketplace.accounts.services import credentials, sessions
from marketplace.accounts.sign_in import (
    current_settings,
    end_session,
    forget_form_session,
    network_address,
    session_token,
    start_session,
)
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_actor, db_session


@blueprint.get("/sign-in")
@access(PUBLIC)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(data={"next": safe_path(request.args.get("next")) or ""})
    return _page(form)


@blueprint.post("/sign-in")
@access(PUBLIC)
def do_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    found: list[Person] = []
    if form.validate_on_submit() and form.attempt(
        lambda: found.append(
            credentials.check_credentials(
                db_session(),
                email=form.email.data or "",
                password=form.password.data or "",
                address=network_address(),
                secret_key=current_settings().secret_key,
            )
        )
    ):
        return arrive(found[0], kept=form.kept.data, target=form.next.data)
    return _page(form), 422


def _page(form: SignInForm) -> str:
    kept = read_kept(form.kept.data)
    return render_template("accounts/sign_in.html", form=form, kept=kept, lost=False)


def arrive(
    person: Person, *, kept: str | None = None, target: str | None = None
) -> ResponseReturnValue:
    """Sign in and go to where the person was going, with what they had written."""
    forget_form_session()
    form = read_kept(kept)
    if form is None:
        return start_session(redirect(safe_path(target) or url_for("home"), 303), person)
    g.actor, g.language = queries.actor_of(db_session(), person), person.language.value
    refresh()
    return start_session(make_response(render_template("accounts/kept.html", kept=form)), person)


@blueprint.post("/sign-out")
@access(PUBLIC)
def sign_out() -> ResponseReturnValue:
    if current_actor().signed_in:
        sessions.close_session(db_session(), current_actor(), token=session_token())
    forget_form_session()
    return end_session(redirect(url_for("home"), 303))
