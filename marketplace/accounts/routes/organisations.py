"""Organisations and units, for administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.administration import (
    NewOrganisationForm,
    OrganisationForm,
    RejectionForm,
)
from marketplace.accounts.models import Organisation
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.services import organisations
from marketplace.accounts.states import (
    ORGANISATION_LIFECYCLE,
    AccountEvent,
    OrganisationKind,
    OrganisationMove,
    OrganisationState,
)
from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import chosen, page_number, searched_words
from marketplace.ui.form_page import Way, form_page, send
from marketplace.ui.forms import VersionedForm
from marketplace.ui.timeline import timeline_rows

ADMINISTRATORS = roles(Role.ADMINISTRATOR)


@blueprint.get("/administration/organisations")
@access(ADMINISTRATORS)
def list_organisations() -> ResponseReturnValue:
    kind = chosen(OrganisationKind, request.args.get("kind"))
    state = chosen(OrganisationState, request.args.get("state"))
    words = searched_words()
    page = queries.list_organisations(
        db_session(), words=words, kind=kind, state=state, page=page_number()
    )
    return render_template(
        "accounts/organisations.html",
        page=page,
        words=words,
        kind=kind,
        state=state,
        kinds=OrganisationKind,
        states=OrganisationState,
        parameters={"q": words, "kind": kind, "state": state},
    )


@blueprint.post("/administration/organisations/new", endpoint="create_organisation")
@blueprint.get("/administration/organisations/new")
@access(ADMINISTRATORS)
def new_organisation() -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), NewOrganisationForm()
    return form_page(
        form,
        lambda: organisations.create_organisation(
            session, actor, kind=form.kind.data, details=form.details()
        ),
        template="accounts/organisation_form.html",
        back=Way(url_for("accounts.list_organisations"), _("Organisasjoner")),
        done=_("Organisasjonen er opprettet."),
        to=lambda made: back_to_organisation(made).url,
        organisation=None,
    )


@blueprint.get("/administration/organisations/<int:organisation_id>")
@access(ADMINISTRATORS)
def administer_organisation(organisation_id: int) -> ResponseReturnValue:
    session, organisation = db_session(), _load(organisation_id)
    state = organisation.state
    return render_template(
        "accounts/administer_organisation.html",
        organisation=organisation,
        units=queries.list_units(session, organisation.id),
        form=RejectionForm(data={"version": organisation.version}),
        may_approve=ORGANISATION_LIFECYCLE.allows(state, OrganisationMove.APPROVE),
        may_reject=ORGANISATION_LIFECYCLE.allows(state, OrganisationMove.REJECT),
        has_units=organisation.kind is OrganisationKind.MUNICIPALITY,
        history=timeline_rows(events_of(session, [organisation]), AccountEvent),
    )


@blueprint.post("/administration/organisations/<int:organisation_id>/approve")
@access(ADMINISTRATORS)
def approve_organisation(organisation_id: int) -> ResponseReturnValue:
    organisation, version = _load(organisation_id), VersionedForm().row_version
    organisations.approve_organisation(
        db_session(), current_actor(), organisation=organisation, version=version
    )
    flash(_("Organisasjonen er godkjent. De som registrerte den, får vite det."))
    return redirect(back_to_organisation(organisation).url)


@blueprint.post("/administration/organisations/<int:organisation_id>/reject")
@access(ADMINISTRATORS)
def reject_organisation(organisation_id: int) -> ResponseReturnValue:
    session, actor, organisation = db_session(), current_actor(), _load(organisation_id)
    form, page = RejectionForm(), back_to_organisation(organisation).url
    return send(
        form,
        lambda: organisations.reject_organisation(
            session,
            actor,
            organisation=organisation,
            version=form.row_version,
            reason=form.reason.data or "",
        ),
        page=page,
        done=_("Organisasjonen er ikke godkjent. De som registrerte den, får vite hvorfor."),
        to=page,
    )


@blueprint.post(
    "/administration/organisations/<int:organisation_id>/edit", endpoint="change_organisation"
)
@blueprint.get("/administration/organisations/<int:organisation_id>/edit")
@access(ADMINISTRATORS)
def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    session, actor, organisation = db_session(), current_actor(), _load(organisation_id)
    form = OrganisationForm(obj=organisation)
    return form_page(
        form,
        lambda: organisations.change_organisation(
            session,
            actor,
            organisation=organisation,
            version=form.row_version,
            details=form.details(),
        ),
        template="accounts/organisation_form.html",
        back=back_to_organisation(organisation),
        done=_("Opplysningene om organisasjonen er lagret."),
        organisation=organisation,
    )


def _load(organisation_id: int) -> Organisation:
    return queries.get_organisation(db_session(), current_actor(), organisation_id)


def back_to_organisation(organisation: Organisation) -> Way:
    page = url_for("accounts.administer_organisation", organisation_id=organisation.id)
    return Way(page, organisation.name)
