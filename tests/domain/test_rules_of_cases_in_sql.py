"""The same of rules about rows and what belongs to them, and of those that have two forms."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.core.db import Base
from marketplace.core.rules import of
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.lessons.awaited import may_be_closed
from marketplace.lessons.case_facts import CaseFacts
from marketplace.lessons.closing import missing_for_closing
from marketplace.lessons.models import Lesson
from marketplace.pairings import awaited as pairings
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.states import PARTIES, CaseRole, PairingState, Side
from marketplace.pilots import awaited as pilots
from marketplace.pilots.models import Checkpoint, CheckpointReport, Pilot
from marketplace.pilots.states import Ending, PilotState, StopReason
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import ProcurementState
from tests.domain.made_up_rows import ME, Rows, combinations, moments, part

# ---------------------------------------------------------------- rules of rows and what is theirs


def test_a_side_that_has_not_reported(rows: Rows) -> None:
    """The reminders and the list of what waits ask each side; so does the calendar."""
    rows.hide(Pairing, Pilot, Checkpoint, CheckpointReport)
    made_up = combinations(
        pairing_state=list(PairingState),
        pilot_state=list(PilotState),
        dropped_at=moments(),
        sides=[(), (Side.UNIT,), (Side.ENTREPRENEUR,), PARTIES],
    )
    rows.add(Pairing, [part(row, "pairing_") for row in made_up])
    rows.add(Pilot, [part(row, "pilot_") for row in made_up])
    rows.add(Checkpoint, [{"id": r["id"], "dropped_at": r["dropped_at"]} for r in made_up])
    reports = [(row["id"], side) for row in made_up for side in row["sides"]]
    rows.add(
        CheckpointReport,
        [{"id": n, "checkpoint_id": of_, "side": side} for n, (of_, side) in enumerate(reports)],
    )
    models = (Pairing, Pilot, Checkpoint)
    for side in PARTIES:
        holds = {
            row["id"]
            for row in made_up
            if pilots.awaits_report(
                Pairing(state=row["pairing_state"]),
                Pilot(state=row["pilot_state"]),
                Checkpoint(
                    dropped_at=row["dropped_at"],
                    reports=[CheckpointReport(side=said) for said in row["sides"]],
                ),
                side,
            )
        }
        rule = pilots.awaits_report(of(Pairing), of(Pilot), of(Checkpoint), side)
        assert rows.found(*models, rule=rule) == holds
        assert len(holds) == 2, "it goes on, and the side is silent"


def test_who_has_a_part_in_a_pairing(rows: Rows) -> None:
    rows.hide(Pairing, ConflictDeclaration)
    people = [ME, ME + 1]
    made_up = combinations(
        proposed_by_id=people,
        unit_accepted_by_id=[None, *people],
        entrepreneur_accepted_by_id=[None, *people],
        declared=[(), (ME,), (ME + 1,), tuple(people)],
    )
    own = [{k: v for k, v in row.items() if k != "declared"} for row in made_up]
    rows.add(Pairing, own)
    declared = [(row["id"], person) for row in made_up for person in row["declared"]]
    rows.add(
        ConflictDeclaration,
        [{"id": n, "pairing_id": of_, "person_id": who} for n, (of_, who) in enumerate(declared)],
    )
    for rule in (pairings.proposed, pairings.said_yes, pairings.has_a_part):
        holds = {
            row["id"]
            for row, values in zip(made_up, own, strict=True)
            if rule(ME, Pairing(**values, conflicts=conflicts_of(row["declared"])))
        }
        assert rows.found(Pairing, rule=rule(ME, of(Pairing))) == holds
        nobody = rule(None, Pairing(**own[0], conflicts=[]))
        assert not nobody, "whoever has not signed in is not the nobody of an empty column"


def test_a_role_that_nobody_fills(rows: Rows) -> None:
    """`lacks` for many cases, `empty_roles` for one."""
    rows.hide(Pairing, CaseRoleHolder, Person)
    role = CaseRole.PROCUREMENT_ADVISER
    people = {1: True, 2: False}  # by their numbers, whether they are here
    rows.add(Person, [{"id": number, "active": here} for number, here in people.items()])
    made_up = combinations(person_id=[1, 2], deputy_id=[None, 1, 2], role=[role, CaseRole.OWNER])
    rows.add(Pairing, [{"id": row["id"]} for row in made_up])
    rows.add(CaseRoleHolder, [{**row, "pairing_id": row["id"]} for row in made_up])
    everybody = {number: Person(id=number, active=here) for number, here in people.items()}
    lacking = set()
    for row in made_up:
        person, deputy = everybody[row["person_id"]], everybody.get(row["deputy_id"])
        holder = CaseRoleHolder(role=row["role"], person=person, deputy=deputy)
        if role_map.empty_roles(Pairing(roles=[holder]), {role}):
            lacking.add(row["id"])
    found = rows.session.scalars(select(Pairing.id).where(pairings.lacks(role, Pairing.id)))
    assert set(found) == lacking
    assert 0 < len(lacking) < len(made_up)


def conflicts_of(people: Iterable[int]) -> list[ConflictDeclaration]:
    return [ConflictDeclaration(person_id=person) for person in people]


# ---------------------------------------------------------------- when a case may be closed

DECIDED: list[tuple[DecisionState, ...]] = [
    (),
    (DecisionState.AWAITED,),
    (DecisionState.BUY,),
    (DecisionState.STOP,),
    (DecisionState.EXTEND,),
    (DecisionState.EXTEND, DecisionState.AWAITED),
    (DecisionState.EXTEND, DecisionState.BUY),
    (DecisionState.EXTEND, DecisionState.STOP),
]
ENDS: list[tuple[PilotState, Ending | None]] = [
    (PilotState.PLANNED, None),
    (PilotState.RUNNING, None),
    (PilotState.ENDED, Ending.COMPLETED),
    (PilotState.ENDED, Ending.STOPPED),
]
REASONS = [(), ("unit",), ("entrepreneur",), ("unit", "entrepreneur")]


def test_a_case_may_be_closed_in_sql_when_nothing_stands_in_its_way(rows: Rows) -> None:
    """`may_be_closed` for many cases, `missing_for_closing` for one, which also says what is."""
    rows.hide(Pairing, Pilot, Decision, Procurement, Lesson)
    made_up = combinations(
        test=[None, *product(ENDS, REASONS)],
        decided=DECIDED,
        procurement=[None, *ProcurementState],
        written=[(), (Side.UNIT,), (Side.ENTREPRENEUR,), PARTIES],
    )
    facts = {row["id"]: facts_of(row) for row in made_up}
    rows.add(Pairing, [{"id": number} for number in facts])
    parts: dict[type[Base], list[Base]] = {Pilot: [], Decision: [], Procurement: [], Lesson: []}
    for number, each in facts.items():
        for row in (each.pilot, *each.decisions, each.procurement, *each.lessons.values()):
            if row is not None:
                row.pairing_id = number
                parts[type(row)].append(row)
    for model, belonging in parts.items():
        columns = model.__table__.c.keys()
        named = [{c: getattr(r, c) for c in columns if c in vars(r)} for r in belonging]
        for row_values in groups(named):
            rows.add(model, row_values)
    found = set(rows.session.scalars(select(Pairing.id).where(may_be_closed())))
    assert found == {number for number, each in facts.items() if not missing_for_closing(each)}
    assert 0 < len(found) < len(facts)


def groups(named: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Rows that name the same columns are inserted together."""
    by_columns: dict[frozenset[str], list[dict[str, Any]]] = {}
    for number, row in enumerate(named, 1):
        by_columns.setdefault(frozenset(row), []).append({**row, "id": number})
    return by_columns.values()


def facts_of(row: Mapping[str, Any]) -> CaseFacts:
    return CaseFacts(
        pilot=pilot_of(*row["test"]) if row["test"] else None,
        decisions=tuple(Decision(state=s, number=n) for n, s in enumerate(row["decided"], 1)),
        procurement=Procurement(state=row["procurement"]) if row["procurement"] else None,
        lessons={side: Lesson(side=side) for side in row["written"]},
    )


def pilot_of(end: tuple[PilotState, Ending | None], said: Sequence[str]) -> Pilot:
    state, ending = end
    reasons = {f"{side}_stop_reason": StopReason.OTHER for side in said}
    return Pilot(state=state, ending=ending, **reasons)
