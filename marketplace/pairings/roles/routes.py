"""The role map in the browser: who has a role, who stands in, and who takes over."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.accounts import queries as accounts
from marketplace.core.actor import Role
from marketplace.pairings.roles import forms, policies, posts, queries, services
from marketplace.pairings.roles.forms import succession_form
from marketplace.pairings.roles.pages import grouped_posts
from marketplace.pairings.routes.blueprint import asked_pairing, blueprint, to_case
from marketplace.pairings.states import CaseRole
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number, searched_words
from marketplace.ui.forms import BaseForm

ASSIGNERS = roles(Role.UNIT_LEADER, Role.ENTREPRENEUR, Role.COORDINATOR)


def _role(role_name: str) -> CaseRole:
    if role_name not in set(CaseRole):
        abort(404)
    return CaseRole(role_name)


@blueprint.route("/pairings/<int:pairing_id>/roles/<role_name>", methods=["GET", "POST"])
@access(ASSIGNERS)
def assign(pairing_id: int, role_name: str) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing, role = asked_pairing(pairing_id), _role(role_name)
    services.expect_may_assign(actor, pairing, role)
    form = forms.AssignForm()
    form.offer(queries.list_candidates(session, pairing, role))
    if form.validate_on_submit() and form.attempt(
        lambda: services.assign_role(
            session, actor, pairing=pairing, role=role, person_id=form.chosen_id
        )
    ):
        return to_case(pairing, _("Rollen er fylt."))
    page = render_template("pairings/assign.html", form=form, pairing=pairing, role=role)
    return page, 422 if request.method == "POST" else 200


@blueprint.route("/pairings/<int:pairing_id>/roles/<role_name>/deputy", methods=["GET", "POST"])
@access(ASSIGNERS)
def deputy(pairing_id: int, role_name: str) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing, role = asked_pairing(pairing_id), _role(role_name)
    holder = services.expect_may_have_deputy(actor, pairing, role)
    form = forms.DeputyForm()
    candidates = queries.list_candidates(session, pairing, role)
    form.offer([person for person in candidates if person.id != holder.person_id])
    if form.validate_on_submit() and form.attempt(
        lambda: services.assign_deputy(
            session, actor, pairing=pairing, role=role, person_id=form.chosen_id
        )
    ):
        return to_case(pairing, _("Vara er valgt og får beskjed."))
    page = render_template("pairings/deputy.html", form=form, pairing=pairing, holder=holder)
    return page, 422 if request.method == "POST" else 200


@blueprint.post("/pairings/<int:pairing_id>/roles/<role_name>/deputy/remove")
@access(ASSIGNERS)
def remove_deputy(pairing_id: int, role_name: str) -> ResponseReturnValue:
    pairing, role = asked_pairing(pairing_id), _role(role_name)
    if not BaseForm().validate_on_submit():
        abort(400)
    services.remove_deputy(db_session(), current_actor(), pairing=pairing, role=role)
    return to_case(pairing, _("Rollen er uten vara. Den som var vara, får beskjed."))


# ---------------------------------------------------------------- somebody leaves


@blueprint.get("/pairings/people")
@access(roles(*policies.REPLACERS))
def people() -> ResponseReturnValue:
    words = searched_words("words")
    page = queries.list_people(db_session(), current_actor(), words=words, page=page_number())
    kept = {"words": words} if words else {}
    return render_template("pairings/people.html", page=page, words=words, kept=kept)


@blueprint.route("/pairings/people/<int:person_id>", methods=["GET", "POST"])
@access(roles(*policies.REPLACERS))
def replace(person_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    person = queries.get_person(session, actor, person_id)
    theirs = queries.list_all_posts(session, actor, person)
    replaceable = posts.replaceable(theirs)
    form = succession_form(replaceable)
    replaced: list[int] = []
    if form.validate_on_submit() and form.attempt(
        lambda: replaced.append(
            services.replace_person(session, actor, person=person, successors=form.chosen())
        )
    ):
        flash(_replaced_message(person.name, replaced[0], len(theirs) - len(replaceable)))
        return redirect(url_for("pairings.people"))
    page = render_template(
        "pairings/replace.html", form=form, person=person, **grouped_posts(theirs)
    )
    return page, 422 if request.method == "POST" else 200


def _replaced_message(name: str, count: int, left: int) -> str:
    """Also how much stays, since nobody else may have it yet."""
    done = ngettext(
        "%(name)s er byttet ut ett sted. De det gjelder, får beskjed.",
        "%(name)s er byttet ut %(num)d steder. De det gjelder, får beskjed.",
        count,
        name=name,
    )
    if not left:
        return done
    return f"{done} " + ngettext(
        "Én rolle står igjen, fordi ingen andre kan ha den ennå.",
        "%(num)d roller står igjen, fordi ingen andre kan ha dem ennå.",
        left,
    )


@blueprint.get("/administration/people/<int:person_id>/cases")
@access(roles(Role.ADMINISTRATOR))
def held_by(person_id: int) -> ResponseReturnValue:
    """An administrator has no say in cases: the page says how many there are, and who has."""
    session = db_session()
    person = accounts.get_person(session, person_id)
    held = queries.list_held(session, person)
    return render_template(
        "pairings/held_by.html",
        person=person,
        held=held,
        replacers=queries.list_replacers(session, held, person),
    )
