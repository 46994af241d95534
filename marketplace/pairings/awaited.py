"""What pairings wait for, and since when: of one pairing, or in SQL (`core.rules`)."""

from datetime import datetime

from marketplace.core.rules import later, missing
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PARTIES, Awaited, PairingState, Side


def is_approved(pairing: Pairing) -> bool:
    """From the approval until the case is closed: while agreement, test and purchase go on."""
    return pairing.state == PairingState.APPROVED


def lacks_yes(pairing: Pairing, side: Side) -> bool:
    of_unit = side is Side.UNIT
    return missing(pairing.unit_accepted_at if of_unit else pairing.entrepreneur_accepted_at)


def awaits_yes(pairing: Pairing, side: Side) -> bool:
    return (pairing.state == PairingState.PROPOSED) & lacks_yes(pairing, side)


def awaits_changes(pairing: Pairing) -> bool:
    return pairing.state == PairingState.NEEDS_CHANGES


def awaits_decision(pairing: Pairing) -> bool:
    return pairing.state == PairingState.ACCEPTED


def last_yes(pairing: Pairing) -> datetime:
    """Of a pairing to which both have said yes."""
    latest: datetime = later(pairing.unit_accepted_at, pairing.entrepreneur_accepted_at)
    return latest


def may_be_taken_up(interest: Interest, need: Need) -> bool:
    """A standing answer to a need that is open: it waits until a pairing takes it up."""
    registered = interest.state == InterestState.REGISTERED
    return registered & (need.state == NeedState.PUBLISHED)


# ---------------------------------------------------------------- in the words of its own page

_CHANGES = {
    Side.UNIT: Awaited.UNIT_CHANGES,
    Side.ENTREPRENEUR: Awaited.ENTREPRENEUR_CHANGES,
    Side.COORDINATOR: Awaited.COORDINATOR_CHANGES,
}
_YES = {
    (Side.UNIT,): Awaited.UNIT_YES,
    (Side.ENTREPRENEUR,): Awaited.ENTREPRENEUR_YES,
    PARTIES: Awaited.BOTH_YES,
}


def awaited(pairing: Pairing) -> Awaited | None:
    """The next step of an undecided pairing; None where the case is decided or withdrawn."""
    if silent := tuple(side for side in PARTIES if awaits_yes(pairing, side)):
        return _YES[silent]
    if awaits_changes(pairing):
        return _CHANGES[pairing.proposed_by_side]
    return Awaited.DECISION if awaits_decision(pairing) else None


def waiting_since(pairing: Pairing) -> datetime:
    if awaits_changes(pairing) and pairing.changes_asked_at:
        return pairing.changes_asked_at
    return last_yes(pairing) if awaits_decision(pairing) else pairing.proposed_at
