"""Reading what waits: for one person, and for a whole municipality.

The statements are put together once for each kind of person (`parties.Holdings`) and day: that,
and the key under which SQLAlchemy keeps what it has compiled, took longer than asking them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Unit
from marketplace.concepts.models import Concept
from marketplace.core.actor import Actor, Role
from marketplace.core.awaited import AWAITED, Awaited, Party
from marketplace.core.clock import today
from marketplace.core.paging import MOST_PAGES, PAGE_SIZE, Page
from marketplace.dashboards.parties import (
    Holdings,
    acts,
    advises,
    both,
    either,
    follows,
    holdings_of,
    is_nobodys,
    values_of,
    within,
)
from marketplace.needs.models import Need
from marketplace.needs.states import REVIEWED, NeedState
from marketplace.pairings.awaited import lacks
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole, PairingState, PairingTask

Kinds = tuple[Awaited, ...]
EXPORT_LIMIT = 10_000
NARROW = ("kind", "subject_id", "waits_for", "since", "need_id", "concept_id", "unit_id",
          "entrepreneur_id")  # fmt: skip
"""What is put in order: a page of it is read whole."""


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits. `acts`: it is this person who can do something about it.

    `adviser_missing`: both sides have said yes, but nobody is chosen to advise on procurement.
    """

    kind: StrEnum
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
    kind: StrEnum | None = None
    unit_id: int | None = None


class Pile(StrEnum):
    """Why somebody is shown a thing that waits."""

    MINE = "mine"
    OTHERS = "others"
    ADVISED = "advised"
    QUEUED = "queued"


Piles = dict[Pile, Page[WorkItem]]

# ---------------------------------------------------------------- lists


def queued_kinds() -> list[StrEnum]:
    return [each.kind for each in AWAITED if each.queued]


def list_my_work(session: Session, actor: Actor, page: int = 1, others: int = 1) -> Piles:
    """What this person can act on, may want to follow, and advises on; each oldest first.

    Nothing waits for the adviser in the open cases they advise on: only the first page of them.
    """
    pages = {Pile.MINE: page, Pile.OTHERS: others, Pile.ADVISED: 1}
    statement = _my_work(tuple(AWAITED), holdings_of(actor), today())
    return _paged(session, statement, values_of(actor), pages)


def list_queue(session: Session, actor: Actor, wanted: QueueFilter, page: int) -> Page[WorkItem]:
    """Everything that waits in the coordinator's municipalities, whoever it waits for."""
    statement, values = _queue_of(actor, wanted)
    return _paged(session, statement, values, {Pile.QUEUED: page})[Pile.QUEUED]


def list_whole_queue(session: Session, actor: Actor, wanted: QueueFilter) -> Sequence[WorkItem]:
    """The queue without pages, for a file."""
    statement, values = _queue_of(actor, wanted)
    pages = {Pile.QUEUED: 1}
    return _paged(session, statement, values, pages, EXPORT_LIMIT)[Pile.QUEUED].rows


def list_queue_units(session: Session, actor: Actor) -> Sequence[Unit]:
    coordinated = sorted(actor.organisation_ids(Role.COORDINATOR))
    statement = select(Unit).where(Unit.organisation_id.in_(coordinated))
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


# ---------------------------------------------------------------- statements, kept


@lru_cache(maxsize=64)
def _my_work(awaited: Kinds, held: Holdings, _day: date) -> Select[Any] | None:
    found = []
    for each in awaited:
        statement = _with_kind(each)
        whose = (each, statement.selected_columns, held)
        mine, others, advised = acts(*whose), follows(*whose), advises(*whose)
        seen = either(mine, others, advised)
        if not is_nobodys(seen):
            found.append(_in_pile(statement.where(seen), _pile(mine, others)))
    return _places(found)


def _pile(mine: ColumnElement[bool], others: ColumnElement[bool]) -> ColumnElement[str]:
    """Said without a question where a kind can only be in one."""
    conditions = ((mine, Pile.MINE), (others, Pile.OTHERS))
    possible = [(each, pile) for each, pile in conditions if not is_nobodys(each)]
    if len(possible) == 1:
        return literal(possible[0][1], String)
    return case(*possible, else_=Pile.ADVISED) if possible else literal(Pile.ADVISED, String)


def _queue_of(actor: Actor, wanted: QueueFilter) -> tuple[Select[Any] | None, dict[str, Any]]:
    held, of_unit = holdings_of(actor), wanted.unit_id is not None
    kinds = tuple(each for each in AWAITED if each.queued and wanted.kind in (None, each.kind))
    statement = _queue(kinds, held, of_unit, today())
    return statement, {**values_of(actor), "unit": wanted.unit_id}


@lru_cache(maxsize=64)
def _queue(awaited: Kinds, held: Holdings, of_unit: bool, _day: date) -> Select[Any] | None:
    found = []
    for each in awaited:
        statement = _with_kind(each)
        columns = statement.selected_columns
        seen = within(columns.municipality_id, "coordinated", held)
        if of_unit:
            seen = both(seen, columns.unit_id == bindparam("unit", type_=Integer))
        pile = literal(Pile.QUEUED, String)
        found.append(_in_pile(statement.where(seen), pile, acts(each, columns, held)))
    return _places(found)


