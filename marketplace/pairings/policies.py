"""Who may do what with a pairing. When it may be done stands in the transition table.

A proposal does not bind the unit yet (the agreement will), so a member speaks for it as well as
the leader. A yes belongs to one person of one side: nobody says yes for both sides, and nobody
decides what they proposed or said yes to.
"""

from collections.abc import Callable

from marketplace.concepts.models import Concept
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.sight import municipal_roles, reads
from marketplace.needs.models import Need
from marketplace.pairings import awaited, sights
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import (
    FELL,
    PAIRING_LIFECYCLE,
    PARTIES,
    UNDECIDED,
    PairingMove,
    PairingRefusal,
    PairingState,
    Side,
)

READERS = municipal_roles(sights.INSIDE)
"""Those of the municipality, outside the unit, who see its pairings."""
VIEWERS = UNIT_ROLES | {Role.ENTREPRENEUR, *READERS}
PROPOSERS = UNIT_ROLES | {Role.ENTREPRENEUR, Role.COORDINATOR}


# ---------------------------------------------------------------- who somebody is in a case


def speaks_for_unit(actor: Actor, need: Need) -> bool:
    return actor.holds_in_unit(need.unit_id, *UNIT_ROLES)


def speaks_for_entrepreneur(actor: Actor, concept: Concept) -> bool:
    return actor.holds_in_organisation(concept.organisation_id, Role.ENTREPRENEUR)


def coordinates(actor: Actor, need: Need) -> bool:
    return actor.holds_in_organisation(need.unit.organisation_id, Role.COORDINATOR)


def sides_of(actor: Actor, pairing: Pairing) -> frozenset[Side]:
    """The parties this person speaks for; a coordinator is no party."""
    speaks = {
        Side.UNIT: speaks_for_unit(actor, pairing.need),
        Side.ENTREPRENEUR: speaks_for_entrepreneur(actor, pairing.concept),
    }
    return frozenset(side for side, does in speaks.items() if does)


def withdrawing_side(actor: Actor, pairing: Pairing) -> Side:
    """Of who speaks for both parties, the one that proposed: they take back their own."""
    sides = sides_of(actor, pairing)
    if pairing.proposed_by_side in sides:
        return pairing.proposed_by_side
    return next(iter(sorted(sides)), Side.COORDINATOR)


def proposing_side(actor: Actor, need: Need, concept: Concept) -> Side | None:
    """A party proposes as a party, also where they are a coordinator besides."""
    if speaks_for_unit(actor, need):
        return Side.UNIT
    if speaks_for_entrepreneur(actor, concept):
        return Side.ENTREPRENEUR
    return Side.COORDINATOR if coordinates(actor, need) else None


def can_see_all_names(actor: Actor, pairing: Pairing) -> bool:
    return reads(actor, sights.INSIDE, sights.around(pairing))


# ---------------------------------------------------------------- the two sides' yes


def missing_yes(pairing: Pairing) -> frozenset[Side]:
    return frozenset(side for side in PARTIES if awaited.lacks_yes(pairing, side))


def said_yes(actor: Actor, pairing: Pairing) -> bool:
    return awaited.said_yes(actor.person_id, pairing)


def side_to_accept(actor: Actor, pairing: Pairing) -> Side | None:
    """The side that this person can still say yes for."""
    if said_yes(actor, pairing):
        return None
    return next(iter(sorted(sides_of(actor, pairing) & missing_yes(pairing))), None)


# ---------------------------------------------------------------- why a person may not


def is_own_proposal(actor: Actor, pairing: Pairing) -> bool:
    return awaited.proposed(actor.person_id, pairing)


def has_conflict(actor: Actor, pairing: Pairing) -> bool:
    return awaited.declared_conflict(actor.person_id, pairing)


def deciding_refusal(actor: Actor, pairing: Pairing) -> PairingRefusal | None:
    """Why this person may not decide the case; None where they may."""
    refusals = {
        PairingRefusal.COORDINATORS_ONLY: not coordinates(actor, pairing.need),
        PairingRefusal.OWN_PROPOSAL: is_own_proposal(actor, pairing),
        PairingRefusal.SPOKE_FOR_A_SIDE: said_yes(actor, pairing),
        PairingRefusal.CONFLICT_DECLARED: has_conflict(actor, pairing),
    }
    return next((refusal for refusal, holds in refusals.items() if holds), None)


