"""Signing in and out."""

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.sign_in import ConfirmForm, SignInForm
from marketplace.accounts.models import Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.devices import known_device, remember_device
from marketplace.accounts.routes.kept import read_kept
from marketplace.accounts.routes.login_manager import (
    end_session,
    network_address,
    show_confirm,
    show_sign_in,
    start_session,
)
from marketplace.accounts.services import credentials
from marketplace.ui.access import PUBLIC, SIGNED_IN, access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.form_page import send
from marketplace.ui.marks import may_repeat
from marketplace.ui.safe_paths import safe_path


@blueprint.get("/sign-in")
@access(PUBLIC)
def sign_in() -> ResponseReturnValue:
    form = SignInForm(data={"next": safe_path(request.args.get("next")) or ""})
    return show_sign_in(form)


@blueprint.post("/sign-in")
@access(PUBLIC)
@may_repeat
def do_sign_in() -> ResponseReturnValue:
    form = SignInForm()
    return send(
        form,
        lambda: _checked(form.email.data or "", form.password.data or ""),
        to=lambda person: arrive(person, kept=form.kept.data, target=form.next.data),
    )


def _checked(email: str, password: str) -> Person:
    return credentials.check_credentials(
        db_session(),
        email=email,
        password=password,
        address=network_address(),
        secret_key=current_settings().secret_key,
        device=known_device(email),
    )


def arrive(person: Person, *, kept: str | None = None, target: str | None = None) -> Response:
    """Sign in and go to where the person was going, with what they had written."""
    was_signed_in = current_actor().signed_in
    start_session(person)
    form = read_kept(kept)
    if form and form.is_for(person.id):
        page = render_template("accounts/kept.html", kept=form, was_signed_in=was_signed_in)
        answer = make_response(page)
    else:
        if form:
            flash(_("En annen hadde skrevet noe her. Det er ikke sendt."))
        answer = make_response(redirect(safe_path(target) or url_for("home"), 303))
    remember_device(answer, person.email)
    return answer


@blueprint.get("/sign-in/confirm")
@access(SIGNED_IN)
def confirm() -> ResponseReturnValue:
    form = ConfirmForm(data={"next": safe_path(request.args.get("next")) or ""})
    return show_confirm(form)


@blueprint.post("/sign-in/confirm")
@access(SIGNED_IN)
@may_repeat
def do_confirm() -> ResponseReturnValue:
    """The password once more; the sign-in then begins anew, with another token."""
    form = ConfirmForm()
    person = queries.get_person(db_session(), current_actor().person_id or 0)
    return send(
        form,
        lambda: _checked(person.email, form.password.data or ""),
        to=lambda person: arrive(person, kept=form.kept.data, target=form.next.data),
    )


@blueprint.post("/sign-out")
@access(PUBLIC)
@may_repeat
def sign_out() -> ResponseReturnValue:
    """What browsers keep for us goes as well, in all tabs: `app.js` does so where this is slow."""
    end_session()
    answer = make_response(redirect(url_for("home"), 303))
    answer.headers["Clear-Site-Data"] = '"storage"'
    return answer
