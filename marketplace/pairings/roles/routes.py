"""The role map in the browser: who has a role, who stands in, and who takes over."""

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from marketplace.accounts import queries as accounts
from marketplace.core.actor import Role
from marketplace.pairings.pages.case import way_to_case
from marketplace.pairings.roles import policies, posts, queries, services
from marketplace.pairings.roles.forms import AssignForm, DeputyForm, succession_form
from marketplace.pairings.roles.pages import grouped_posts
from marketplace.pairings.routes.blueprint import asked_pairing, blueprint, to_case
from marketplace.pairings.states import CaseRole
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import page_number, searched_words
from marketplace.ui.form_page import Way, form_page

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
    services.expect_assigner(actor, pairing, role)
    form = AssignForm.for_people(queries.list_candidates(session, pairing, role))
    return form_page(
        form,
        lambda: services.assign_role(
            session, actor, pairing=pairing, role=role, person_id=form.chosen_id
        ),
        template="pairings/assign.html",
        back=way_to_case(pairing),
        expect=lambda: services.expect_may_assign(actor, pairing, role),
        done=_("Rollen er fylt."),
        role=role,
    )


@blueprint.route("/pairings/<int:pairing_id>/roles/<role_name>/deputy", methods=["GET", "POST"])
@access(ASSIGNERS)
def deputy(pairing_id: int, role_name: str) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing, role = asked_pairing(pairing_id), _role(role_name)
    services.expect_assigner(actor, pairing, role)
    holder = services.expect_holder(pairing, role)
    candidates = queries.list_candidates(session, pairing, role)
    form = DeputyForm.for_people(p for p in candidates if p.id != holder.person_id)
    return form_page(
        form,
        lambda: services.assign_deputy(
            session, actor, pairing=pairing, role=role, person_id=form.chosen_id
        ),
        template="pairings/deputy.html",
        back=way_to_case(pairing),
        expect=lambda: services.expect_may_assign(actor, pairing, role),
        done=_("Vara er valgt og får beskjed."),
        pairing=pairing,
        holder=holder,
    )


@blueprint.post("/pairings/<int:pairing_id>/roles/<role_name>/deputy/remove")
@access(ASSIGNERS)
def remove_deputy(pairing_id: int, role_name: str) -> ResponseReturnValue:
    pairing, role = asked_pairing(pairing_id), _role(role_name)
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
    return form_page(
        form,
        lambda: services.replace_person(session, actor, person=person, successors=form.chosen()),
        template="pairings/replace.html",
        back=Way(url_for("pairings.people"), _("Bytt ut en person som slutter")),
        done=lambda count: _replaced_message(person.name, count, len(theirs) - len(replaceable)),
        person=person,
        **grouped_posts(theirs),
    )


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
