"""What portfolios show beside a match: the way to decide of the pair beforehand."""

from flask import render_template

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.portfolios import policies
from marketplace.ui.context import current_actor


def decide_action(need: Need, concept: Concept, **_values: object) -> str:
    published = need.state is NeedState.PUBLISHED and concept.state is ConceptState.PUBLISHED
    if not published or not policies.keeps_for(current_actor(), need.unit.organisation_id):
        return ""
    return render_template("portfolios/decide_action.html", need=need, concept=concept)
