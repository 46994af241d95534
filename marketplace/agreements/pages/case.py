"""What agreements show on the first page of the case."""

from flask import render_template

from marketplace.agreements import policies, queries
from marketplace.agreements.awaited import awaited, waiting_since
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState
from marketplace.ui.context import current_actor, db_session


def next_step(pairing: Pairing, **_values: object) -> str:
    """What has to happen next with the agreement, and who must do it."""
    if pairing.state is not PairingState.APPROVED:
        return ""
    open_version = queries.find_open_version(db_session(), pairing.id)
    waits_for = awaited(open_version, queries.find_in_force(db_session(), pairing.id))
    if waits_for is None:
        return ""
    actor = current_actor()
    return render_template(
        "agreements/next_step.html",
        pairing=pairing,
        agreement=open_version,
        awaited=waits_for,
        since=waiting_since(pairing, open_version),
        may_start=policies.can_start(actor, pairing),
        may_edit=open_version is not None and policies.can_edit(actor, open_version),
        may_sign=open_version is not None
        and policies.side_to_sign(actor, open_version) is not None,
    )
