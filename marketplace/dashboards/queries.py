"""Reading what waits: for one person, and for a whole municipality."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    exists,
    false,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, Unit
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.paging import PAGE_SIZE, Page
from marketplace.dashboards.states import QUEUE, Party, Work
from marketplace.dashboards.work import everything_that_waits
from marketplace.needs.models import Need
from marketplace.needs.states import REVIEWED, NeedState
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.states import CaseRole, PairingState

EXPORT_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits. `acts`: it is this person who can do something about it.

    `adviser_missing`: both sides have said yes, but nobody is chosen to advise on procurement.
    """

    kind: Work
    subject_id: int
    title: str
    language: str | None
    other_title: str | None
    other_language: str | None
    unit_name: str | None
    waits_for: Party
    since: datetime
    acts: bool
    adviser_missing: bool = False


@dataclass(frozen=True, slots=True)
class QueueFilter:
    kind: Work | None = None
    unit_id: int | None = None


# ---------------------------------------------------------------- lists


def list_my_work(session: Session, actor: Actor, page: int) -> Page[WorkItem]:
    """What this person can do something about, oldest first."""
    work = everything_that_waits()
    return _paged(session, actor, work, _acts(work, actor), page)


def list_in_other_hands(session: Session, actor: Actor, page: int) -> Page[WorkItem]:
    """What this person may want to follow, but others have to act on."""
    work = everything_that_waits()
    followed = and_(_follows(work, actor), ~_acts(work, actor))
    return _paged(session, actor, work, followed, page)


def list_advised(session: Session, actor: Actor) -> Page[WorkItem]:
    """The open cases this person advises on, the oldest of them; nothing waits for them there."""
    work = everything_that_waits()
    return _paged(session, actor, work, _advises(work, actor), 1)


def list_queue(session: Session, actor: Actor, wanted: QueueFilter, page: int) -> Page[WorkItem]:
    """Everything that waits in the coordinator's municipalities, whoever it waits for."""
    work = everything_that_waits()
    return _paged(session, actor, work, _queued(work, actor, wanted), page)


def list_whole_queue(session: Session, actor: Actor, wanted: QueueFilter) -> Sequence[WorkItem]:
    """The queue without pages, for a file."""
    work = everything_that_waits()
    found = select(work).where(_queued(work, actor, wanted)).order_by(*_oldest(work))
    return _items(session, actor, found.limit(EXPORT_LIMIT))


def list_queue_units(session: Session, actor: Actor) -> Sequence[Unit]:
    statement = select(Unit).where(Unit.organisation_id.in_(_coordinated(actor)))
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


def _queued(work: Subquery, actor: Actor, wanted: QueueFilter) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [
        work.c.municipality_id.in_(_coordinated(actor)),
        work.c.kind.in_([str(k) for k in QUEUE]),
    ]
    if wanted.kind is not None:
        conditions.append(work.c.kind == str(wanted.kind))
    if wanted.unit_id is not None:
        conditions.append(work.c.unit_id == wanted.unit_id)
    return and_(*conditions)


def _oldest(work: Subquery) -> tuple[ColumnElement[Any], ...]:
    return work.c.since, work.c.kind, work.c.subject_id


def _adviser_missing(work: Subquery) -> ColumnElement[bool]:
    chosen = exists().where(
        CaseRoleHolder.pairing_id == work.c.subject_id,
        CaseRoleHolder.role == CaseRole.PROCUREMENT_ADVISER,
        CaseRoleHolder.person_id == Person.id,
        Person.active,
    )
    return and_(work.c.kind == str(Work.PAIRING_DECISION), ~chosen)


