"""Every ranker is an estimator in the sense of scikit-learn."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace

import pytest
from sklearn.base import clone

from matching import Document
from matching.parameters import Parameters
from tests.matching.examples import CONCEPTS, NEEDS
from tests.matching.rankers import Build, ids


def test_unknown_parameters_are_refused(build: Build) -> None:
    for wrong in ({"k1": 1.0}, {"parameters__kk": 1.0}, {"parameters__k1": -1.0}):
        with pytest.raises(ValueError, match=r"Invalid parameter|no parameter|not be negative"):
            build([]).set_params(**wrong)


def test_fit_takes_the_place_of_what_was_there(build: Build) -> None:
    index = build(NEEDS.values())
    assert index.fit(CONCEPTS.values()) is index
    assert index.rank(NEEDS["waste"]) == build(CONCEPTS.values()).rank(NEEDS["waste"])


def test_copies_answer_and_change_alike(build: Build) -> None:
    index = build(CONCEPTS.values())
    index.remove("choir")
    for other in (pickle.loads(pickle.dumps(index)), copy.deepcopy(index)):  # noqa: S301 - our own
        assert list(other.rank_all(NEEDS.values())) == list(index.rank_all(NEEDS.values()))
        other.add(Document("new", "", "ensomme eldre"))
        assert "new" in ids(other.rank(NEEDS["lonely"]))
        assert "new" not in index


def test_a_clone_has_the_constants_and_no_documents(build: Build) -> None:
    index = build(
        CONCEPTS.values(), parameters=Parameters(k1=2.0, field_weights=(("effect", 2.0),))
    )
    other = clone(index)
    assert (len(other), other.parameters) == (0, index.parameters)
    assert other.fit(CONCEPTS.values()).rank(NEEDS["lonely"]) == index.rank(NEEDS["lonely"])


def test_constants_are_set_by_name(build: Build) -> None:
    index = build(CONCEPTS.values())
    before = index.rank(NEEDS["lonely"])
    assert index.set_params(parameters__k1=3.0, parameters__b=0.1) is index
    assert index.get_params()["parameters__k1"] == 3.0
    assert index.rank(NEEDS["lonely"]) == before
    assert index.explain(NEEDS["lonely"], "lonely").score == before[0].score
    fresh = build(CONCEPTS.values(), parameters=Parameters(k1=3.0, b=0.1))
    assert index.fit(CONCEPTS.values()).rank(NEEDS["lonely"]) == fresh.rank(NEEDS["lonely"])
    assert fresh.rank(NEEDS["lonely"]) != before
    index.set_params(parameters=Parameters(), parameters__b=0.2)
    assert index.parameters == replace(Parameters(), b=0.2)
