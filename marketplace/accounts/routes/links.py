"""Forgotten passwords, and one-time links from a mail."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.signing import ForgottenPasswordForm, NewPasswordForm
from marketplace.accounts.models import OneTimeLink, Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.sign_in import network_address, sign_in_page
from marketplace.accounts.routes.signing import arrive
from marketplace.accounts.services import addresses, arrivals, links
from marketplace.accounts.states import LinkPurpose
from marketplace.core.errors import NotNow
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.forms import BaseForm


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
    link = _open_link(token)
    if link is None:
        return _used_up()
    if link.purpose is LinkPurpose.ADDRESS:
        return _address_page(link, token, BaseForm())
    return _password_page(link, token, NewPasswordForm())


@blueprint.post("/link/<token>")
@access(PUBLIC)
def use_link(token: str) -> ResponseReturnValue:
    link = _open_link(token)
    if link is None:
        return _used_up()
    if link.purpose is LinkPurpose.ADDRESS:
        return _confirm_address(link, token)
    form, found = NewPasswordForm(), list[Person]()
    if form.validate_on_submit() and form.attempt(
        lambda: found.append(
            arrivals.use_link(
                db_session(),
                token=token,
                password=form.password.data or "",
                secret_key=current_settings().secret_key,
            )
        )
    ):
        answer = arrive(found[0], target=_first_page(link))
        flash(_("Passordet er lagret, og du er logget inn."))
        return answer
    return _password_page(link, token, form), 422


def _open_link(token: str) -> OneTimeLink | None:
    secret_key = current_settings().secret_key
    try:
        return queries.get_open_link(db_session(), token=token, secret_key=secret_key)
    except NotNow:
        return None


def _password_page(link: OneTimeLink, token: str, form: NewPasswordForm) -> str:
    session = db_session()
    return render_template(
        "accounts/choose_password.html",
        form=form,
        link=link,
        token=token,
        registration=queries.find_registration(session, link.person),
        offers=queries.list_role_offers(session, link.person_id),
    )


def _first_page(link: OneTimeLink) -> str | None:
    """Whoever has registered an organisation sees it, and that it waits."""
    if link.purpose is not LinkPurpose.REGISTRATION:
        return None
    organisation_id = link.person.memberships[0].organisation_id
    return url_for("accounts.show_organisation", organisation_id=organisation_id)


def _address_page(link: OneTimeLink, token: str, form: BaseForm) -> ResponseReturnValue:
    """For the person alone: somebody else who got the mail by a slip of the pen gets nothing."""
    if current_actor().person_id != link.person_id:
        return sign_in_page()
    return render_template("accounts/confirm_address.html", form=form, link=link, token=token)


def _confirm_address(link: OneTimeLink, token: str) -> ResponseReturnValue:
    form = BaseForm()
    if current_actor().person_id == link.person_id and form.validate_on_submit():
        addresses.confirm_address(
            db_session(),
            current_actor(),
            token=token,
            secret_key=current_settings().secret_key,
        )
        flash(_("E-postadressen er byttet. Du logger inn med den nye."))
        return redirect(url_for("accounts.profile"), 303)
    return _address_page(link, token, form)


def _used_up() -> ResponseReturnValue:
    return render_template("accounts/link_used_up.html"), 410
