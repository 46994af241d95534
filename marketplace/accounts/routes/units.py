"""Units, for administrators."""

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.administration import NewUnitForm, UnitForm
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.organisations import ADMINISTRATORS, to_organisation
from marketplace.accounts.services import units
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session

PAGE = "accounts/unit_form.html"


@blueprint.get("/administration/organisations/<int:organisation_id>/units/new")
@access(ADMINISTRATORS)
def new_unit(organisation_id: int) -> ResponseReturnValue:
    organisation = queries.get_organisation(db_session(), current_actor(), organisation_id)
    form = NewUnitForm(data={"capacity": 1})
    return render_template(PAGE, form=form, organisation=organisation, unit=None)


@blueprint.post("/administration/organisations/<int:organisation_id>/units/new")
@access(ADMINISTRATORS)
def create_unit(organisation_id: int) -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), NewUnitForm()
    organisation = queries.get_organisation(session, actor, organisation_id)
    if form.validate_on_submit() and form.attempt(
        lambda: units.create_unit(
            session,
            actor,
            organisation=organisation,
            name=form.name.data or "",
            area=form.area.data,
            readiness=form.readiness(),
        )
    ):
        flash(_("Enheten er opprettet."))
        return to_organisation(organisation)
    return render_template(PAGE, form=form, organisation=organisation, unit=None), 422


@blueprint.get("/administration/units/<int:unit_id>")
@access(ADMINISTRATORS)
def edit_unit(unit_id: int) -> ResponseReturnValue:
    unit = queries.get_unit(db_session(), unit_id)
    form = UnitForm(obj=unit)
    return render_template(PAGE, form=form, organisation=unit.organisation, unit=unit)


@blueprint.post("/administration/units/<int:unit_id>")
@access(ADMINISTRATORS)
def change_unit(unit_id: int) -> ResponseReturnValue:
    session, form = db_session(), UnitForm()
    unit = queries.get_unit(session, unit_id)
    if form.validate_on_submit() and form.attempt(
        lambda: units.change_unit(
            session,
            current_actor(),
            unit=unit,
            version=form.row_version,
            name=form.name.data or "",
            area=form.area.data,
            readiness=form.readiness(),
        )
    ):
        flash(_("Opplysningene om enheten er lagret."))
        return to_organisation(unit.organisation)
    return render_template(PAGE, form=form, organisation=unit.organisation, unit=unit), 422
