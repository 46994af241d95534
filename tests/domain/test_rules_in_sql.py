"""A rule finds in SQL the very rows of which it says yes, on each engine."""

from collections.abc import Callable, Mapping

import pytest

from marketplace.accounts import awaited as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationState
from marketplace.agreements import awaited as agreements
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from marketplace.core.clock import today
from marketplace.core.db import Base
from marketplace.core.rules import of
from marketplace.decisions import awaited as decisions
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.interests import awaited as interests
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState
from marketplace.needs import awaited as needs
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import NeedState, ParticipationState
from marketplace.pairings import awaited as pairings
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.states import PARTIES, PairingState
from marketplace.pilots import awaited as pilots
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, PilotState, StopReason
from marketplace.procurements import awaited as procurements
from marketplace.procurements.models import Procurement, ProcurementStep
from marketplace.procurements.states import ProcurementState
from marketplace.questions import awaited as questions
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState
from tests.domain.made_up_rows import ME, Rows, Values, combinations, days, moments, part

# ---------------------------------------------------------------- rules of one row

OneRow = tuple[type[Base], Callable[[], Values], Callable[..., bool]]


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
