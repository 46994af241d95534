"""Forgotten passwords, and one-time links from a mail."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.signing import ForgottenPasswordForm, NewPasswordForm
from marketplace.accounts.models import Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.signing import arrive
from marketplace.accounts.services import links
from marketplace.accounts.sign_in import current_settings, network_address
from marketplace.core.errors import NotNow
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import db_session


@blueprint.get("/forgotten-password")
@access(PUBLIC)
def forgotten_password() -> ResponseReturnValue:
    return render_template("accounts/forgotten_password.html", form=ForgottenPasswordForm())


@blueprint.post("/forgotten-password")
@access(PUBLIC)
def ask_for_reset() -> ResponseReturnValue:
    form = ForgottenPasswordForm()
    if form.validate_on_submit() and form.attempt(
        lambda: links.ask_for_reset(
            db_session(),
            email=form.email.data or "",
            address=network_address(),
            secret_key=current_settings().secret_key,
        )
    ):
        return redirect(url_for("accounts.reset_asked"), 303)
    return render_template("accounts/forgotten_password.html", form=form), 422


@blueprint.get("/forgotten-password/sent")
@access(PUBLIC)
def reset_asked() -> ResponseReturnValue:
    """The same for everyone, whether there is such an account or not."""
    return render_template("accounts/reset_asked.html")


@blueprint.get("/link/<token>")
@access(PUBLIC)
def follow_link(token: str) -> ResponseReturnValue:
    secret_key = current_settings().secret_key
    try:
        link = queries.get_open_link(db_session(), token=token, secret_key=secret_key)
    except NotNow:
        return _used_up()
    form = NewPasswordForm()
    return render_template("accounts/choose_password.html", form=form, link=link, token=token)


@blueprint.post("/link/<token>")
@access(PUBLIC)
def use_link(token: str) -> ResponseReturnValue:
    session, secret_key = db_session(), current_settings().secret_key
    try:
        link = queries.get_open_link(session, token=token, secret_key=secret_key)
    except NotNow:
        return _used_up()
    form, found = NewPasswordForm(), list[Person]()
    if form.validate_on_submit() and form.attempt(
        lambda: found.append(
            links.use_link(
                session, token=token, password=form.password.data or "", secret_key=secret_key
            )
        )
    ):
        answer = arrive(found[0])
        flash(_("Passordet er lagret, og du er logget inn."))
        return answer
    page = render_template("accounts/choose_password.html", form=form, link=link, token=token)
    return page, 422


def _used_up() -> ResponseReturnValue:
    return render_template("accounts/link_used_up.html"), 410
