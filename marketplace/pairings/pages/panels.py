"""What pairings show on the pages of needs, concepts, matches and interests."""

from flask import render_template

from marketplace.concepts.models import Concept
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.interests.awaited import stands
from marketplace.interests.models import Interest
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings import policies, queries
from marketplace.pairings.awaited import awaited
from marketplace.pairings.models import Pairing
from marketplace.pairings.services.proposing import expect_may_propose
from marketplace.pairings.states import OPEN
from marketplace.ui.context import current_actor, db_session


def need_panel(need: Need, **_values: object) -> str:
    actor = current_actor()
    if not actor.holds(*policies.VIEWERS):
        return ""
    found = queries.list_pairings_of_need(db_session(), current_actor(), need.id)
    inside = policies.speaks_for_unit(actor, need) or policies.coordinates(actor, need)
    if not found and not (inside and need.state is NeedState.PUBLISHED):
        return ""
    return render_template("pairings/need_panel.html", pairings=found)


def concept_panel(concept: Concept, **_values: object) -> str:
    actor = current_actor()
    if not actor.holds(*policies.VIEWERS):
        return ""
    found = queries.list_pairings_of_concept(db_session(), actor, concept.id)
    return render_template("pairings/concept_panel.html", pairings=found) if found else ""


def propose_action(need: Need, concept: Concept, **_values: object) -> str:
    """The link to the pairing that is under way, or «Foreslå kobling» for those who may."""
    for pairing in queries.list_pairings_of_need(db_session(), current_actor(), need.id):
        if pairing.concept_id == concept.id and pairing.state in OPEN:
            return render_template("pairings/open_action.html", pairing=pairing, concept=concept)
    if not _may_propose(need, concept):
        return ""
    return render_template("pairings/propose_action.html", need=need, concept=concept)


def _may_propose(need: Need, concept: Concept) -> bool:
    """Only what would be taken is offered."""
    try:
        expect_may_propose(db_session(), current_actor(), need=need, concept=concept)
    except (NotAllowed, NotNow):
        return False
    return True


def answer_interest(interest: Interest, **_values: object) -> str:
    """What the pairing of the interest waits for; without one, the link to propose it."""
    found = queries.find_open_pairing(db_session(), interest.need_id, interest.concept_id)
    if found is not None and current_actor().holds(*policies.VIEWERS):
        return render_template(
            "pairings/interest_action.html", pairing=found, awaited=awaited(found)
        )
    if not stands(interest):
        return ""
    return propose_action(interest.need, interest.concept)


def interest_outcome(interest: Interest, **_values: object) -> str:
    """For whoever registered the interest: the case that came of it."""
    latest = queries.latest_pairings(db_session(), current_actor())
    pairing = latest.get((interest.need_id, interest.concept_id))
    if pairing is None or (pairing.fallen and not _came_of(pairing, interest)):
        return ""
    return render_template("pairings/interest_outcome.html", pairing=pairing)


def _came_of(pairing: Pairing, interest: Interest) -> bool:
    """An interest that was registered anew has heard no answer yet."""
    return stands(interest) and pairing.proposed_at >= interest.registered_at
