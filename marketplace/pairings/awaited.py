"""What pairings wait for, and since when: of one pairing, or in SQL (`core.rules`)."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, select

from marketplace.accounts.models import Person, Unit
from marketplace.concepts.models import Concept
from marketplace.core.awaited import NOBODY, PERSON, Awaited, Follower, Party, start_of_day
from marketplace.core.rules import in_sql, later, missing, of, one_of, opposite, same, some
from marketplace.interests.awaited import stands
from marketplace.interests.models import Interest
from marketplace.needs.awaited import columns_of_need, of_needs, stands_after_its_deadline
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.states import (
    OPEN,
    PARTIES,
    TESTED,
    CaseRole,
    PairingAwaited,
    PairingState,
    PairingTask,
    Side,
)


def is_approved(pairing: Pairing) -> bool:
    """From the approval until the case is closed: while agreement, test and purchase go on."""
    return pairing.state == PairingState.APPROVED


def was_approved(pairing: Pairing) -> bool:
    """From the approval on, also when the case is closed: there is, or was, something to test."""
    return one_of(pairing.state, TESTED)


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


def proposed(person: object, pairing: Pairing) -> bool:
    return same(pairing.proposed_by_id, person)


def said_yes(person: object, pairing: Pairing) -> bool:
    of_unit = same(pairing.unit_accepted_by_id, person)
    return of_unit | same(pairing.entrepreneur_accepted_by_id, person)


def declared_conflict(person: object, pairing: Pairing) -> bool:
    declared = ConflictDeclaration
    return some(pairing.conflicts, declared, lambda conflict: same(conflict.person_id, person))


def has_a_part(person: object, pairing: Pairing) -> bool:
    """Nobody decides what they proposed or said yes to, nor where they declared a conflict."""
    part = proposed(person, pairing) | said_yes(person, pairing)
    return part | declared_conflict(person, pairing)


def may_be_taken_up(interest: Interest, need: Need) -> bool:
    """A standing answer to a need that is open: it waits until a pairing takes it up."""
    return stands(interest) & (need.state == NeedState.PUBLISHED)


# ---------------------------------------------------------------- in the words of its own page

_CHANGES = {
    Side.UNIT: PairingAwaited.UNIT_CHANGES,
    Side.ENTREPRENEUR: PairingAwaited.ENTREPRENEUR_CHANGES,
    Side.COORDINATOR: PairingAwaited.COORDINATOR_CHANGES,
}
_YES = {
    (Side.UNIT,): PairingAwaited.UNIT_YES,
    (Side.ENTREPRENEUR,): PairingAwaited.ENTREPRENEUR_YES,
    PARTIES: PairingAwaited.BOTH_YES,
}


def awaited(pairing: Pairing) -> PairingAwaited | None:
    """The next step of an undecided pairing; None where the case is decided or withdrawn."""
    if silent := tuple(side for side in PARTIES if awaits_yes(pairing, side)):
        return _YES[silent]
    if awaits_changes(pairing):
        return _CHANGES[pairing.proposed_by_side]
    return PairingAwaited.DECISION if awaits_decision(pairing) else None


def waiting_since(pairing: Pairing) -> datetime:
    if awaits_changes(pairing) and pairing.changes_asked_at:
        return pairing.changes_asked_at
    return last_yes(pairing) if awaits_decision(pairing) else pairing.proposed_at


# ---------------------------------------------------------------- what waits for whom


def of_pairings(since: Any, person: Any = NOBODY) -> Select[Any]:
    about = {"concept": Concept.id, "entrepreneur": Concept.organisation_id}
    return (
        select(*columns_of_need(Pairing.id, since, person, **about))
        .select_from(Pairing)
        .join(Need, Need.id == Pairing.need_id)
        .join(Unit, Unit.id == Need.unit_id)
        .join(Concept, Concept.id == Pairing.concept_id)
    )


def of_approved_pairings(since: Any, person: Any = NOBODY) -> Select[Any]:
    """Cases that are tested, decided on and bought: their pages are those of the pairing."""
    return of_pairings(since, person).where(in_sql(is_approved(of(Pairing))))


def holder_of(role: CaseRole) -> Any:
    """Who has a role in the pairing, as a column."""
    held = CaseRoleHolder.pairing_id == Pairing.id, CaseRoleHolder.role == role
    return select(CaseRoleHolder.person_id).where(*held).correlate(Pairing).scalar_subquery()


def lacks(role: CaseRole, pairing_id: Any) -> ColumnElement[bool]:
    """Nobody with an account in use has the role, nor stands in: as `role_map.empty_roles` says."""
    return ~exists().where(
        CaseRoleHolder.pairing_id == pairing_id,
        CaseRoleHolder.role == role,
        Person.id.in_([CaseRoleHolder.person_id, CaseRoleHolder.deputy_id]),
        Person.active,
    )


def _need_without() -> Select[Any]:
    paired = exists().where(Pairing.need_id == Need.id, in_sql(one_of(Pairing.state, OPEN)))
    without = in_sql(stands_after_its_deadline(of(Need))), ~paired
    return of_needs(start_of_day(Need.interests_close_on)).where(*without)


def _interest() -> Select[Any]:
    taken_up = exists().where(
        Pairing.need_id == Interest.need_id, Pairing.concept_id == Interest.concept_id
    )
    about = {"concept": Concept.id, "entrepreneur": Concept.organisation_id}
    return (
        select(*columns_of_need(Interest.id, Interest.registered_at, **about))
        .join_from(Interest, Need)
        .join(Unit)
        .join(Concept, Concept.id == Interest.concept_id)
        .where(in_sql(may_be_taken_up(of(Interest), of(Need))), ~taken_up)
    )


def _yes(side: Side) -> Select[Any]:
    silent = in_sql(awaits_yes(of(Pairing), side))
    return of_pairings(Pairing.proposed_at, Pairing.proposed_by_id).where(silent)


def _changes() -> Select[Any]:
    asked = in_sql(awaits_changes(of(Pairing)))
    return of_pairings(Pairing.changes_asked_at, Pairing.proposed_by_id).where(asked)


def _decision() -> Select[Any]:
    ready = in_sql(awaits_decision(of(Pairing)))
    return of_pairings(last_yes(of(Pairing)), Pairing.proposed_by_id).where(ready)


def _advised() -> Select[Any]:
    """Nothing waits for the adviser in an open case; it is there to be read."""
    role = CaseRoleHolder.role == CaseRole.PROCUREMENT_ADVISER
    return (
        of_pairings(CaseRoleHolder.since, CaseRoleHolder.person_id)
        .join(CaseRoleHolder, CaseRoleHolder.pairing_id == Pairing.id)
        .where(role, in_sql(one_of(Pairing.state, OPEN)))
    )


def _proposing_party() -> ColumnElement[str]:
    parties = {Side.UNIT: Party.UNIT, Side.ENTREPRENEUR: Party.ENTREPRENEUR}
    whens = [(Pairing.proposed_by_side == side, str(party)) for side, party in parties.items()]
    return case(*whens, else_=str(Party.COORDINATOR))


def _who_proposed() -> ColumnElement[bool]:
    return in_sql(proposed(PERSON, of(Pairing)))


def _who_has_no_part() -> ColumnElement[bool]:
    return in_sql(opposite(has_a_part(PERSON, of(Pairing))))


AWAITED = (
    Awaited(
        PairingTask.NEED_WITHOUT,
        Party.UNIT,
        _need_without,
        followed_by=frozenset({Follower.COORDINATORS}),
    ),
    Awaited(
        PairingTask.INTEREST,
        Party.UNIT,
        _interest,
        followed_by=frozenset({Follower.ENTREPRENEUR}),
    ),
    Awaited(PairingTask.UNIT_YES, Party.UNIT, partial(_yes, Side.UNIT)),
    Awaited(PairingTask.ENTREPRENEUR_YES, Party.ENTREPRENEUR, partial(_yes, Side.ENTREPRENEUR)),
    Awaited(PairingTask.CHANGES, _proposing_party, _changes, coordinator_may=_who_proposed),
    Awaited(
        PairingTask.DECISION,
        Party.COORDINATOR,
        _decision,
        followed_by=frozenset({Follower.COORDINATORS, Follower.ENTREPRENEUR}),
        coordinator_may=_who_has_no_part,
    ),
    Awaited(PairingTask.ADVISER, Party.ADVISER, _advised, queued=False),
)
