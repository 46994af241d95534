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


@blueprint.get("/administration/organisations/new")
@access(ADMINISTRATORS)
def new_organisation() -> ResponseReturnValue:
    return render_template("accounts/organisation_form.html", form=NewOrganisationForm())


@blueprint.post("/administration/organisations/new")
@access(ADMINISTRATORS)
def create_organisation() -> ResponseReturnValue:
    form, made = NewOrganisationForm(), list[Organisation]()
    if form.validate_on_submit() and form.attempt(
        lambda: made.append(
            organisations.create_organisation(
                db_session(), current_actor(), kind=form.kind.data, details=form.details()
            )
        )
    ):
        flash(_("Organisasjonen er opprettet."))
        return to_organisation(made[0])
    return render_template("accounts/organisation_form.html", form=form), 422


@blueprint.get("/administration/organisations/<int:organisation_id>")
@access(ADMINISTRATORS)
def administer_organisation(organisation_id: int) -> ResponseReturnValue:
    organisation = queries.get_organisation(db_session(), current_actor(), organisation_id)
    return _page(organisation, RejectionForm(data={"version": organisation.version}))


def _page(organisation: Organisation, rejection: RejectionForm) -> str:
    session, state = db_session(), organisation.state
    return render_template(
        "accounts/administer_organisation.html",
        organisation=organisation,
        units=queries.list_units(session, organisation.id),
        form=rejection,
        may_approve=ORGANISATION_LIFECYCLE.allows(state, OrganisationMove.APPROVE),
        may_reject=ORGANISATION_LIFECYCLE.allows(state, OrganisationMove.REJECT),
        has_units=organisation.kind is OrganisationKind.MUNICIPALITY,
        history=timeline_rows(events_of(session, [organisation]), AccountEvent),
    )


@blueprint.post("/administration/organisations/<int:organisation_id>/approve")
@access(ADMINISTRATORS)
def approve_organisation(organisation_id: int) -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), VersionedForm()
    organisation = queries.get_organisation(session, actor, organisation_id)
    if form.validate_on_submit():
        organisations.approve_organisation(
            session, actor, organisation=organisation, version=form.row_version
        )
        flash(_("Organisasjonen er godkjent. De som registrerte den, får vite det."))
    return to_organisation(organisation)


@blueprint.post("/administration/organisations/<int:organisation_id>/reject")
@access(ADMINISTRATORS)
def reject_organisation(organisation_id: int) -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), RejectionForm()
    organisation = queries.get_organisation(session, actor, organisation_id)
    if form.validate_on_submit() and form.attempt(
        lambda: organisations.reject_organisation(
            session,
            actor,
            organisation=organisation,
            version=form.row_version,
            reason=form.reason.data or "",
        )
    ):
        flash(_("Organisasjonen er ikke godkjent. De som registrerte den, får vite hvorfor."))
        return to_organisation(organisation)
    return _page(organisation, form), 422


@blueprint.get("/administration/organisations/<int:organisation_id>/edit")
@access(ADMINISTRATORS)
def edit_organisation(organisation_id: int) -> ResponseReturnValue:
    organisation = queries.get_organisation(db_session(), current_actor(), organisation_id)
    form = OrganisationForm(obj=organisation)
    page = "accounts/organisation_form.html"
    return render_template(page, form=form, organisation=organisation)


@blueprint.post("/administration/organisations/<int:organisation_id>/edit")
@access(ADMINISTRATORS)
def change_organisation(organisation_id: int) -> ResponseReturnValue:
    session, actor, form = db_session(), current_actor(), OrganisationForm()
    organisation = queries.get_organisation(session, actor, organisation_id)
    if form.validate_on_submit() and form.attempt(
        lambda: organisations.change_organisation(
            session,
            actor,
            organisation=organisation,
            version=form.row_version,
            details=form.details(),
        )
    ):
        flash(_("Opplysningene om organisasjonen er lagret."))
        return to_organisation(organisation)
    page = "accounts/organisation_form.html"
    return render_template(page, form=form, organisation=organisation), 422


def to_organisation(organisation: Organisation) -> ResponseReturnValue:
    address = url_for("accounts.administer_organisation", organisation_id=organisation.id)
    return redirect(address, 303)
