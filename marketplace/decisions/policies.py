"""Who decides. When it may be decided stands in the transition table."""

from marketplace.core.actor import Actor
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.pairings.models import Pairing
from marketplace.pairings.role_map import holds_role
from marketplace.pairings.states import CaseRole, PairingState

AFTER_APPROVAL = frozenset({PairingState.APPROVED, PairingState.CLOSED})


def can_decide(actor: Actor, decision: Decision) -> bool:
    """The case's decision maker or their deputy, whatever else somebody is."""
    return holds_role(actor, decision.pairing, CaseRole.DECISION_MAKER)


def can_decide_now(actor: Actor, decision: Decision) -> bool:
    return decision.state is DecisionState.AWAITED and can_decide(actor, decision)


def has_page(_actor: Actor, pairing: Pairing) -> bool:
    """The clock is in the open for everyone who sees the case."""
    return pairing.state in AFTER_APPROVAL
