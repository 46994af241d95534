"""Proposing a pairing in the browser, and proposing it again."""

from flask import abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.concepts import queries as concepts
from marketplace.concepts.models import Concept
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.pairings import forms, policies
from marketplace.pairings.models import Pairing
from marketplace.pairings.routes.blueprint import (
    PROPOSERS,
    asked_pairing,
    blueprint,
    move_page,
    to_case,
)
from marketplace.pairings.services import proposing
from marketplace.pairings.states import PairingMove
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row


@blueprint.get("/pairings/new")
@access(PROPOSERS)
def propose() -> ResponseReturnValue:
    need, concept = _proposed_parts()
    proposing.expect_may_propose(db_session(), current_actor(), need=need, concept=concept)
    return _propose_page(forms.ProposeForm(), need, concept)


@blueprint.post("/pairings/new")
@access(PROPOSERS)
def send_proposal() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need, concept = _proposed_parts()
    form = forms.ProposeForm()
    made: list[Pairing] = []
    if form.validate_on_submit() and form.attempt(
        lambda: made.append(
            proposing.propose_pairing(
                session, actor, need=need, concept=concept, motivation=form.motivation.data or ""
            )
        )
    ):
        return to_case(made[0], _("Koblingen er foreslått. De andre i saken får beskjed."))
    return _propose_page(form, need, concept), 422


def _proposed_parts() -> tuple[Need, Concept]:
    """The need and the concept named in the address, as far as this person may see them."""
    session, actor = db_session(), current_actor()
    need_id = asked_row("need")
    concept_id = asked_row("concept")
    if need_id is None or concept_id is None:
        abort(404)
    return needs.get_need(session, actor, need_id), concepts.get_concept(session, actor, concept_id)


def _propose_page(form: forms.ProposeForm, need: Need, concept: Concept) -> str:
    side = policies.proposing_side(current_actor(), need, concept)
    return render_template(
        "pairings/propose.html", form=form, need=need, concept=concept, side=side
    )


@blueprint.route("/pairings/<int:pairing_id>/propose-again", methods=["GET", "POST"])
@access(PROPOSERS)
def propose_again(pairing_id: int) -> ResponseReturnValue:
    pairing = asked_pairing(pairing_id)
    form = forms.ProposeAgainForm(obj=pairing)
    return move_page(
        pairing,
        PairingMove.PROPOSE_AGAIN,
        form,
        lambda: proposing.propose_again(
            db_session(),
            current_actor(),
            pairing=pairing,
            version=form.row_version,
            motivation=form.motivation.data or "",
        ),
        template="pairings/propose_again.html",
        done=_("Koblingen er foreslått på nytt. De andre i saken får beskjed."),
    )
