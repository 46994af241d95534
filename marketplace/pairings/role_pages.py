"""The role map in the browser: who has a role, and who stands in."""

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.pairings import deputies, forms, role_map, services
from marketplace.pairings.blueprint import asked_pairing, blueprint, to_case
from marketplace.pairings.states import CaseRole
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session
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
    form.offer(role_map.list_candidates(session, pairing, role))
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
    holder = deputies.expect_may_have_deputy(actor, pairing, role)
    form = forms.DeputyForm()
    candidates = role_map.list_candidates(session, pairing, role)
    form.offer([person for person in candidates if person.id != holder.person_id])
    if form.validate_on_submit() and form.attempt(
        lambda: deputies.assign_deputy(
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
    deputies.remove_deputy(db_session(), current_actor(), pairing=pairing, role=role)
    return to_case(pairing, _("Rollen er uten vara. Den som var vara, får beskjed."))
