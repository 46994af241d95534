"""An entrepreneur registers."""

from flask import flash, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from marketplace.accounts.forms.registration import RegistrationForm
from marketplace.accounts.models import Person
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.signing import arrive
from marketplace.accounts.services import organisations
from marketplace.accounts.sign_in import current_settings, network_address
from marketplace.ui.access import PUBLIC, access
from marketplace.ui.context import db_session


@blueprint.get("/register")
@access(PUBLIC)
def register() -> ResponseReturnValue:
    return render_template("accounts/register.html", form=RegistrationForm())


@blueprint.post("/register")
@access(PUBLIC)
def do_register() -> ResponseReturnValue:
    form, found = RegistrationForm(), list[Person]()
    if form.validate_on_submit() and form.attempt(
        lambda: found.append(
            organisations.register_organisation(
                db_session(),
                details=form.details(),
                person=form.person(str(get_locale() or "nb")),
                address=network_address(),
                secret_key=current_settings().secret_key,
            )
        )
    ):
        organisation_id = found[0].memberships[0].organisation_id
        target = url_for("accounts.show_organisation", organisation_id=organisation_id)
        answer = arrive(found[0], target=target)
        flash(_("Organisasjonen er registrert. Du får e-post når den er godkjent."))
        return answer
    return render_template("accounts/register.html", form=form), 422