def _paged(
    session: Session, actor: Actor, work: Subquery, wanted: ColumnElement[bool], number: int
) -> Page[WorkItem]:
    counted = select(func.count()).select_from(work).where(wanted)
    total = session.scalar(counted) or 0
    number = min(max(1, number), max(1, -(-total // PAGE_SIZE)))
    found = select(work).where(wanted).order_by(*_oldest(work))
    one_page = found.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    rows = _items(session, actor, one_page) if total else []
    return Page(rows=rows, number=number, total=total)


def _items(session: Session, actor: Actor, found: Select[Any]) -> list[WorkItem]:
    """What was found; only of that it is asked what the actor may do about it."""
    shown = found.subquery("shown")
    computed = {"acts": _acts(shown, actor), "adviser_missing": _adviser_missing(shown)}
    columns = [shown.c[f.name] for f in fields(WorkItem) if f.name not in computed]
    labelled = [column.label(name) for name, column in computed.items()]
    rows = session.execute(select(*columns, *labelled).order_by(*_oldest(shown)))
    return [_item(row) for row in rows]


def _item(row: Any) -> WorkItem:
    values = row._asdict()
    kind, waits_for = Work(values.pop("kind")), Party(values.pop("waits_for"))
    return WorkItem(kind=kind, waits_for=waits_for, **values)


# ---------------------------------------------------------------- whose it is


def _acts(work: Subquery, actor: Actor) -> ColumnElement[bool]:
    """Whether it waits for this very person."""
    units = sorted(actor.unit_ids(*UNIT_ROLES))
    own = work.c.person_id == actor.person_id
    theirs = {
        Party.AUTHOR: and_(own, work.c.unit_id.in_(units)),
        Party.UNIT: work.c.unit_id.in_(units),
        Party.UNIT_LEADER: work.c.unit_id.in_(sorted(actor.unit_ids(Role.UNIT_LEADER))),
        Party.ENTREPRENEUR: work.c.entrepreneur_id.in_(_owned(actor)),
        Party.COORDINATOR: and_(
            work.c.municipality_id.in_(_coordinated(actor)), _may_coordinate(work, actor)
        ),
        Party.DECISION_MAKER: _has_role(work, actor, CaseRole.DECISION_MAKER),
        Party.CASE_ADVISER: _has_role(work, actor, CaseRole.PROCUREMENT_ADVISER),
        Party.ADMINISTRATOR: true() if actor.holds(Role.ADMINISTRATOR) else false(),
    }
    return or_(*(and_(work.c.waits_for == str(p), mine) for p, mine in theirs.items()))


def _has_role(work: Subquery, actor: Actor, role: CaseRole) -> ColumnElement[bool]:
    """Whether the case's role is this person's, or they stand in for who has it."""
    return exists().where(
        CaseRoleHolder.pairing_id == work.c.subject_id,
        CaseRoleHolder.role == role,
        or_(
            CaseRoleHolder.person_id == actor.person_id,
            CaseRoleHolder.deputy_id == actor.person_id,
        ),
    )


def _advises(work: Subquery, actor: Actor) -> ColumnElement[bool]:
    own = work.c.person_id == actor.person_id
    within = work.c.municipality_id.in_(_advised(actor))
    return and_(work.c.kind == str(Work.PAIRING_ADVISER), own, within)


def _may_coordinate(work: Subquery, actor: Actor) -> ColumnElement[bool]:
    """Nobody publishes what they wrote or decides what they had a part in."""
    own = func.coalesce(work.c.person_id == actor.person_id, false())
    partial = or_(
        exists().where(
            Pairing.id == work.c.subject_id,
            or_(
                Pairing.unit_accepted_by_id == actor.person_id,
                Pairing.entrepreneur_accepted_by_id == actor.person_id,
            ),
        ),
        exists().where(
            ConflictDeclaration.pairing_id == work.c.subject_id,
            ConflictDeclaration.person_id == actor.person_id,
        ),
    )
    return or_(
        and_(work.c.kind == str(Work.NEED_REVIEW), ~own),
        and_(work.c.kind == str(Work.PAIRING_DECISION), ~own, ~partial),
        and_(work.c.kind == str(Work.PAIRING_CHANGES), own),
    )


def _follows(work: Subquery, actor: Actor) -> ColumnElement[bool]:
    """What a person is shown though others have to act on it."""
    coordinates = work.c.municipality_id.in_(_coordinated(actor))
    owned = work.c.entrepreneur_id.in_(_owned(actor))
    registered = actor.organisation_ids(Role.ENTREPRENEUR, Role.PARTNER)
    followed: dict[Work, ColumnElement[bool]] = {
        Work.NEED_REVIEW: coordinates,
        Work.NEED_WITHOUT_PAIRING: coordinates,
        Work.PAIRING_DECISION: or_(coordinates, owned),
        Work.INTEREST_NEW: owned,
        Work.AGREEMENT_UNIT_SIGNATURE: owned,
        Work.DECISION: or_(owned, work.c.municipality_id.in_(_led(actor))),
        Work.PROCUREMENT_ROUTE: owned,
        Work.PROCUREMENT_STEP: owned,
        Work.ORGANISATION_PENDING: work.c.entrepreneur_id.in_(sorted(registered)),
    }
    return or_(*(and_(work.c.kind == str(kind), sees) for kind, sees in followed.items()))


def _coordinated(actor: Actor) -> list[int]:
    return sorted(actor.organisation_ids(Role.COORDINATOR))


def _owned(actor: Actor) -> list[int]:
    return sorted(actor.organisation_ids(Role.ENTREPRENEUR))


def _advised(actor: Actor) -> list[int]:
    return sorted(actor.organisation_ids(Role.PROCUREMENT_ADVISER))


# ---------------------------------------------------------------- counts for the leadership


def count_needs(session: Session, actor: Actor) -> dict[NeedState, int]:
    """How many needs of the leader's municipality stand where; drafts are the units' own."""
    statement = (
        select(Need.state, func.count(Need.id))
        .join(Need.unit)
        .where(Unit.organisation_id.in_(_led(actor)), Need.state.in_(REVIEWED))
    )
    found = dict(session.execute(statement.group_by(Need.state)).all())
    return {state: found.get(state, 0) for state in NeedState if state in REVIEWED}


def count_pairings(session: Session, actor: Actor) -> dict[PairingState, int]:
    statement = (
        select(Pairing.state, func.count(Pairing.id))
        .join(Pairing.need)
        .join(Need.unit)
        .where(Unit.organisation_id.in_(_led(actor)))
    )
    found = dict(session.execute(statement.group_by(Pairing.state)).all())
    return {state: found.get(state, 0) for state in PairingState}


def _led(actor: Actor) -> list[int]:
    return sorted(actor.organisation_ids(Role.LEADERSHIP))
