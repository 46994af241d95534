"""Forgotten passwords, and one-time links from a mail."""

from flask import Response, flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.sign_in import ForgottenPasswordForm, NewPasswordForm
from marketplace.accounts.models import OneTimeLink, Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.login_manager import network_address, sign_in_page
from marketplace.accounts.routes.sign_in import arrive
from marketplace.accounts.services import addresses, arrivals, links
from marketplace.accounts.states import LinkPurpose
from marketplace.core.errors import NotNow
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_actor, current_settings, db_session
from marketplace.ui.form_page import Way, form_page
from marketplace.ui.forms import BaseForm


@blueprint.post("/forgotten-password", endpoint="ask_for_reset")
@blueprint.get("/forgotten-password")
@access(PUBLIC)
def forgotten_password() -> ResponseReturnValue:
    form = ForgottenPasswordForm()
    return form_page(
        form,
        lambda: links.ask_for_reset(
            db_session(),
            email=form.email.data or "",
            address=network_address(),
            secret_key=current_settings().secret_key,
        ),
        template="accounts/forgotten_password.html",
        back=Way(url_for("accounts.sign_in"), _("Logg inn")),
        to=url_for("accounts.reset_asked"),
    )


@blueprint.get("/forgotten-password/sent")
@access(PUBLIC)
def reset_asked() -> ResponseReturnValue:
    """The same for everyone, whether there is such an account or not."""
    return render_template("accounts/reset_asked.html")


@blueprint.post("/link/<token>", endpoint="use_link")
@blueprint.get("/link/<token>")
@access(PUBLIC)
def follow_link(token: str) -> ResponseReturnValue:
    link = _open_link(token)
    if link is None:
        return render_template("accounts/link_used_up.html"), 410
    if link.purpose is LinkPurpose.ADDRESS:
        return _confirm_address(link, token)
    return _choose_password(link, token)


def _open_link(token: str) -> OneTimeLink | None:
    secret_key = current_settings().secret_key
    try:
        return queries.get_open_link(db_session(), token=token, secret_key=secret_key)
    except NotNow:
        return None


def _choose_password(link: OneTimeLink, token: str) -> ResponseReturnValue:
    session, form = db_session(), NewPasswordForm()
    return form_page(
        form,
        lambda: arrivals.use_link(
            session,
            token=token,
            password=form.password.data or "",
            secret_key=current_settings().secret_key,
        ),
        template="accounts/choose_password.html",
        to=lambda person: _arrive(person, _first_page(link)),
        link=link,
        registration=queries.find_registration(session, link.person),
        offers=queries.list_role_offers(session, link.person_id),
    )


def _arrive(person: Person, target: str | None) -> Response:
    answer = arrive(person, target=target)
    flash(_("Passordet er lagret, og du er logget inn."))
    return answer


def _first_page(link: OneTimeLink) -> str | None:
    """Whoever has registered an organisation sees it, and that it waits."""
    if link.purpose is not LinkPurpose.REGISTRATION:
        return None
    organisation_id = link.person.memberships[0].organisation_id
    return url_for("accounts.show_organisation", organisation_id=organisation_id)


def _confirm_address(link: OneTimeLink, token: str) -> ResponseReturnValue:
    """For the person alone: somebody else who got the mail by a slip of the pen gets nothing."""
    session, actor = db_session(), current_actor()
    if actor.person_id != link.person_id:
        return sign_in_page()
    return form_page(
        BaseForm(),
        lambda: addresses.confirm_address(
            session, actor, token=token, secret_key=current_settings().secret_key
        ),
        template="accounts/confirm_address.html",
        back=Way(url_for("accounts.profile"), _("Profilen din")),
        done=_("E-postadressen er byttet. Du logger inn med den nye."),
        link=link,
    )
