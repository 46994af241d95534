"""An entrepreneur queries."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from marketplace.accounts.forms.registration import RegistrationForm
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.login_manager import network_address
from marketplace.accounts.services import registration
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import current_settings, db_session
from marketplace.ui.form_page import form_page


@blueprint.post("/register", endpoint="do_register")
@blueprint.get("/register")
@access(PUBLIC)
def register() -> ResponseReturnValue:
    form = RegistrationForm()
    return form_page(
        form,
        lambda: registration.ask_to_register(
            db_session(),
            details=form.details(),
            person=form.person(str(get_locale() or "nb")),
            address=network_address(),
            secret_key=current_settings().secret_key,
        ),
        template="accounts/register.html",
        to=url_for("accounts.registration_asked"),
    )


@blueprint.get("/register/sent")
@access(PUBLIC)
def registration_asked() -> ResponseReturnValue:
    """The same for everyone, whether the address has an account or not."""
    return render_template("accounts/registration_asked.html")
