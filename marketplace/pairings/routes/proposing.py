"""Proposing a pairing in the browser, and proposing it again."""

from flask import abort, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from marketplace.concepts import queries as concepts
from marketplace.concepts.models import Concept
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.pairings.forms import ProposeAgainForm, ProposeForm
from marketplace.pairings.pages.case import way_to_case
from marketplace.pairings.routes.blueprint import PROPOSERS, asked_pairing, blueprint
from marketplace.pairings.services import proposing
from marketplace.pairings.services.expectations import expect_mover
from marketplace.pairings.states import PAIRING_LIFECYCLE, PairingMove
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import asked_row
from marketplace.ui.form_page import Way, form_page


@blueprint.get("/pairings/new")
@blueprint.post("/pairings/new", endpoint="send_proposal")
@access(PROPOSERS)
def propose() -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    need, concept = _proposed_parts()
    side = proposing.expect_proposer(actor, need=need, concept=concept)
    form = ProposeForm()
    return form_page(
        form,
        lambda: proposing.propose_pairing(
            session, actor, need=need, concept=concept, motivation=form.motivation.data or ""
        ),
        template="pairings/propose.html",
        back=Way(url_for("needs.show", need_id=need.id), need.title, need.language),
        expect=lambda: proposing.expect_may_propose(session, actor, need=need, concept=concept),
        done=_("Koblingen er foreslått. De andre i saken får beskjed."),
        to=lambda pairing: url_for("pairings.show", pairing_id=pairing.id),
        need=need,
        concept=concept,
        side=side,
    )


def _proposed_parts() -> tuple[Need, Concept]:
    """The need and the concept named in the address, as far as this person may see them."""
    session, actor = db_session(), current_actor()
    need_id = asked_row("need")
    concept_id = asked_row("concept")
    if need_id is None or concept_id is None:
        abort(404)
    return needs.get_need(session, actor, need_id), concepts.get_concept(session, actor, concept_id)


@blueprint.route("/pairings/<int:pairing_id>/propose-again", methods=["GET", "POST"])
@access(PROPOSERS)
def propose_again(pairing_id: int) -> ResponseReturnValue:
    session, actor, pairing = db_session(), current_actor(), asked_pairing(pairing_id)
    expect_mover(actor, pairing, PairingMove.PROPOSE_AGAIN)
    form = ProposeAgainForm(obj=pairing)
    return form_page(
        form,
        lambda: proposing.propose_again(
            session,
            actor,
            pairing=pairing,
            version=form.row_version,
            motivation=form.motivation.data or "",
        ),
        template="pairings/propose_again.html",
        back=way_to_case(pairing),
        expect=lambda: PAIRING_LIFECYCLE.check(pairing.state, PairingMove.PROPOSE_AGAIN),
        done=_("Koblingen er foreslått på nytt. De andre i saken får beskjed."),
        pairing=pairing,
    )
