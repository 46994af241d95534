"""Who may do what with an agreement. When it may be done stands in the transition table.

Either side writes and offers. A signature binds: for the unit its leader gives it, for the
entrepreneur anybody of the organisation, and nobody gives both.
"""

from marketplace.agreements.awaited import is_written, lacks_signature
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import (
    AGREEMENT_LIFECYCLE,
    AgreementMove,
    AgreementRefusal,
    AgreementTrigger,
)
from marketplace.core.actor import Actor, Role
from marketplace.pairings.models import Pairing
from marketplace.pairings.policies import sides_of, speaks_for_entrepreneur
from marketplace.pairings.roles.role_map import holds_role
from marketplace.pairings.states import PARTIES, CaseRole, PairingState, Side


def is_party(actor: Actor, pairing: Pairing) -> bool:
    return bool(sides_of(actor, pairing))


def can_start(actor: Actor, pairing: Pairing) -> bool:
    return is_party(actor, pairing) and pairing.state is PairingState.APPROVED


def can_ask_for_version(actor: Actor, pairing: Pairing) -> bool:
    """Both sides, and whoever decides: an extension needs a version of its own."""
    return is_party(actor, pairing) or holds_role(actor, pairing, CaseRole.DECISION_MAKER)


def can_edit(actor: Actor, agreement: Agreement) -> bool:
    return is_written(agreement) and can_start(actor, agreement.pairing)


def can_edit_templates(actor: Actor) -> bool:
    return actor.holds(Role.ADMINISTRATOR)


# ---------------------------------------------------------------- signatures


def missing_signatures(agreement: Agreement) -> frozenset[Side]:
    return frozenset(side for side in PARTIES if lacks_signature(agreement, side))


def sides_to_bind(actor: Actor, pairing: Pairing) -> frozenset[Side]:
    """The sides that this person's signature would bind."""
    binds = {
        Side.UNIT: actor.holds_in_unit(pairing.need.unit_id, Role.UNIT_LEADER),
        Side.ENTREPRENEUR: speaks_for_entrepreneur(actor, pairing.concept),
    }
    return frozenset(side for side, does in binds.items() if does)


def side_to_sign(actor: Actor, agreement: Agreement) -> Side | None:
    """The side that this person can still sign for."""
    if has_signed(actor, agreement):
        return None
    open_sides = sides_to_bind(actor, agreement.pairing) & missing_signatures(agreement)
    return next(iter(sorted(open_sides)), None)


def has_signed(actor: Actor, agreement: Agreement) -> bool:
    signers = (agreement.unit_signed_by_id, agreement.entrepreneur_signed_by_id)
    return actor.person_id is not None and actor.person_id in signers


def signing_refusal(actor: Actor, agreement: Agreement) -> AgreementRefusal | None:
    """Why this person may not sign; None where they may."""
    binds = sides_to_bind(actor, agreement.pairing)
    if not binds:
        return AgreementRefusal.SIGNERS_ONLY
    if has_signed(actor, agreement) and binds & missing_signatures(agreement):
        return AgreementRefusal.SIGNED_FOR_OTHER_SIDE
    return None if side_to_sign(actor, agreement) else AgreementRefusal.ALREADY_SIGNED


# ---------------------------------------------------------------- what a page offers


def refusal(actor: Actor, agreement: Agreement, move: AgreementMove) -> AgreementRefusal | None:
    """Why this person may not make the move, whatever the state."""
    if move is AgreementMove.SIGN and (refused := signing_refusal(actor, agreement)):
        return refused
    if move is not AgreementMove.SIGN and not is_party(actor, agreement.pairing):
        return AgreementRefusal.PARTIES_ONLY
    return AgreementRefusal.TEST_ENDED if move in BINDING and comes_too_late(agreement) else None


BINDING = frozenset({AgreementMove.OFFER, AgreementMove.SIGN})


def comes_too_late(agreement: Agreement) -> bool:
    """A side asked for it, and the test that it is about is over."""
    asked_for = agreement.trigger is AgreementTrigger.RENEGOTIATION
    return asked_for and agreement.pairing.test_ended_at is not None


def can_withdraw(agreement: Agreement) -> bool:
    """Where an earlier version stands, and nobody has decided that there must be a new one."""
    return agreement.trigger is AgreementTrigger.RENEGOTIATION


def chooses_decision_date(agreement: Agreement) -> bool:
    """The parties, but for a test that was extended: then the decision maker has said it."""
    return agreement.trigger is not AgreementTrigger.EXTENSION


MADE_BY_PEOPLE = frozenset(AgreementMove) - {AgreementMove.SUPERSEDE}


def open_moves(actor: Actor, agreement: Agreement) -> frozenset[AgreementMove]:
    """The moves this person could make now."""
    if agreement.pairing.state is not PairingState.APPROVED:
        return frozenset()
    moves = {
        move
        for move in MADE_BY_PEOPLE
        if AGREEMENT_LIFECYCLE.allows(agreement.state, move)
        and refusal(actor, agreement, move) is None
    }
    return frozenset(moves if can_withdraw(agreement) else moves - {AgreementMove.WITHDRAW})
