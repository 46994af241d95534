"""The unit measures the agreed criteria, and the weighted result adds up as the page says."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.agreements.models import AgreedSite
from marketplace.core.actor import Role
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.pilots.results import results_of
from marketplace.pilots.services import measuring
from marketplace.pilots.states import PilotRefusal, PilotState, Reached
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS
from tests.domain.pilot_cast import PilotCast, make_pilot_cast, next_version
from tests.engines import decided_in_python
from tests.factories import grant_role, make_unit

WRONG = (*NO_PART_IN_IT, *ONLOOKERS, "coordinator", "entrepreneur")
NOT_MEASURED: dict[str, Any] = {
    "reached": Reached.NOT_MEASURED,
    "value": "",
    "note": "Ingen svarte.",
}


def at_two_sites(case: PilotCast) -> tuple[AgreedSite, AgreedSite]:
    other = AgreedSite(unit=make_unit(case.session, case.cast.municipality), name="Fjellhus")
    case.agreement.sites.append(other)
    case.session.flush()
    return case.agreement.sites[0], other


@decided_in_python
@pytest.mark.parametrize("name", WRONG)
def test_only_the_unit_measures(case: PilotCast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        case.measure(name)
    assert refused.value.code is PilotRefusal.UNIT_ONLY


def test_nobody_measures_or_completes_the_test_of_their_own_concept(case: PilotCast) -> None:
    case.measure_all()
    organisation = case.cast.concept.organisation
    grant_role(case.session, case.person("member"), Role.ENTREPRENEUR, organisation)

    for act in (case.measure, case.complete):
        with pytest.raises(NotAllowed) as refused:
            act("member")
        assert refused.value.code is PilotRefusal.SPEAKS_FOR_ENTREPRENEUR
    case.complete("leader")


@pytest.mark.parametrize("state", [PilotState.PLANNED, PilotState.ENDED])
def test_measuring_is_done_while_the_test_runs(session: Session, state: PilotState) -> None:
    case = make_pilot_cast(session, state)
    with pytest.raises(NotNow) as refused:
        case.measure()
    assert refused.value.code is PilotRefusal.NOT_RUNNING


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"reached": None}, "reached", PilotRefusal.REACHED_MISSING),
        ({"value": " "}, "value", PilotRefusal.VALUE_MISSING),
        (NOT_MEASURED | {"note": ""}, "note", PilotRefusal.WHY_NOT_MEASURED),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    case: PilotCast, values: dict[str, Any], field: str, code: PilotRefusal
) -> None:
    with pytest.raises(InvalidField) as refused:
        case.measure(**values)
    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_measurement_is_mended_by_who_has_seen_it(case: PilotCast) -> None:
    case.measure()
    (measured,) = case.pilot.measurements
    with pytest.raises(Stale):
        case.measure("leader")
    case.measure("leader", version=measured.version, reached=Reached.PARTLY, value="20 av 40")
    (measured,) = case.pilot.measurements
    assert (measured.reached, measured.value) == (Reached.PARTLY, "20 av 40")
    assert measured.measured_by_id == case.person("leader").id


def test_criteria_and_sites_of_an_older_version_are_past(case: PilotCast) -> None:
    old, site = case.agreement.criteria[0], case.agreement.sites[0]
    case.measure()
    next_version(case)
    values: dict[str, Any] = {"version": 0, "reached": Reached.FULLY, "value": "1", "note": ""}
    for criterion, where, code in (
        (old, None, PilotRefusal.CRITERION_NOT_AGREED),
        (case.agreement.criteria[0], site, PilotRefusal.SITE_NOT_AGREED),
    ):
        with pytest.raises(NotNow) as refused:
            measuring.measure_criterion(
                case.session,
                case.actor("leader"),
                pilot=case.pilot,
                criterion=criterion,
                site=where,
                **values,
            )
        assert refused.value.code is code
    assert [c.title for c in results_of(case.pilot, case.agreement).unmeasured] == [
        "Ensomhet",
        "Trygghet",
    ]


# ---------------------------------------------------------------- the weighted result


@pytest.mark.parametrize(
    ("first", "second", "points"),
    [
        (Reached.FULLY, Reached.FULLY, 100),
        (Reached.FULLY, Reached.NOT, 60),
        (Reached.PARTLY, Reached.PARTLY, 50),
        (Reached.NOT, Reached.NOT, 0),
    ],
)
def test_the_weights_add_up(
    case: PilotCast, first: Reached, second: Reached, points: float
) -> None:
    case.measure(number=0, reached=first)
    case.measure(number=1, reached=second)
    results = results_of(case.pilot, case.agreement)
    assert (results.points, results.measured_weight, results.total_weight) == (points, 100, 100)


def test_what_was_not_measured_counts_for_nothing_and_shows(case: PilotCast) -> None:
    case.measure(number=0, reached=Reached.PARTLY)
    case.measure(number=1, **NOT_MEASURED)
    results = results_of(case.pilot, case.agreement)
    assert (results.points, results.measured_weight) == (30, 60)
    assert results.unmeasured == []


def test_sites_count_by_their_mean_unless_measured_overall(case: PilotCast) -> None:
    here, there = at_two_sites(case)
    case.measure(site=here, reached=Reached.FULLY)
    assert not results_of(case.pilot, case.agreement).criteria[0].complete
    case.measure(site=there, reached=Reached.NOT)
    first = results_of(case.pilot, case.agreement).criteria[0]
    assert (first.complete, first.points) == (True, 30)

    case.measure(site=None, **NOT_MEASURED)
    first = results_of(case.pilot, case.agreement).criteria[0]
    assert (first.complete, first.points) == (True, 30)
    overall = first.places[0].measurement
    assert overall is not None

    case.measure(site=None, version=overall.version, reached=Reached.FULLY)
    assert results_of(case.pilot, case.agreement).criteria[0].points == 60


def test_with_one_site_there_is_one_place_to_measure(case: PilotCast) -> None:
    assert [len(r.places) for r in results_of(case.pilot, case.agreement).criteria] == [1, 1]
