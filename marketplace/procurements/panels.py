"""What the procurement shows on the first page of a case, and on the page of its need."""

from flask import render_template

from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.procurements import policies, procurement_page, queries
from marketplace.ui.context import current_actor, db_session


def next_step(pairing: Pairing, **_values: object) -> str:
    if pairing.state is not PairingState.APPROVED:
        return ""
    procurement = queries.find_procurement(db_session(), pairing.id)
    if procurement is None:
        return ""
    may_change = policies.can_change(current_actor(), procurement)
    return render_template(
        "procurements/next.html",
        pairing=pairing,
        procurement=procurement,
        step=queries.open_step(procurement),
        days_in_all=procurement_page.days_in_all(procurement),
        moves=procurement_page.open_moves(procurement) if may_change else frozenset(),
    )


def taught_in_need(need: Need, **_values: object) -> str:
    """Also without signing in: whoever wants to offer something must find what was shared."""
    shared = queries.list_shared_packages(db_session(), need.id)
    return render_template("procurements/taught_in_need.html", shared=shared) if shared else ""
