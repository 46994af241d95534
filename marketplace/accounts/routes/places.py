"""The pages of an organisation and of a unit, and the readiness card that its leader keeps."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import policies, queries, registers
from marketplace.accounts.forms.administration import ReadinessForm
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.services import units
from marketplace.core.errors import NotFound
from marketplace.ui.access import PUBLIC, SIGNED_IN, access
from marketplace.ui.context import current_actor, db_session


@blueprint.get("/organisations/<int:organisation_id>")
@access(PUBLIC)
def show_organisation(organisation_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    organisation = queries.get_organisation(session, actor, organisation_id)
    return render_template(
        "accounts/organisation.html",
        organisation=organisation,
        units=registers.list_units(session, organisation_id),
        is_approved=policies.organisation_is_approved(organisation),
        may_administer=policies.can_administer(actor),
    )


@blueprint.get("/units/<int:unit_id>")
@access(PUBLIC)
def show_unit(unit_id: int) -> ResponseReturnValue:
    actor = current_actor()
    unit = queries.get_unit(db_session(), unit_id)
    return render_template(
        "accounts/unit.html",
        unit=unit,
        shows_contact=policies.can_see_contact(actor),
        may_edit=policies.can_edit_readiness(actor, unit),
    )


@blueprint.get("/units/<int:unit_id>/readiness")
@access(SIGNED_IN)
def edit_readiness(unit_id: int) -> ResponseReturnValue:
    unit = queries.get_unit(db_session(), unit_id)
    if not policies.can_edit_readiness(current_actor(), unit):
        raise NotFound
    return render_template("accounts/readiness.html", form=ReadinessForm(obj=unit), unit=unit)


@blueprint.post("/units/<int:unit_id>/readiness")
@access(SIGNED_IN)
def change_readiness(unit_id: int) -> ResponseReturnValue:
    session, form = db_session(), ReadinessForm()
    unit = queries.get_unit(session, unit_id)
    if form.validate_on_submit() and form.attempt(
        lambda: units.change_readiness(
            session,
            current_actor(),
            unit=unit,
            version=form.row_version,
            readiness=form.readiness(),
        )
    ):
        flash(_("Opplysningene om enheten er lagret."))
        return redirect(url_for("accounts.show_unit", unit_id=unit_id), 303)
    return render_template("accounts/readiness.html", form=form, unit=unit), 422