def _with_kind(each: Awaited) -> Select[Any]:
    """A row for each thing of the kind that waits today, and for whom it does."""
    party = each.waits_for
    waits_for = literal(str(party), String) if isinstance(party, Party) else party()
    kind = literal(str(each.kind), String)
    return each.find().add_columns(kind.label("kind"), waits_for.label("waits_for"))


def _in_pile(each: Select[Any], pile: Any, *mine: ColumnElement[bool]) -> Select[Any]:
    columns = each.selected_columns
    kept = (columns[name] for name in NARROW)
    labelled = (condition.label("acts") for condition in mine)
    told = type_coerce(pile, String).label("pile")
    return each.with_only_columns(*kept, told, *labelled, maintain_column_froms=True)


def _places(found: Sequence[Select[Any]]) -> Select[Any] | None:
    """The rows of each pile from one place to another, oldest first, and how many there are.

    The first is always among them, to tell the number where a page beyond the last is asked for.
    """
    if not found:
        return None
    work = union_all(*found).subquery("work")
    oldest = (work.c.since, work.c.kind, work.c.subject_id)
    place = func.row_number().over(partition_by=work.c.pile, order_by=oldest)
    total = func.count().over(partition_by=work.c.pile)
    placed = select(work, place.label("place"), total.label("total")).subquery("placed")
    within_page = (
        and_(placed.c.pile == pile, placed.c.place.between(*_edges(pile))) for pile in Pile
    )
    shown = select(placed).where(or_(placed.c.place == 1, *within_page)).subquery("shown")
    return _told(shown).order_by(shown.c.place)


def _told(shown: Subquery) -> Select[Any]:
    """With what is read of each: a need and a concept, or what an owner has."""
    of_need = shown.c.need_id.is_not(None)
    language, other_language = (type_coerce(t.language, String) for t in (Need, Concept))
    acts = () if "acts" in shown.c else ((shown.c.pile == Pile.MINE).label("acts"),)
    return (
        select(
            shown,
            func.coalesce(Need.title, Concept.title, Organisation.name).label("title"),
            func.coalesce(language, other_language).label("language"),
            case((of_need, Concept.title)).label("other_title"),
            case((of_need, other_language)).label("other_language"),
            Unit.name.label("unit_name"),
            _adviser_missing(shown).label("adviser_missing"),
            *acts,
        )
        .outerjoin_from(shown, Need, Need.id == shown.c.need_id)
        .outerjoin(Concept, Concept.id == shown.c.concept_id)
        .outerjoin(Unit, Unit.id == shown.c.unit_id)
        .outerjoin(Organisation, Organisation.id == shown.c.entrepreneur_id)
    )


def _edges(pile: Pile) -> tuple[BindParameter[int], BindParameter[int]]:
    return bindparam(f"{pile}_from", type_=Integer), bindparam(f"{pile}_to", type_=Integer)


def _adviser_missing(work: Subquery) -> ColumnElement[bool]:
    nobody = lacks(CaseRole.PROCUREMENT_ADVISER, work.c.subject_id)
    return and_(work.c.kind == str(PairingTask.DECISION), nobody)


# ---------------------------------------------------------------- pages of them


def _paged(
    session: Session,
    statement: Select[Any] | None,
    values: dict[str, Any],
    numbers: Mapping[Pile, int],
    size: int = PAGE_SIZE,
) -> Piles:
    rows = _rows(session, statement, values, numbers, size)
    totals = {Pile(row.pile): row.total for row in rows}
    last = {pile: max(1, -(-totals.get(pile, 0) // size)) for pile in numbers}
    if any(number > last[pile] for pile, number in numbers.items()):
        numbers = {pile: min(number, last[pile]) for pile, number in numbers.items()}
        rows = _rows(session, statement, values, numbers, size)
    return {pile: _page(rows, pile, number, size) for pile, number in numbers.items()}


def _rows(
    session: Session,
    statement: Select[Any] | None,
    values: dict[str, Any],
    numbers: Mapping[Pile, int],
    size: int,
) -> Sequence[Any]:
    if statement is None:
        return ()
    edges: dict[str, int] = {}
    for pile in Pile:
        number = min(max(1, numbers.get(pile, 1)), MOST_PAGES)
        edges |= {f"{pile}_from": (number - 1) * size + 1, f"{pile}_to": number * size}
    return session.execute(statement, values | edges).all()


def _page(rows: Sequence[Any], pile: Pile, number: int, size: int) -> Page[WorkItem]:
    number = max(1, number)
    own = [row for row in rows if row.pile == pile]
    kinds = {str(each.kind): each.kind for each in AWAITED}
    shown = [_item(row, kinds) for row in own if (number - 1) * size < row.place <= number * size]
    return Page(rows=shown, number=number, total=own[0].total if own else 0, size=size)


def _item(row: Any, kinds: Mapping[str, StrEnum]) -> WorkItem:
    values = row._asdict()
    kind, waits_for = kinds[values["kind"]], Party(values["waits_for"])
    chosen = {field.name: values[field.name] for field in fields(WorkItem)}
    return WorkItem(**chosen | {"kind": kind, "waits_for": waits_for})


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
