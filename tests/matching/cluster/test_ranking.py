"""Ranking by parts and on worker processes gives what one process gives, to the last bit."""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Iterator, Sequence
from math import inf
from typing import Any, cast

import numpy as np
import pytest
from distributed import Client
from hypothesis import given
from hypothesis import strategies as st

from matching import Document, Match, MatchIndex, with_target_group
from matching.cluster import cluster, rank_all
from matching.facets import Agreement, Facets, Range
from matching.parameters import Parameters
from matching.thesaurus import Thesaurus
from tests.matching.examples import CONCEPTS, NEEDS, documents

Ranked = list[tuple[str, list[Match]]]


class Done:
    """A future that has come."""

    def __init__(self, value: object) -> None:
        self.value = value

    def result(self) -> object:
        return self.value


class Here:
    """Does each step at once in this process, with copies as a message would bring them."""

    def scheduler_info(self, n_workers: int) -> dict[str, dict[str, None]]:
        return {"workers": {"here": None, "there": None}} if n_workers else {}

    def submit(self, step: Any, *arguments: object, **_options: object) -> Done:
        return Done(pickle.loads(pickle.dumps(step(*map(self._value, arguments)))))  # noqa: S301

    def _value(self, argument: object) -> object:
        if isinstance(argument, Done):
            return argument.value
        return [self._value(each) for each in argument] if isinstance(argument, list) else argument


HERE = cast("Client", Here())

FACETS = (Facets(), Facets({"age": Range(6, 12)}), Facets({"age": Range(67, inf)}))


def in_one(needs: Sequence[Document], concepts: Sequence[Document], k: int = 20) -> Ranked:
    """Return what one process finds, asked one need at a time."""
    index = MatchIndex.from_documents(concepts)
    return [(need.id, index.rank(need, k)) for need in needs]


def made_up(count: int, seed: int) -> list[Document]:
    """Return texts that share words, some empty and some very long, many with the same score."""
    random = np.random.default_rng(seed)
    known = " ".join(f"{each.title} {each.text}" for each in (*NEEDS.values(), *CONCEPTS.values()))
    words = sorted(set(known.lower().split()))
    words += [f"{one}{other}" for one, other in zip(words, reversed(words), strict=True)]
    sizes = random.choice([0, 1, 2, 5, 20, 60, 400], count)
    return [
        Document(
            f"{seed}-{row}",
            "",
            " ".join(random.choice(words, size)),
            facets=FACETS[row % len(FACETS)],
        )
        for row, size in enumerate(sizes.tolist())
    ]


@pytest.mark.parametrize("parts", [1, 2, 5, len(CONCEPTS) + 3])
@pytest.mark.parametrize("k", [0, 1, 3, 20])
def test_parts_change_nothing(parts: int, k: int) -> None:
    needs, concepts = list(NEEDS.values()), list(CONCEPTS.values())
    found = list(rank_all(HERE, needs, concepts, k, parts=parts, at_once=4))
    assert found == in_one(needs, concepts, k)


@pytest.mark.parametrize("k", [1, 3, 20])
def test_what_is_for_others_comes_last_of_all_parts(k: int) -> None:
    needs, concepts = list(NEEDS.values()), [*CONCEPTS.values(), *made_up(40, 5)]
    found = list(
        rank_all(HERE, needs, concepts, k, parts=3, at_once=4, preprocess=with_target_group)
    )
    needs, concepts = ([with_target_group(each) for each in side] for side in (needs, concepts))
    assert found == in_one(needs, concepts, k)
    last = [matches[-1].fits for _, matches in found if matches]
    assert (Agreement.DOES_NOT_MEET in last) == (k == 20)


@given(
    st.lists(documents(), max_size=12),
    st.lists(documents(), max_size=5),
    st.integers(1, 5),
    st.integers(1, 4),
)
def test_any_documents_in_any_parts(
    concepts: list[Document], needs: list[Document], parts: int, at_once: int
) -> None:
    found = list(rank_all(HERE, needs, concepts, 4, parts=parts, at_once=at_once))
    assert found == in_one(needs, concepts, 4)


def test_of_two_with_one_id_the_last_stays_in_whatever_part() -> None:
    concepts = [Document("a", "", "sykkel"), *CONCEPTS.values(), Document("a", "", "kor")]
    needs = [Document("bikes", "", "sykkel"), Document("choir", "", "kor")]
    found = list(rank_all(HERE, needs, concepts, parts=4))
    assert found == in_one(needs, concepts)
    ids = [{match.document_id for match in matches} for _, matches in found]
    assert ["a" in each for each in ids] == [False, True]


def test_constants_and_thesaurus_are_those_asked_for() -> None:
    needs, concepts = list(NEEDS.values()), list(CONCEPTS.values())
    constants, groups = Parameters(k1=0.7), Thesaurus.from_groups([])
    found = rank_all(HERE, needs, concepts, parts=2, parameters=constants, thesaurus=groups)
    index = MatchIndex.from_documents(concepts, constants, groups)
    assert list(found) == list(index.rank_all(needs)) != in_one(needs, concepts)


def test_a_negative_k_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="k must be at least 0, not -1"):
        rank_all(HERE, [], [], -1)


def test_needs_are_read_as_answers_are_taken() -> None:
    taken = []

    def needs() -> Iterator[Document]:
        for number in range(100):
            taken.append(number)
            yield Document(str(number), "", "sykkel")

    found = rank_all(HERE, needs(), CONCEPTS.values(), at_once=2)
    assert next(found)[0] == "0"
    assert len(taken) < 20


@pytest.mark.slow
def test_two_processes_find_the_same(two_workers: Client) -> None:
    needs, concepts = made_up(120, 1), made_up(400, 2)
    expected = in_one(needs, concepts)
    for parts in (None, 5):
        found = rank_all(two_workers, iter(needs), concepts, parts=parts, at_once=25)
        assert list(found) == expected


@pytest.mark.slow
@pytest.mark.parametrize("parts", [1, 4])
def test_a_worker_killed_in_the_middle_costs_no_result(parts: int) -> None:
    needs, concepts = made_up(100, 3), made_up(300, 4)
    with cluster(workers=2) as client:
        workers = cast("dict[str, int]", client.run(os.getpid))
        # Four chunks are on their way when the first answer comes, and six are not yet asked.
        found = rank_all(client, needs, concepts, parts=parts, at_once=10)
        answers = [next(found)]
        os.kill(max(workers.values()), signal.SIGKILL)
        answers += found
        client.wait_for_workers(2)
        assert set(workers.values()) != set(client.run(os.getpid).values())
    assert answers == in_one(needs, concepts)
