"""What the test shows on the first page of its case: what comes next, and who has to do it."""

from flask import render_template

from marketplace.agreements import queries as agreements
from marketplace.pairings.models import Pairing
from marketplace.pilots import case_page, policies, queries
from marketplace.pilots.states import Ending
from marketplace.ui.context import current_actor, db_session


def next_step(pairing: Pairing, **_values: object) -> str:
    """Nothing before there is a test, nor after it is completed: then the decision comes next."""
    session, actor = db_session(), current_actor()
    pilot = queries.find_pilot(session, pairing.id) if pairing.state in policies.TESTED else None
    if pilot is None or pilot.ending is Ending.COMPLETED:
        return ""
    missing = policies.missing_stop_reason(pilot)
    if pilot.ending is Ending.STOPPED and missing is None:
        return ""
    return render_template(
        "pilots/next_step.html",
        **case_page.next_values(actor, pilot),
        agreement=agreements.find_in_force(session, pairing.id),
    )
