"""A rule finds in SQL the very rows of which it says yes, on each engine.

The rows are made up: every combination of states and days, also those that no case can come to.
So they stand in tables without constraints, which hide the real ones until the end of the test.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from marketplace.accounts import awaited as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationState
from marketplace.agreements import awaited as agreements
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.core.clock import now, today
from marketplace.core.db import Base
from marketplace.core.rules import in_sql, of
from marketplace.decisions import awaited as decisions
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.interests import awaited as interests
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState
from marketplace.lessons.awaited import may_be_closed
from marketplace.lessons.case_facts import CaseFacts
from marketplace.lessons.closing import missing_for_closing
from marketplace.lessons.models import Lesson
from marketplace.needs import awaited as needs
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import NeedState, ParticipationState
from marketplace.pairings import awaited as pairings
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.states import PARTIES, CaseRole, PairingState, Side
from marketplace.pilots import awaited as pilots
from marketplace.pilots.models import Checkpoint, CheckpointReport, Pilot
from marketplace.pilots.states import Ending, PilotState, StopReason
from marketplace.procurements import awaited as procurements
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ProcurementState
from marketplace.questions import awaited as questions
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState

DAY = timedelta(days=1)
Values = Mapping[str, Sequence[Any]]


def days() -> list[Any]:
    return [None, today() - DAY, today(), today() + DAY]


def moments() -> list[Any]:
    return [None, now()]


# ---------------------------------------------------------------- rows without constraints


@dataclass
class Rows:
    """Made-up rows, in memory and in the database."""

    session: Session

    def hide(self, *models: type[Base]) -> None:
        for model in models:
            name = model.__tablename__
            self.session.execute(
                text(f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM {name} WHERE 1 = 0")  # noqa: S608  names of tables
            )

    def add(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self.session.execute(insert(model.__table__), list(rows))  # type: ignore[arg-type]  # a table

    def found(self, *models: type[Base], rule: bool) -> set[tuple[int, ...]]:
        """By the numbers of the rows; the rows of several models that have the same are joined."""
        first, *others = [model.__table__.c.id for model in models]
        statement = select(first).where(in_sql(rule), *(first == other for other in others))
        return set(self.session.scalars(statement))


@pytest.fixture
def rows(session: Session) -> Iterator[Rows]:
    yield Rows(session)
    session.rollback()


def combinations(**values: Sequence[Any]) -> list[dict[str, Any]]:
    every = product(*values.values())
    return [dict(zip(values, each, strict=True), id=n) for n, each in enumerate(every, 1)]


def part(row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    """The values of one of the models that a combination is about."""
    own = {k.removeprefix(prefix): v for k, v in row.items() if k.startswith(prefix)}
    return {"id": row["id"], **own}


# ---------------------------------------------------------------- rules of one row

OneRow = tuple[type[Base], Callable[[], Values], Callable[..., bool]]
ME = 7


def of_sides(rule: Callable[..., bool]) -> list[Callable[..., bool]]:
    return [lambda row, side=side: rule(row, side) for side in PARTIES]


def of_need() -> Values:
    return {
        "state": list(NeedState),
        "interests_close_on": days(),
        "questions_close_on": days(),
        "endorsed_at": moments(),
        "author_id": [ME, ME + 1],
    }


def of_pairing() -> Values:
    return {
        "state": list(PairingState),
        "unit_accepted_at": moments(),
        "entrepreneur_accepted_at": moments(),
    }


def of_version() -> Values:
    return {
        "state": list(AgreementState),
        "unit_signed_at": moments(),
        "entrepreneur_signed_at": moments(),
    }


def of_stopped() -> Values:
    reasons = [None, StopReason.OTHER]
    return {
        "state": list(PilotState),
        "ending": [None, *Ending],
        "unit_stop_reason": reasons,
        "entrepreneur_stop_reason": reasons,
    }


ONE_ROW: list[OneRow] = [
    *(
        (Need, of_need, rule)
        for rule in (
            needs.takes_answers,
            needs.stands_after_its_deadline,
            needs.takes_questions,
            needs.awaits_changes,
            needs.awaits_endorsement,
            needs.awaits_review,
            lambda need: needs.wrote(ME, need),
        )
    ),
    *(
        (Question, lambda: {"state": list(QuestionState), "due_on": days()[1:]}, rule)
        for rule in (
            questions.awaits_answer,
            lambda question: questions.awaited_on(question, today()),
        )
    ),
    *(
        (Organisation, lambda: {"state": list(OrganisationState)}, rule)
        for rule in (accounts.is_approved, accounts.awaits_approval)
    ),
    (Interest, lambda: {"state": list(InterestState)}, interests.stands),
    (
        CaseRoleHolder,
        lambda: {"person_id": [ME, ME + 1], "deputy_id": [None, ME, ME + 1]},
        lambda holder: role_map.is_held_by(ME, holder),
    ),
    *(
        (Pairing, of_pairing, rule)
        for rule in (
            pairings.is_approved,
            pairings.was_approved,
            pairings.awaits_changes,
            pairings.awaits_decision,
            *of_sides(pairings.awaits_yes),
        )
    ),
    *(
        (Agreement, of_version, rule)
        for rule in (
            agreements.is_written,
            agreements.is_in_force,
            *of_sides(agreements.awaits_signature),
        )
    ),
    *(
        (Pilot, of_stopped, rule)
        for rule in (pilots.goes_on, pilots.is_over, *of_sides(pilots.awaits_stop_reason))
    ),
    (Decision, lambda: {"state": list(DecisionState)}, decisions.is_awaited),
    (Procurement, lambda: {"state": list(ProcurementState)}, procurements.is_ongoing),
    (
        Procurement,
        lambda: {"state": list(ProcurementState), "route": [None, "open_tender"]},
        procurements.awaits_route,
    ),
]


@pytest.mark.parametrize(("model", "values", "rule"), ONE_ROW)
def test_a_rule_of_one_row_finds_the_rows_that_it_holds_for(
    rows: Rows, model: type[Base], values: Callable[[], Values], rule: Callable[..., bool]
) -> None:
    rows.hide(model)
    made_up = combinations(**values())
    rows.add(model, made_up)
    holds = {row["id"] for row in made_up if rule(model(**row))}
    assert rows.found(model, rule=rule(of(model))) == holds
    assert holds, "it never holds"
    assert len(holds) < len(made_up), "it always holds"


# ---------------------------------------------------------------- rules of several rows


def expect_alike(
    rows: Rows, models: Mapping[str, type[Base]], rule: Callable[..., bool], values: Values
) -> None:
    rows.hide(*models.values())
    made_up = combinations(**values)
    for prefix, model in models.items():
        rows.add(model, [part(row, prefix) for row in made_up])
    holds = {
        row["id"]
        for row in made_up
        if rule(*(model(**part(row, prefix)) for prefix, model in models.items()))
    }
    assert rows.found(*models.values(), rule=rule(*map(of, models.values()))) == holds
    assert 0 < len(holds) < len(made_up)


def test_a_unit_that_was_brought_in(rows: Rows) -> None:
    models = {"joined_": NeedParticipation, "need_": Need}
    values: Values = {"joined_state": list(ParticipationState), "need_state": list(NeedState)}
    expect_alike(rows, models, needs.awaits_own_leader, values)


def test_an_answer_that_may_be_taken_up(rows: Rows) -> None:
    models = {"interest_": Interest, "need_": Need}
    values: Values = {"interest_state": list(InterestState), "need_state": list(NeedState)}
    expect_alike(rows, models, pairings.may_be_taken_up, values)


@pytest.mark.parametrize("rule", [pilots.awaits_start, pilots.awaits_end])
def test_a_test_that_is_to_start_or_end(rows: Rows, rule: Callable[..., bool]) -> None:
    models = {"pilot_": Pilot, "agreement_": Agreement}
    values: Values = {
        "pilot_state": list(PilotState),
        "agreement_state": list(AgreementState),
        "agreement_test_starts_on": days(),
        "agreement_test_ends_on": days(),
    }
    expect_alike(rows, models, rule, values)


def test_a_step_that_is_late(rows: Rows) -> None:
    models = {"procurement_": Procurement, "step_": ProcurementStep}
    values: Values = {
        "procurement_state": list(ProcurementState),
        "step_done_on": [None, today()],
        "step_dropped_at": moments(),
        "step_due_on": days()[1:],
    }
    expect_alike(rows, models, procurements.is_late, values)


@pytest.mark.parametrize("rule", [procurements.is_awaited, procurements.is_due])
def test_a_step_of_a_procurement(rows: Rows, rule: Callable[..., bool]) -> None:
    models = {"case_": Pairing, "procurement_": Procurement, "step_": ProcurementStep}
    values: Values = {
        "case_state": list(PairingState),
        "procurement_state": list(ProcurementState),
        "step_done_on": [None, today()],
        "step_dropped_at": moments(),
        "step_due_on": days()[1:],
    }
    expect_alike(rows, models, rule, values)


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
