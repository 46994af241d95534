"""The whole table of thresholds, at its edges and on the days when it changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.procurements.advice import advise, level_of, limits_of, sum_beside_limits
from marketplace.procurements.shipped import shipped_steps, shipped_thresholds
from marketplace.procurements.states import ROUTES, Announcing, SumLevel, ThresholdKey, Track
from marketplace.procurements.thresholds import is_old, last_checked, months_before

ROWS = shipped_thresholds()
AFTER = date(2026, 7, 1)
BETWEEN = date(2026, 4, 21)
BEFORE = date(2026, 4, 20)
HEALTH, SPECIAL, OTHER = ServiceCategory

NOW_IN_FORCE = [
    (HEALTH, 0, Track.OUTSIDE_ACT),
    (HEALTH, 499_999, Track.OUTSIDE_ACT),
    (HEALTH, 500_000, Track.PART_I),
    (HEALTH, 1_299_999, Track.PART_I),
    (HEALTH, 1_300_000, Track.PART_I),
    (HEALTH, 2_500_000, Track.PART_I),
    (HEALTH, 8_699_999, Track.PART_I),
    (HEALTH, 8_700_000, Track.PART_IV),
    (OTHER, 499_999, Track.OUTSIDE_ACT),
    (OTHER, 500_000, Track.PART_I),
    (OTHER, 1_299_999, Track.PART_I),
    (OTHER, 1_300_000, Track.PART_II),
    (OTHER, 2_499_999, Track.PART_II),
    (OTHER, 2_500_000, Track.PART_III),
    (OTHER, 8_700_000, Track.PART_III),
    (SPECIAL, 499_999, Track.OUTSIDE_ACT),
    (SPECIAL, 500_000, Track.PART_I),
    (SPECIAL, 1_299_999, Track.PART_I),
    (SPECIAL, 1_300_000, Track.PART_II),
    (SPECIAL, 8_700_000, Track.PART_II),
]


@pytest.mark.parametrize(("category", "value", "track"), NOW_IN_FORCE)
@pytest.mark.parametrize("day", [AFTER, AFTER + timedelta(days=365)])
def test_the_track_follows_from_value_and_category(
    category: ServiceCategory, value: int, track: Track, day: date
) -> None:
    assert advise(ROWS, value, category, day).track is track


BEFORE_THE_CHANGES = [
    # The act began at 100 000 until 30 June 2026.
    (date(2026, 6, 30), HEALTH, 99_999, Track.OUTSIDE_ACT),
    (date(2026, 6, 30), HEALTH, 100_000, Track.PART_I),
    (date(2026, 6, 30), OTHER, 499_999, Track.PART_I),
    # The EEA thresholds were lower until 20 April 2026.
    (BEFORE, OTHER, 2_299_999, Track.PART_II),
    (BEFORE, OTHER, 2_300_000, Track.PART_III),
    (BETWEEN, OTHER, 2_300_000, Track.PART_II),
    (BETWEEN, OTHER, 2_499_999, Track.PART_II),
    (BETWEEN, OTHER, 2_500_000, Track.PART_III),
    (BEFORE, HEALTH, 7_799_999, Track.PART_I),
    (BEFORE, HEALTH, 7_800_000, Track.PART_IV),
    (BETWEEN, HEALTH, 7_800_000, Track.PART_I),
    (BETWEEN, HEALTH, 8_700_000, Track.PART_IV),
]


@pytest.mark.parametrize(("day", "category", "value", "track"), BEFORE_THE_CHANGES)
def test_the_day_the_procurement_starts_is_what_counts(
    day: date, category: ServiceCategory, value: int, track: Track
) -> None:
    assert advise(ROWS, value, category, day).track is track


def test_a_row_counts_from_its_own_day() -> None:
    values = [advise(ROWS, 300_000, HEALTH, AFTER + timedelta(days=n)).track for n in (-1, 0)]

    assert values == [Track.PART_I, Track.OUTSIDE_ACT]


@pytest.mark.parametrize(
    ("category", "value", "announcing"),
    [
        (OTHER, 1_299_999, Announcing.NOWHERE),
        (OTHER, 1_300_000, Announcing.DOFFIN),
        (OTHER, 2_500_000, Announcing.DOFFIN_AND_TED),
        (HEALTH, 8_699_999, Announcing.NOWHERE),
        (HEALTH, 8_700_000, Announcing.DOFFIN_AND_TED),
    ],
)
def test_it_says_where_a_notice_is_a_duty(
    category: ServiceCategory, value: int, announcing: Announcing
) -> None:
    assert advise(ROWS, value, category, AFTER).announcing is announcing


def test_each_line_has_amount_paragraph_source_and_the_day_it_was_checked() -> None:
    advice = advise(ROWS, 1_300_000, OTHER, AFTER)

    assert [(line.row.key, line.row.amount, line.reached) for line in advice.lines] == [
        (ThresholdKey.ACT_APPLIES, 500_000, True),
        (ThresholdKey.NATIONAL, 1_300_000, True),
        (ThresholdKey.EEA_GOODS_SERVICES, 2_500_000, False),
    ]
    assert all(line.row.paragraph and line.row.source for line in advice.lines)
    assert {line.row.checked_on for line in advice.lines} == {date(2026, 7, 28)}


def test_a_direct_purchase_fits_only_where_the_act_does_not_apply() -> None:
    fits = [
        ProcurementRoute.DIRECT_PURCHASE in advise(ROWS, value, category, AFTER).routes
        for category, value, _track in NOW_IN_FORCE
    ]

    assert fits == [track is Track.OUTSIDE_ACT for _category, _value, track in NOW_IN_FORCE]


def test_a_day_that_the_table_does_not_reach_gives_no_track_and_says_what_is_missing() -> None:
    advice = advise(ROWS, 400_000, OTHER, date(2018, 4, 5))

    assert advice.track is None
    assert list(advice.missing) == [ThresholdKey.NATIONAL, ThresholdKey.EEA_GOODS_SERVICES]
    assert list(advice.routes) == []


def test_an_empty_table_gives_no_track() -> None:
    assert advise([], 400_000, HEALTH, AFTER).track is None
    assert last_checked([]) is None
    assert is_old([], AFTER)


def test_every_category_and_every_key_has_a_row() -> None:
    assert {row.key for row in ROWS} == set(ThresholdKey)
    assert {key for category in ServiceCategory for key in limits_of(category)} < set(ThresholdKey)


@pytest.mark.parametrize(
    ("day", "old"),
    [(date(2026, 7, 28), False), (date(2027, 1, 28), False), (date(2027, 1, 29), True)],
)
def test_the_table_is_old_after_six_months(day: date, old: bool) -> None:
    assert is_old(ROWS, day) is old


def test_one_new_amount_does_not_make_the_others_checked() -> None:
    day = date(2027, 2, 1)
    newer = replace(ROWS[0], valid_from=day, checked_on=day)
    assert last_checked([*ROWS, newer]) == date(2026, 7, 28)
    every = [replace(row, checked_on=day) for row in ROWS]
    assert last_checked([*ROWS, *every]) == day


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 9, 14), 12, date(2025, 9, 14)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2023, 2, 28)),
        (date(2026, 1, 15), 6, date(2025, 7, 15)),
    ],
)
def test_months_are_counted_back(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@pytest.mark.parametrize(
    ("amount", "level"),
    [
        (399_999, SumLevel.BELOW),
        (400_000, SumLevel.NEAR),
        (499_999, SumLevel.NEAR),
        (500_000, SumLevel.OVER),
    ],
)
def test_a_sum_is_near_from_eighty_per_cent(amount: int, level: SumLevel) -> None:
    assert level_of(amount, 500_000) is level
    (limit,) = sum_beside_limits(ROWS, [ThresholdKey.ACT_APPLIES], amount, AFTER)
    assert (limit.row.amount, limit.level) == (500_000, level)


def test_every_route_has_steps_with_days() -> None:
    for route in ROUTES:
        steps = [step for step in shipped_steps() if step.route is route]
        assert len(steps) >= 5
        assert [step.position for step in steps] == list(range(1, len(steps) + 1))
        assert all(step.days > 0 and step.title for step in steps)