def _accepting_refusal(actor: Actor, pairing: Pairing) -> PairingRefusal | None:
    return None if sides_of(actor, pairing) else PairingRefusal.PARTIES_ONLY


def _asking_refusal(actor: Actor, pairing: Pairing) -> PairingRefusal | None:
    """Changes are asked for by the party that did not propose, or by who could decide."""
    if sides_of(actor, pairing) - {pairing.proposed_by_side}:
        return None
    if not coordinates(actor, pairing.need):
        return PairingRefusal.OTHER_PARTY_OR_COORDINATOR
    return deciding_refusal(actor, pairing)


def _proposing_again_refusal(actor: Actor, pairing: Pairing) -> PairingRefusal | None:
    """Anybody of the proposing party; of coordinators only the one who proposed."""
    of_the_side = pairing.proposed_by_side in sides_of(actor, pairing)
    return None if of_the_side or _coordinator_who_proposed(actor, pairing) else (
        PairingRefusal.PROPOSER_ONLY
    )  # fmt: skip


def _withdrawing_refusal(actor: Actor, pairing: Pairing) -> PairingRefusal | None:
    party = bool(sides_of(actor, pairing))
    return None if party or _coordinator_who_proposed(actor, pairing) else (
        PairingRefusal.PARTIES_ONLY
    )  # fmt: skip


def _coordinator_who_proposed(actor: Actor, pairing: Pairing) -> bool:
    return pairing.proposed_by_side is Side.COORDINATOR and is_own_proposal(actor, pairing)


_REFUSALS: dict[PairingMove, Callable[[Actor, Pairing], PairingRefusal | None]] = {
    PairingMove.ACCEPT: _accepting_refusal,
    PairingMove.ASK_FOR_CHANGES: _asking_refusal,
    PairingMove.PROPOSE_AGAIN: _proposing_again_refusal,
    PairingMove.APPROVE: deciding_refusal,
    PairingMove.DECLINE: deciding_refusal,
    PairingMove.WITHDRAW: _withdrawing_refusal,
}


def refusal(actor: Actor, pairing: Pairing, move: PairingMove) -> PairingRefusal | None:
    """Why this person may not make the move, whatever the state."""
    return _REFUSALS[move](actor, pairing)


# ---------------------------------------------------------------- what a page offers


def open_moves(actor: Actor, pairing: Pairing) -> frozenset[PairingMove]:
    """What this person could do now on the first page; closing has a page of its own."""
    moves = {
        move
        for move in _REFUSALS
        if PAIRING_LIFECYCLE.allows(pairing.state, move) and refusal(actor, pairing, move) is None
    }
    if side_to_accept(actor, pairing) is None:
        moves.discard(PairingMove.ACCEPT)
    return frozenset(moves)


def can_open_approval(actor: Actor, pairing: Pairing) -> bool:
    """Every coordinator may see what stands in the way, also of their own proposal."""
    return coordinates(actor, pairing.need) and pairing.state is PairingState.ACCEPTED


def can_declare_conflict(actor: Actor, pairing: Pairing) -> bool:
    undecided = pairing.state in UNDECIDED and not has_conflict(actor, pairing)
    return undecided and coordinates(actor, pairing.need)


def can_choose_programme(actor: Actor, pairing: Pairing) -> bool:
    """By who coordinates the case; one that came to nothing counts in no programme."""
    return pairing.state not in FELL and coordinates_freely(actor, pairing)


def coordinates_freely(actor: Actor, pairing: Pairing) -> bool:
    return coordinates(actor, pairing.need) and not has_conflict(actor, pairing)


def has_pages_of_the_test(_actor: Actor, pairing: Pairing) -> bool:
    """Agreement, test, decision, purchase and lessons: open to everyone who sees the case."""
    return awaited.was_approved(pairing)
