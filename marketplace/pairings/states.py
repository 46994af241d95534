"""Pairings: code words, moves, audit events, topics and refusals."""

from enum import StrEnum

from marketplace.core.lifecycle import Lifecycle, Move


class PairingState(StrEnum):
    PROPOSED = "proposed"
    NEEDS_CHANGES = "needs_changes"
    ACCEPTED = "accepted"
    APPROVED = "approved"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"


class PairingMove(StrEnum):
    ACCEPT = "accept"
    ASK_FOR_CHANGES = "ask_for_changes"
    PROPOSE_AGAIN = "propose_again"
    APPROVE = "approve"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    CLOSE = "close"


_UNDECIDED = frozenset({PairingState.PROPOSED, PairingState.ACCEPTED})

PAIRING_LIFECYCLE: Lifecycle[PairingState, PairingMove] = Lifecycle(
    {
        PairingMove.ACCEPT: Move(frozenset({PairingState.PROPOSED}), PairingState.ACCEPTED),
        PairingMove.ASK_FOR_CHANGES: Move(
            _UNDECIDED, PairingState.NEEDS_CHANGES, needs_reason=True
        ),
        PairingMove.PROPOSE_AGAIN: Move(
            frozenset({PairingState.NEEDS_CHANGES}), PairingState.PROPOSED
        ),
        PairingMove.APPROVE: Move(frozenset({PairingState.ACCEPTED}), PairingState.APPROVED),
        PairingMove.DECLINE: Move(
            frozenset({PairingState.ACCEPTED}), PairingState.DECLINED, needs_reason=True
        ),
        PairingMove.WITHDRAW: Move(
            _UNDECIDED | {PairingState.NEEDS_CHANGES}, PairingState.WITHDRAWN, needs_reason=True
        ),
        PairingMove.CLOSE: Move(
            frozenset({PairingState.APPROVED}), PairingState.CLOSED, needs_reason=True
        ),
    }
)

UNDECIDED = _UNDECIDED | {PairingState.NEEDS_CHANGES}

OPEN = frozenset(
    {
        PairingState.PROPOSED,
        PairingState.NEEDS_CHANGES,
        PairingState.ACCEPTED,
        PairingState.APPROVED,
    }
)


TESTED = frozenset({PairingState.APPROVED, PairingState.CLOSED})
"""Approved once: there is, or was, something to test."""

FELL = frozenset({PairingState.DECLINED, PairingState.WITHDRAWN})
"""What came to nothing before it was tested."""


class Side(StrEnum):
    """Who speaks for what in a pairing."""

    UNIT = "unit"
    ENTREPRENEUR = "entrepreneur"
    COORDINATOR = "coordinator"


PARTIES = (Side.UNIT, Side.ENTREPRENEUR)
"""Who has a word of their own in a case; a coordinator is no party."""


class Fallen(StrEnum):
    """Who ended what came to nothing before it was tested: a no is the other side's, or a
    coordinator's, and withdrawn is what one has proposed oneself."""

    DECLINED = "coordinator_said_no"
    UNIT_SAID_NO = "unit_said_no"
    ENTREPRENEUR_SAID_NO = "entrepreneur_said_no"
    UNIT_WITHDREW = "unit_withdrew"
    ENTREPRENEUR_WITHDREW = "entrepreneur_withdrew"
    COORDINATOR_WITHDREW = "coordinator_withdrew"
    NEED_CLOSED = "need_closed"


_SAID_NO = {Side.UNIT: Fallen.UNIT_SAID_NO, Side.ENTREPRENEUR: Fallen.ENTREPRENEUR_SAID_NO}
_WITHDREW = {
    Side.UNIT: Fallen.UNIT_WITHDREW,
    Side.ENTREPRENEUR: Fallen.ENTREPRENEUR_WITHDREW,
    Side.COORDINATOR: Fallen.COORDINATOR_WITHDREW,
}


def fallen_as(state: PairingState, proposed_by: Side, withdrawn_by: Side | None) -> Fallen | None:
    """How it fell; None where it did not. What nobody withdrew, fell with its need."""
    if state is PairingState.DECLINED:
        return Fallen.DECLINED
    if state is not PairingState.WITHDRAWN:
        return None
    if withdrawn_by is None:
        return Fallen.NEED_CLOSED
    if withdrawn_by is proposed_by:
        return _WITHDREW[withdrawn_by]
    return _SAID_NO.get(withdrawn_by, Fallen.COORDINATOR_WITHDREW)


class CaseRole(StrEnum):
    """The role map of a case: who does what inside it."""

    OWNER = "owner"
    DECISION_MAKER = "decision_maker"
    PROCUREMENT_ADVISER = "procurement_adviser"
    DATA_PROTECTION = "data_protection"
    UNIT_CONTACT = "unit_contact"
    ENTREPRENEUR_CONTACT = "entrepreneur_contact"


class ApprovalPoint(StrEnum):
    """What the coordinator has to have made sure of before approving: each is ticked."""

    NEED_STILL_STANDS = "need_still_stands"
    PARTIES_KNOW = "parties_know"
    PROCUREMENT_CONSIDERED = "procurement_considered"
    OTHERS_TREATED_EQUALLY = "others_treated_equally"
    PRIVACY_CONSIDERED = "privacy_considered"


class PairingAwaited(StrEnum):
    """What an open pairing waits for: the next step in the words of the case page."""

    BOTH_YES = "both_yes"
    UNIT_YES = "unit_yes"
    ENTREPRENEUR_YES = "entrepreneur_yes"
    DECISION = "decision"
    UNIT_CHANGES = "unit_changes"
    ENTREPRENEUR_CHANGES = "entrepreneur_changes"
    COORDINATOR_CHANGES = "coordinator_changes"


