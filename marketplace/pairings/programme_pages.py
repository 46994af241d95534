"""Choosing the programme of a case in the browser."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.core.actor import Role
from marketplace.pairings import forms
from marketplace.pairings.blueprint import asked_pairing, blueprint, to_case
from marketplace.pairings.programme_choice import choose_programme, expect_may_choose_programme
from marketplace.programmes import queries as programmes
from marketplace.ui.access import access, roles
from marketplace.ui.context import current_actor, db_session


@blueprint.route("/pairings/<int:pairing_id>/programme", methods=["GET", "POST"])
@access(roles(Role.COORDINATOR))
def programme(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    expect_may_choose_programme(actor, pairing)
    form = forms.ProgrammeForm(obj=pairing)
    offered = programmes.list_of_municipality(session, pairing.need.unit.organisation_id)
    form.offer(offered)
    if form.validate_on_submit() and form.attempt(
        lambda: choose_programme(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            programme_id=form.chosen_id,
        )
    ):
        return to_case(pairing, _("Programmet er lagret."))
    page = render_template("pairings/programme.html", form=form, pairing=pairing, offered=offered)
    return page, 422 if request.method == "POST" else 200
