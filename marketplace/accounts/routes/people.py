"""People and their roles, for administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.accounts import queries
from marketplace.accounts.forms.administration import InvitationForm, MembershipForm
from marketplace.accounts.models import Membership, Person, RoleOffer
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.routes.organisations import ADMINISTRATORS
from marketplace.accounts.services import memberships, people
from marketplace.accounts.states import AccountEvent
from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import chosen, page_number, searched_words
from marketplace.ui.forms import BaseForm, VersionedForm
from marketplace.ui.timeline import timeline_rows


@blueprint.get("/administration/people")
@access(ADMINISTRATORS)
def list_people() -> ResponseReturnValue:
    role = chosen(Role, request.args.get("role"))
    words = searched_words()
    return render_template(
        "accounts/people.html",
        page=queries.list_people(db_session(), words=words, role=role, page=page_number()),
        words=words,
        role=role,
        roles=Role,
        parameters={"q": words, "role": role},
    )


@blueprint.get("/administration/people/invite")
@access(ADMINISTRATORS, fresh=True)
def new_invitation() -> ResponseReturnValue:
    form = InvitationForm()
    form.offer(queries.list_places(db_session()))
    return render_template("accounts/invite.html", form=form)


@blueprint.post("/administration/people/invite")
@access(ADMINISTRATORS, fresh=True)
def invite_person() -> ResponseReturnValue:
    session, form, made = db_session(), InvitationForm(), list[Person]()
    form.offer(queries.list_places(session))
    if form.validate_on_submit() and form.attempt(
        lambda: made.append(
            people.invite_person(
                session,
                current_actor(),
                email=form.email.data or "",
                name=form.name.data or "",
                grant=form.grant(),
            )
        )
    ):
        flash(_("Invitasjonen er sendt til %(email)s.", email=made[0].email))
        return _to_person(made[0].id)
    return render_template("accounts/invite.html", form=form), 422


@blueprint.get("/administration/people/<int:person_id>")
@access(ADMINISTRATORS)
def show_person(person_id: int) -> ResponseReturnValue:
    person = queries.get_person(db_session(), person_id)
    return _page(person, MembershipForm())


def _page(person: Person, form: MembershipForm) -> str:
    session = db_session()
    form.offer(queries.list_places(session))
    return render_template(
        "accounts/person.html",
        person=person,
        form=form,
        memberships=queries.list_memberships(session, person.id),
        offers=queries.list_role_offers(session, person.id),
        history=timeline_rows(events_of(session, [person]), AccountEvent),
    )


@blueprint.post("/administration/people/<int:person_id>/memberships")
@access(ADMINISTRATORS, fresh=True)
def grant_membership(person_id: int) -> ResponseReturnValue:
    session, form = db_session(), MembershipForm()
    person, given = queries.get_person(session, person_id), list[Membership | RoleOffer]()
    form.offer(queries.list_places(session))
    if form.validate_on_submit() and form.attempt(
        lambda: given.append(
            memberships.grant_membership(
                session, current_actor(), person=person, grant=form.grant()
            )
        )
    ):
        flash(_given(given[0]))
        return _to_person(person_id)
    return _page(person, form), 422


def _given(role: Membership | RoleOffer) -> str:
    if isinstance(role, Membership):
        return _("Rollen er lagt til.")
    return _(
        "Rollen gjelder når personen har åpnet lenken vi sender til %(email)s.",
        email=role.person.email,
    )


@blueprint.post("/administration/people/<int:person_id>/offers/<int:offer_id>/withdraw")
@access(ADMINISTRATORS, fresh=True)
def withdraw_offer(person_id: int, offer_id: int) -> ResponseReturnValue:
    session = db_session()
    person = queries.get_person(session, person_id)
    if BaseForm().validate_on_submit():
        memberships.withdraw_offer(session, current_actor(), person=person, offer_id=offer_id)
        flash(_("Rollen er trukket tilbake."))
    return _to_person(person_id)


@blueprint.post("/administration/people/<int:person_id>/memberships/<int:membership_id>/end")
@access(ADMINISTRATORS, fresh=True)
def end_membership(person_id: int, membership_id: int) -> ResponseReturnValue:
    session = db_session()
    person = queries.get_person(session, person_id)
    if BaseForm().validate_on_submit():
        memberships.end_membership(
            session, current_actor(), person=person, membership_id=membership_id
        )
        flash(_("Rollen er avsluttet."))
    return _to_person(person_id)


@blueprint.post("/administration/people/<int:person_id>/deactivate")
@access(ADMINISTRATORS, fresh=True)
def deactivate_person(person_id: int) -> ResponseReturnValue:
    session, form = db_session(), VersionedForm()
    person = queries.get_person(session, person_id)
    if form.validate_on_submit():
        people.deactivate_person(session, current_actor(), person=person, version=form.row_version)
        flash(_("Kontoen er stengt. Personen er logget ut overalt."))
    return _to_person(person_id)


@blueprint.post("/administration/people/<int:person_id>/activate")
@access(ADMINISTRATORS, fresh=True)
def activate_person(person_id: int) -> ResponseReturnValue:
    session, form = db_session(), VersionedForm()
    person = queries.get_person(session, person_id)
    if form.validate_on_submit():
        people.activate_person(session, current_actor(), person=person, version=form.row_version)
        flash(_("Kontoen er åpnet igjen. Personen får en lenke på e-post og velger nytt passord."))
    return _to_person(person_id)


@blueprint.post("/administration/people/<int:person_id>/invitation")
@access(ADMINISTRATORS, fresh=True)
def resend_invitation(person_id: int) -> ResponseReturnValue:
    session = db_session()
    person = queries.get_person(session, person_id)
    if BaseForm().validate_on_submit():
        people.resend_invitation(session, current_actor(), person=person)
        flash(_("Lenken er sendt på nytt til %(email)s.", email=person.email))
    return _to_person(person_id)


def _to_person(person_id: int) -> ResponseReturnValue:
    return redirect(url_for("accounts.show_person", person_id=person_id), 303)
