"""The list of pairings, and the case."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from marketplace.pairings import policies, queries
from marketplace.pairings.pages import case
from marketplace.pairings.routes.blueprint import VIEWERS, asked_pairing, blueprint
from marketplace.pairings.states import PairingState
from marketplace.ui.access import access
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.filtering import chosen, page_number, searched_words


@blueprint.get("/pairings")
@access(VIEWERS)
def index() -> ResponseReturnValue:
    words = searched_words("words")
    state = chosen(PairingState, request.args.get("state"))
    page = queries.list_pairings(
        db_session(),
        current_actor(),
        state=state,
        words=words,
        page=page_number(),
    )
    kept = {name: value for name, value in (("words", words), ("state", state)) if value}
    return render_template(
        "pairings/index.html", page=page, words=words, state=state, states=PairingState, kept=kept
    )


@blueprint.get("/pairings/<int:pairing_id>")
@access(VIEWERS)
def show(pairing_id: int) -> ResponseReturnValue:
    session, actor = db_session(), current_actor()
    pairing = asked_pairing(pairing_id)
    return render_template(
        "pairings/show.html",
        **case.values_for(session, actor, pairing),
        deciding_refusal=policies.deciding_refusal(actor, pairing),
    )