class PairingTask(StrEnum):
    """What waits for somebody."""

    NEED_WITHOUT = "need_without_pairing"
    INTEREST = "interest_new"
    UNIT_YES = "pairing_unit_yes"
    ENTREPRENEUR_YES = "pairing_entrepreneur_yes"
    CHANGES = "pairing_changes"
    DECISION = "pairing_decision"
    ADVISER = "pairing_adviser"


class DeclineReason(StrEnum):
    CAPACITY = "capacity"
    NOT_PRIORITY = "not_priority"
    WEAK_EVIDENCE = "weak_evidence"
    PROCUREMENT_RISK = "procurement_risk"
    CONFLICT_OF_INTEREST = "conflict_of_interest"
    BETTER_ALTERNATIVE = "better_alternative"
    OTHER = "other"


class PairingEvent(StrEnum):
    PROPOSED = "pairing.proposed"
    UNIT_ACCEPTED = "pairing.unit_accepted"
    ENTREPRENEUR_ACCEPTED = "pairing.entrepreneur_accepted"
    CHANGES_ASKED = "pairing.changes_asked"
    PROPOSED_AGAIN = "pairing.proposed_again"
    ROLE_ASSIGNED = "pairing.role_assigned"
    CONFLICT_DECLARED = "pairing.conflict_declared"
    APPROVED = "pairing.approved"
    DECLINED = "pairing.declined"
    WITHDRAWN = "pairing.withdrawn"
    DEPUTY_ASSIGNED = "pairing.deputy_assigned"
    DEPUTY_REMOVED = "pairing.deputy_removed"
    PERSON_REPLACED = "pairing.person_replaced"
    PROGRAMME_CHOSEN = "pairing.programme_chosen"
    PROGRAMME_LEFT = "pairing.programme_left"
    CLOSED = "pairing.closed"


class PairingTopic(StrEnum):
    """What people are told."""

    PROPOSED = "pairing.proposed"
    PROPOSED_ALREADY_YES = "pairing.proposed_already_yes"
    PROPOSED_IN_POOL = "pairing.proposed_in_pool"
    ACCEPTED = "pairing.accepted"
    CHANGES_ASKED = "pairing.changes_asked"
    PROPOSED_AGAIN = "pairing.proposed_again"
    PROPOSED_AGAIN_ALREADY_YES = "pairing.proposed_again_already_yes"
    APPROVED = "pairing.approved"
    DECLINED = "pairing.declined"
    WITHDRAWN = "pairing.withdrawn"
    ROLE_ASSIGNED = "pairing.role_assigned"
    ROLE_LOST = "pairing.role_lost"
    DEPUTY_ASSIGNED = "pairing.deputy_assigned"
    DEPUTY_REMOVED = "pairing.deputy_removed"
    TOOK_OVER = "pairing.took_over"
    PERSON_REPLACED = "pairing.person_replaced"
    PROGRAMME_CHOSEN = "pairing.programme_chosen"
    PROGRAMME_LEFT = "pairing.programme_left"
    CLOSED = "pairing.closed"


class PairingRefusal(StrEnum):
    UNIT_ENTREPRENEUR_OR_COORDINATOR = "unit_entrepreneur_or_coordinator"
    PARTIES_ONLY = "parties_only"
    PROPOSER_ONLY = "proposer_only"
    OTHER_PARTY_OR_COORDINATOR = "other_party_or_coordinator"
    COORDINATORS_ONLY = "coordinators_only"
    OWN_PROPOSAL = "own_proposal"
    SPOKE_FOR_A_SIDE = "spoke_for_a_side"
    CONFLICT_DECLARED = "conflict_declared"
    NO_CONFLICT_UNDECLARED = "no_conflict_undeclared"
    NEED_NOT_PUBLISHED = "need_not_published"
    CONCEPT_NOT_PUBLISHED = "concept_not_published"
    INTEREST_MISSING = "interest_missing"
    ALREADY_OPEN = "already_open"
    DECLINED_BEFORE = "declined_before"
    ALREADY_ACCEPTED = "already_accepted"
    UNIT_AT_CAPACITY = "unit_at_capacity"
    JOINED_UNIT_AT_CAPACITY = "joined_unit_at_capacity"
    CONCEPT_AT_CAPACITY = "concept_at_capacity"
    ROLE_EMPTY = "role_empty"
    ROLE_DOES_NOT_FIT = "role_does_not_fit"
    ROLE_WITHOUT_HOLDER = "role_without_holder"
    OWN_DEPUTY = "own_deputy"
    DEPUTY_MISSING = "deputy_missing"
    NOTHING_TO_REPLACE = "nothing_to_replace"
    SUCCESSOR_MISSING = "successor_missing"
    SUCCESSOR_DOES_NOT_FIT = "successor_does_not_fit"
    CHECKLIST_INCOMPLETE = "checklist_incomplete"
    DECLINE_REASON_MISSING = "decline_reason_missing"
    TEXT_MISSING = "text_missing"
    MOTIVATION_UNCHANGED = "motivation_unchanged"
    ROLE_NOT_YOURS = "role_not_yours"
    CASE_OVER = "case_over"
    NOT_APPROVED = "not_approved"
    PROGRAMME_DOES_NOT_FIT = "programme_does_not_fit"
    CASE_FELL = "case_fell"
