"""Who decides. When it may be decided stands in the transition table."""

from marketplace.core.actor import Actor
from marketplace.decisions.awaited import is_awaited
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionRefusal
from marketplace.pairings.policies import speaks_for_entrepreneur
from marketplace.pairings.roles.role_map import holds_role
from marketplace.pairings.states import CaseRole


def deciding_refusal(actor: Actor, decision: Decision) -> DecisionRefusal | None:
    """By the case's decision maker or their deputy; nobody decides to buy from their own."""
    pairing = decision.pairing
    if not holds_role(actor, pairing, CaseRole.DECISION_MAKER):
        return DecisionRefusal.DECISION_MAKER_ONLY
    own = speaks_for_entrepreneur(actor, pairing.concept)
    return DecisionRefusal.SPEAKS_FOR_ENTREPRENEUR if own else None


def can_decide_now(actor: Actor, decision: Decision) -> bool:
    return is_awaited(decision) and deciding_refusal(actor, decision) is None
