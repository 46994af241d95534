"""The pages of an organisation and of a unit, and what their own people write on them."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import policies, queries
from marketplace.accounts.awaited import is_approved
from marketplace.accounts.forms.administration import ReadinessForm
from marketplace.accounts.forms.presentation import PresentationForm
from marketplace.accounts.models import Organisation
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.services import organisations, units
from marketplace.accounts.trust import can_see_contact
from marketplace.core.actor import Role
from marketplace.core.errors import NotFound
from marketplace.ui.access import PUBLIC, SIGNED_IN, access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.form_page import Way, form_page


@blueprint.get("/organisations/<int:organisation_id>")
@access(PUBLIC)
def show_organisation(organisation_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    organisation = queries.get_organisation(session, actor, organisation_id)
    return render_template(
        "accounts/organisation.html",
        organisation=organisation,
        units=queries.list_units(session, organisation_id),
        is_approved=is_approved(organisation),
        may_administer=policies.can_administer(actor),
        may_present=policies.can_present(actor, organisation),
    )


@blueprint.post("/organisations/<int:organisation_id>/presentation", endpoint="change_presentation")
@blueprint.get("/organisations/<int:organisation_id>/presentation")
@access(roles(Role.ENTREPRENEUR))
def edit_presentation(organisation_id: int) -> ResponseReturnValue:
    session, actor, organisation = db_session(), current_actor(), _own_organisation(organisation_id)
    form = PresentationForm(obj=organisation)
    return form_page(
        form,
        lambda: organisations.change_presentation(
            session,
            actor,
            organisation=organisation,
            version=form.row_version,
            legal_form=form.legal_form.data or None,
            about=form.about.data or "",
        ),
        template="accounts/presentation.html",
        back=Way(
            url_for("accounts.show_organisation", organisation_id=organisation_id),
            organisation.name,
        ),
        done=_("Presentasjonen er lagret."),
        organisation=organisation,
    )


def _own_organisation(organisation_id: int) -> Organisation:
    organisation = queries.get_organisation(db_session(), current_actor(), organisation_id)
    if not policies.can_present(current_actor(), organisation):
        raise NotFound
    return organisation


@blueprint.get("/units/<int:unit_id>")
@access(PUBLIC)
def show_unit(unit_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    unit = queries.get_unit(session, unit_id)
    return render_template(
        "accounts/unit.html",
        unit=unit,
        shows_contact=can_see_contact(session, actor, unit),
        may_edit=policies.can_edit_readiness(actor, unit),
    )


@blueprint.post("/units/<int:unit_id>/readiness", endpoint="change_readiness")
@blueprint.get("/units/<int:unit_id>/readiness")
@access(SIGNED_IN)
def edit_readiness(unit_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    unit = queries.get_unit(session, unit_id)
    if not policies.can_edit_readiness(actor, unit):
        raise NotFound
    form = ReadinessForm(obj=unit)
    return form_page(
        form,
        lambda: units.change_readiness(
            session, actor, unit=unit, version=form.row_version, readiness=form.readiness()
        ),
        template="accounts/readiness.html",
        back=Way(url_for("accounts.show_unit", unit_id=unit_id), unit.name),
        done=_("Opplysningene om enheten er lagret."),
        unit=unit,
    )
