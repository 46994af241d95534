"""People and their roles, for administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug import Response

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
from marketplace.ui.form_page import Way, form_page, send
from marketplace.ui.forms import VersionedForm
from marketplace.ui.labels import label
from marketplace.ui.last_look import LastLook
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


@blueprint.post("/administration/people/invite", endpoint="invite_person")
@blueprint.get("/administration/people/invite")
@access(ADMINISTRATORS, fresh=True)
def new_invitation() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    form = InvitationForm.for_places(queries.list_places(session))
    return form_page(
        form,
        lambda: people.invite_person(
            session,
            actor,
            email=form.email.data or "",
            name=form.name.data or "",
            grant=form.grant(),
        ),
        template="accounts/invite.html",
        back=Way(url_for("accounts.list_people"), _("Folk")),
        to=lambda person: _told(person.id, _invited(person)),
    )


def _invited(person: Person) -> str:
    return _("Invitasjonen er sendt til %(email)s.", email=person.email)


@blueprint.get("/administration/people/<int:person_id>")
@access(ADMINISTRATORS)
def show_person(person_id: int) -> ResponseReturnValue:
    session = db_session()
    person = queries.get_person(session, person_id)
    return render_template(
        "accounts/person.html",
        person=person,
        form=MembershipForm.for_places(queries.list_places(session)),
        memberships=queries.list_memberships(session, person.id),
        offers=queries.list_role_offers(session, person.id),
        history=timeline_rows(events_of(session, [person]), AccountEvent),
    )


@blueprint.post("/administration/people/<int:person_id>/memberships")
@access(ADMINISTRATORS, fresh=True)
def grant_membership(person_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    person = queries.get_person(session, person_id)
    form = MembershipForm.for_places(queries.list_places(session))
    return send(
        form,
        lambda: memberships.grant_membership(session, actor, person=person, grant=form.grant()),
        page=url_for("accounts.show_person", person_id=person_id),
        to=lambda role: _told(person_id, _given(role)),
    )


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
    session, actor = db_session(), current_actor()
    person = queries.get_person(session, person_id)
    memberships.withdraw_offer(session, actor, person=person, offer_id=offer_id)
    return _told(person_id, _("Rollen er trukket tilbake."))


@blueprint.post("/administration/people/<int:person_id>/memberships/<int:membership_id>/end")
@access(ADMINISTRATORS, fresh=True)
def end_membership(person_id: int, membership_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    person = queries.get_person(session, person_id)
    memberships.end_membership(session, actor, person=person, membership_id=membership_id)
    return _told(person_id, _("Rollen er avsluttet."))


@blueprint.route("/administration/people/<int:person_id>/deactivate", methods=["GET", "POST"])
@access(ADMINISTRATORS, fresh=True)
def deactivate_person(person_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    person = queries.get_person(session, person_id)
    form = VersionedForm(obj=person)
    return form_page(
        form,
        lambda: people.deactivate_person(session, actor, person=person, version=form.row_version),
        template="ui/one_button.html",
        back=Way(url_for("accounts.show_person", person_id=person_id), person.name),
        expect=lambda: people.expect_active(person),
        done=_("Kontoen er stengt. Personen er logget ut overalt."),
        last_look=lambda: _what_closing_means(person),
    )


def _what_closing_means(person: Person) -> LastLook:
    roles = queries.list_memberships(db_session(), person.id)
    return LastLook(
        _("Steng kontoen"),
        _(
            "Personen logges ut overalt med en gang, og kan ikke logge inn. Det personen har"
            " skrevet, blir stående. Navnet ditt og tidspunktet blir stående i historikken."
        ),
        _("Steng kontoen"),
        facts=[(_("Navn"), person.name), (_("E-post"), person.email)],
        points=[
            _("Rollen «%(role)s» kan ikke brukes lenger.", role=label(each.role)) for each in roles
        ],
    )


@blueprint.post("/administration/people/<int:person_id>/activate")
@access(ADMINISTRATORS, fresh=True)
def activate_person(person_id: int) -> ResponseReturnValue:
    session, version = db_session(), VersionedForm().row_version
    person = queries.get_person(session, person_id)
    people.activate_person(session, current_actor(), person=person, version=version)
    done = _("Kontoen er åpnet igjen. Personen får en lenke på e-post og velger nytt passord.")
    return _told(person_id, done)


@blueprint.post("/administration/people/<int:person_id>/invitation")
@access(ADMINISTRATORS, fresh=True)
def resend_invitation(person_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    person = queries.get_person(session, person_id)
    people.resend_invitation(session, actor, person=person)
    return _told(person_id, _("Lenken er sendt på nytt til %(email)s.", email=person.email))


def _told(person_id: int, done: str) -> Response:
    flash(done)
    return redirect(url_for("accounts.show_person", person_id=person_id))
