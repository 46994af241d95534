"""Who may do what with a procurement. When it may be done stands in the transition table."""

from datetime import date

from marketplace.core.actor import Actor, Role
from marketplace.core.rules import same
from marketplace.pairings import policies as pairings
from marketplace.pairings.awaited import is_approved, was_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holds_role
from marketplace.pairings.states import CaseRole
from marketplace.procurements.awaited import is_ongoing
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.sights import protocol_is_open
from marketplace.procurements.states import ProcurementRefusal

VIEWERS = pairings.VIEWERS
READERS = pairings.READERS
"""Those of the municipality who follow its purchases in all units."""


def handling_refusal(actor: Actor, pairing: Pairing) -> ProcurementRefusal | None:
    """Only the case's adviser, or who stands in for them; nobody buys from their own."""
    if not holds_role(actor, pairing, CaseRole.PROCUREMENT_ADVISER):
        return ProcurementRefusal.ADVISER_ONLY
    own = pairings.speaks_for_entrepreneur(actor, pairing.concept)
    return ProcurementRefusal.SPEAKS_FOR_ENTREPRENEUR if own else None


def handles(actor: Actor, pairing: Pairing) -> bool:
    return handling_refusal(actor, pairing) is None


def can_change(actor: Actor, procurement: Procurement) -> bool:
    """Route and steps: while the procurement goes on."""
    return can_add(actor, procurement.pairing) and is_ongoing(procurement)


def can_add(actor: Actor, pairing: Pairing) -> bool:
    """Dialogue, package and the protocol's words: until the case is closed."""
    return handles(actor, pairing) and is_approved(pairing)


def may_finish(actor: Actor, step: ProcurementStep) -> bool:
    """Whoever handles the purchase, and who has the step but no part in the entrepreneur."""
    pairing = step.procurement.pairing
    own = same(step.owner_id, actor.person_id)
    outside = pairings.speaks_for_entrepreneur(actor, pairing.concept)
    return handles(actor, pairing) or (own and not outside)


def is_theirs(actor: Actor, step: ProcurementStep) -> bool:
    """Given to this person, or to nobody else while they are the adviser."""
    owner = step.owner if step.owner is not None and step.owner.active else None
    if owner is not None:
        return owner.id == actor.person_id
    return holds_role(actor, step.procurement.pairing, CaseRole.PROCUREMENT_ADVISER)


def can_record_purchase(actor: Actor, pairing: Pairing) -> bool:
    """Also after the case is closed: bills come late."""
    return handles(actor, pairing) and was_approved(pairing)


def can_see_inside(actor: Actor, pairing: Pairing) -> bool:
    """What the municipality thinks and knows; a supplier sees what all suppliers may know."""
    return pairings.can_see_all_names(actor, pairing)


def can_read_protocol(actor: Actor, procurement: Procurement, day: date) -> bool:
    return can_see_inside(actor, procurement.pairing) or protocol_is_open(procurement, day)


def can_administer(actor: Actor) -> bool:
    return actor.holds(Role.ADMINISTRATOR)


TABLE_READERS = (Role.ADMINISTRATOR, Role.PROCUREMENT_ADVISER, Role.COORDINATOR)


def can_follow_purchases(actor: Actor) -> bool:
    return actor.holds(*READERS)
