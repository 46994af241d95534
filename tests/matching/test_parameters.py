"""The constants of the ranking."""

from __future__ import annotations

import math
import pickle
from dataclasses import FrozenInstanceError, fields
from typing import Any

import pytest
from sklearn.base import clone

from matching import Document, MatchIndex
from matching.parameters import Parameters, Weighting
from tests.matching.examples import CONCEPTS, NEEDS

NOT_NEGATIVE = (
    "k1",
    "word_weight",
    "idf_power",
    "burstiness",
    "repetition",
    "thesaurus_weight",
    "meaning",
    "meaning_length",
    "meaning_lead",
)


@pytest.mark.parametrize("name", NOT_NEGATIVE)
@pytest.mark.parametrize("value", [-0.1, math.nan, math.inf])
def test_constants_below_zero_or_without_end_are_refused(name: str, value: float) -> None:
    wrong: Any = {name: value}
    with pytest.raises(ValueError, match=f"{name} must not be negative"):
        Parameters(**wrong)


@pytest.mark.parametrize("name", ["b", "ngram_saving"])
@pytest.mark.parametrize("value", [-0.1, 1.1, math.nan])
def test_shares_outside_zero_and_one_are_refused(name: str, value: float) -> None:
    wrong: Any = {name: value}
    with pytest.raises(ValueError, match=f"{name} must be from 0 to 1"):
        Parameters(**wrong)


@pytest.mark.parametrize("weight", [-0.5, 0.2, 0.75, 100.5, math.nan, math.inf])
@pytest.mark.parametrize("side", ["", "query_"])
def test_weights_of_fields_that_cannot_be_counted_are_refused(side: str, weight: float) -> None:
    for wrong in (
        {f"{side}title_weight": weight},
        {f"{side}field_weights": (("effect", 1.0), ("method", weight))},
    ):
        constants: Any = wrong
        with pytest.raises(ValueError, match=r"weight .* must be a multiple of 0.5, 100 at most"):
            Parameters(**constants)


def test_unknown_constants_and_weightings_are_refused() -> None:
    with pytest.raises(ValueError, match="no parameter 'k2'"):
        Parameters().with_params(k2=1.0)
    with pytest.raises(ValueError, match="'tf' is not a valid Weighting"):
        Parameters().with_params(weighting="tf")


def test_they_never_change() -> None:
    constants: Any = Parameters()
    with pytest.raises(FrozenInstanceError):
        constants.k1 = 2.0
    assert constants.with_params(k1=2.0) == Parameters(k1=2.0)
    assert constants == Parameters()
    assert hash(constants) == hash(Parameters())


def test_they_can_be_read_copied_and_sent() -> None:
    constants = Parameters(k1=2.0, field_weights=(("effect", 2.0),), weighting=Weighting.COSINE)
    assert list(constants.get_params()) == [field.name for field in fields(Parameters)]
    assert Parameters(**constants.get_params()) == constants
    assert clone(constants) == constants
    assert pickle.loads(pickle.dumps(constants)) == constants  # noqa: S301 - our own


def test_a_weighting_may_be_given_by_its_name() -> None:
    name: Any = "cosine"
    assert Parameters(weighting=name).weighting is Weighting.COSINE


def test_without_words_ngrams_and_thesaurus_nothing_is_found() -> None:
    nothing = Parameters(word_weight=0.0, ngrams=(1, 0), thesaurus_weight=0.0)
    index = MatchIndex.from_documents(CONCEPTS.values(), nothing)
    assert index.rank(NEEDS["lonely"]) == []
    assert index.explain(NEEDS["lonely"], "lonely").score == 0.0


@pytest.mark.parametrize("ngrams", [(0, 0), (1, 0), (3, 2)])
def test_without_ngrams_words_are_found_by_their_roots(ngrams: tuple[int, int]) -> None:
    index = MatchIndex.from_documents([Document("a", "", "turer")], Parameters(ngrams=ngrams))
    assert len(index.rank("tur")) == 1
    assert index.rank("turvenn") == []
