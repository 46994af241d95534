"""Units, for administrators."""

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.administration import NewUnitForm, UnitForm
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.organisations import ADMINISTRATORS, back_to_organisation
from marketplace.accounts.services import units
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import form_page

PAGE = "accounts/unit_form.html"


@blueprint.post(
    "/administration/organisations/<int:organisation_id>/units/new", endpoint="create_unit"
)
@blueprint.get("/administration/organisations/<int:organisation_id>/units/new")
@access(ADMINISTRATORS)
def new_unit(organisation_id: int) -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), NewUnitForm(data={"capacity": 1})
    organisation = queries.get_organisation(session, actor, organisation_id)
    return form_page(
        form,
        lambda: units.create_unit(
            session,
            actor,
            organisation=organisation,
            name=form.name.data or "",
            area=form.area.data,
            readiness=form.readiness(),
        ),
        template=PAGE,
        back=back_to_organisation(organisation),
        done=_("Enheten er opprettet."),
        organisation=organisation,
        unit=None,
    )


@blueprint.post("/administration/units/<int:unit_id>", endpoint="change_unit")
@blueprint.get("/administration/units/<int:unit_id>")
@access(ADMINISTRATORS)
def edit_unit(unit_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    unit = queries.get_unit(session, unit_id)
    form = UnitForm(obj=unit)
    return form_page(
        form,
        lambda: units.change_unit(
            session,
            actor,
            unit=unit,
            version=form.row_version,
            name=form.name.data or "",
            area=form.area.data,
            readiness=form.readiness(),
        ),
        template=PAGE,
        back=back_to_organisation(unit.organisation),
        done=_("Opplysningene om enheten er lagret."),
        organisation=unit.organisation,
        unit=unit,
    )
