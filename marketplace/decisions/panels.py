"""What the decision shows on the first page of a case."""

from flask import render_template

from marketplace.decisions import decision_page
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.ui.context import current_actor, db_session


def next_step(pairing: Pairing, **_values: object) -> str:
    if pairing.state is not PairingState.APPROVED:
        return ""
    values = decision_page.next_step(db_session(), current_actor(), pairing)
    return render_template("decisions/next.html", **values) if values else ""
