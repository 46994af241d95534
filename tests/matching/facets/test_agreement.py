"""Whether a document is for those whom a query is for."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.facets.agreement import (
    AGREEMENTS,
    Agreement,
    CodeRule,
    agreements,
    compare_ranges,
    verdict,
)
from matching.facets.codes import PLACE
from matching.facets.model import Facets, Range
from matching.facets.table import FacetTable

RULES = {
    "group": CodeRule(
        universal=frozenset({"everyone"}),
        related=frozenset({frozenset({"parents", "families"})}),
        exclusive=frozenset({frozenset({"pupils", "employees"}), frozenset({"parents", "pupils"})}),
    ),
    PLACE: CodeRule(only_excludes=True),
}

ends = st.integers(0, 6).map(float)
ranges = st.one_of(
    st.builds(lambda low, more: Range(low, low + more), ends, ends),
    st.builds(lambda low: Range(low=low), ends),
    st.builds(lambda high: Range(high=high), ends),
    st.just(Range()),
)
codes = st.sampled_from(["everyone", "parents", "families", "pupils", "employees", "other"])
facets = st.builds(
    Facets,
    st.fixed_dictionaries(
        {},
        optional={
            "age": st.lists(ranges, max_size=3),
            "group": st.frozensets(codes, max_size=3),
            "school": st.frozensets(st.sampled_from(["primary", "upper"]), max_size=2),
        },
    ),
)


def said(query: Facets, document: Facets) -> Agreement:
    return verdict(agreements(query, document, RULES).values())


@pytest.mark.parametrize(
    ("low", "high"), [(2, 1), (math.nan, 1), (1, math.nan), (math.inf, math.inf)]
)
def test_a_range_that_goes_nowhere_is_refused(low: float, high: float) -> None:
    with pytest.raises(ValueError, match="from a low to a high"):
        Range(low, high)


@pytest.mark.parametrize("value", [[Range(1, 2), "pupils"], [3]])
def test_a_facet_of_mixed_kinds_is_refused(value: list[str]) -> None:
    with pytest.raises(TypeError, match="either ranges or codes"):
        Facets({"age": value})


def test_ranges_against_codes_are_refused_and_leave_the_table_as_it_was() -> None:
    table = FacetTable({}, [Facets({"age": Range(1, 2)}), Facets({"group": {"pupils"}})])
    for wrong in (Facets({"age": {"old"}}), Facets({"a": Range(), "group": Range(1, 2)})):
        with pytest.raises(TypeError, match="ranges"):
            table.append(wrong)
        with pytest.raises(TypeError, match="ranges"):
            table.compare(wrong)
    with pytest.raises(TypeError, match="ranges"):
        agreements(Facets({"age": {"old"}}), Facets({"age": Range(1, 2)}), {})
    assert len(table) == 2
    assert table.compare(Facets({"a": Range(1, 2)})).tolist() == [0, 0]


def test_facets_can_be_hashed_and_leave_out_what_is_empty() -> None:
    one = Facets({"age": [Range(9, 13), Range(6, 10)], "group": set()})
    assert one == Facets({"age": Range(6, 13)})
    assert len({one, Facets({"age": Range(6, 13)}), Facets()}) == 2
    assert dict(one) == {"age": (Range(6, 13),)}
    with pytest.raises(KeyError):
        one["group"]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Range(13, 15), Range(6, 10), Agreement.DOES_NOT_MEET),
        (Range(13, 16), Range(17, 19), Agreement.DOES_NOT_MEET),
        (Range(13, 16), Range(16, 19), Agreement.UNKNOWN),
        (Range(16, 16), Range(16, 19), Agreement.MEETS),
        (Range(15, 16), Range(13, 16), Agreement.MEETS),
        (Range(67), Range(75, 90), Agreement.MEETS),
        (Range(67), Range(0, 18), Agreement.DOES_NOT_MEET),
        (Range(), Range(0, 18), Agreement.UNKNOWN),
    ],
)
def test_ranges_meet_when_they_share_more_than_an_edge(
    one: Range, other: Range, expected: Agreement
) -> None:
    assert AGREEMENTS[compare_ranges(one, other)] == expected
    assert AGREEMENTS[compare_ranges(other, one)] == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"pupils"}, {"employees"}, Agreement.DOES_NOT_MEET),
        ({"pupils"}, {"employees", "other"}, Agreement.UNKNOWN),
        ({"pupils"}, {"employees", "parents"}, Agreement.DOES_NOT_MEET),
        ({"parents"}, {"families", "employees"}, Agreement.MEETS),
        ({"pupils"}, {"everyone"}, Agreement.MEETS),
        ({"other"}, {"pupils"}, Agreement.UNKNOWN),
    ],
)
def test_codes_exclude_each_other_only_where_the_table_says_so(
    one: set[str], other: set[str], expected: Agreement
) -> None:
    assert said(Facets({"group": one}), Facets({"group": other})) == expected


def test_one_facet_that_does_not_meet_decides_and_a_missing_one_costs_nothing() -> None:
    asked = Facets({"age": Range(13, 15), "group": {"pupils"}})
    assert said(asked, Facets({"age": Range(6, 10), "group": {"pupils"}})) == "does_not_meet"
    assert said(asked, Facets({"age": Range(12, 16)})) == "meets"
    assert said(asked, Facets({"place": {"Oslo"}})) == said(asked, Facets()) == "unknown"


def test_a_place_speaks_against_a_document_and_never_for_it() -> None:
    asked = Facets({PLACE: {"Oslo"}})
    for place, expected in (({"Oslo", "Moss"}, "unknown"), ({"Moss"}, "does_not_meet")):
        assert said(asked, Facets({PLACE: place})) == expected
    young = Facets({"age": Range(13, 15), PLACE: {"Oslo"}})
    assert said(young, Facets({"age": Range(12, 16), PLACE: {"Oslo"}})) == "meets"
    assert said(young, Facets({"age": Range(12, 16), PLACE: {"Moss"}})) == "does_not_meet"


@given(st.lists(facets, max_size=8), facets)
def test_the_table_says_what_pairs_say_one_by_one(documents: list[Facets], query: Facets) -> None:
    found = FacetTable(RULES, documents).compare(query)
    assert found.dtype == np.int8
    assert [AGREEMENTS[level] for level in found.tolist()] == [
        said(query, document) for document in documents
    ]


@given(facets, facets)
def test_it_does_not_matter_who_asks(one: Facets, other: Facets) -> None:
    assert said(one, other) == said(other, one)
