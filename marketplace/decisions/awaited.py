"""Which decisions are awaited: of one decision, or in SQL (`core.rules`)."""

from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState


def is_awaited(decision: Decision) -> bool:
    return decision.state == DecisionState.AWAITED
