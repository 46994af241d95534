"""Which decisions are awaited: of one decision, or in SQL (`core.rules`)."""

from typing import Any

from sqlalchemy import Select

from marketplace.core.awaited import Awaited, Follower, Party
from marketplace.core.rules import in_sql, of
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState, DecisionTask
from marketplace.pairings.awaited import holder_of, of_approved_pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole


def is_awaited(decision: Decision) -> bool:
    return decision.state == DecisionState.AWAITED


def _decision() -> Select[Any]:
    maker = holder_of(CaseRole.DECISION_MAKER)
    statement = of_approved_pairings(Decision.awaited_since, maker)
    statement = statement.join(Decision, Decision.pairing_id == Pairing.id)
    return statement.where(in_sql(is_awaited(of(Decision))))


AWAITED = (
    Awaited(
        DecisionTask.DECIDE,
        Party.DECISION_MAKER,
        _decision,
        followed_by=frozenset({Follower.ENTREPRENEUR, Follower.LEADERSHIP}),
    ),
)
