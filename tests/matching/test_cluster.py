"""Ranking by parts and on worker processes gives what one process gives, to the last bit."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import dask
import numpy as np
import pytest
from distributed import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Document, Match, MatchIndex
from matching.cli import main
from matching.cluster import cluster, rank_all
from matching.partitions import Lexicon, counted, counts, summed
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


def in_one(needs: Sequence[Document], concepts: Sequence[Document], limit: int = 20) -> Ranked:
    """Return what one process finds, asked one need at a time."""
    index = MatchIndex.fit(concepts)
    return [(need.id, index.rank(need, limit)) for need in needs]


def made_up(count: int, seed: int) -> list[Document]:
    """Return texts that share words, some empty and some very long, many with the same score."""
    random = np.random.default_rng(seed)
    known = " ".join(f"{each.title} {each.text}" for each in (*NEEDS.values(), *CONCEPTS.values()))
    words = sorted(set(known.lower().split()))
    words += [f"{one}{other}" for one, other in zip(words, reversed(words), strict=True)]
    sizes = random.choice([0, 1, 2, 5, 20, 60, 400], count)
    return [
        Document(f"{seed}-{row}", "", " ".join(random.choice(words, size)))
        for row, size in enumerate(sizes.tolist())
    ]


@pytest.mark.parametrize("parts", [1, 2, 5, len(CONCEPTS) + 3])
@pytest.mark.parametrize("limit", [0, 1, 3, 20])
def test_parts_change_nothing(parts: int, limit: int) -> None:
    needs, concepts = list(NEEDS.values()), list(CONCEPTS.values())
    found = list(rank_all(HERE, needs, concepts, limit, parts=parts, at_once=4))
    assert found == in_one(needs, concepts, limit)


@settings(deadline=None)  # A first use compiles.
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


def test_a_negative_limit_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="limit must be 0 or more, not -1"):
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


def test_what_a_lexicon_found_earlier_is_not_sent() -> None:
    whole = summed([counts(counted(list(CONCEPTS.values())))])
    fresh = Lexicon(whole)
    size = len(pickle.dumps(fresh))
    for need in NEEDS.values():
        fresh.scorer().query(need)
    assert len(pickle.dumps(fresh)) == size


@pytest.fixture(scope="module")
def two_workers() -> Iterator[Client]:
    with cluster(workers=2) as client:
        yield client


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
    needs, concepts = made_up(400, 3), made_up(300, 4)
    with cluster(workers=2) as client:
        workers = cast("dict[str, int]", client.run(os.getpid))
        # Four chunks are on their way when the first answer comes, and six are not yet asked.
        found = rank_all(client, needs, concepts, parts=parts, at_once=40)
        answers = [next(found)]
        os.kill(max(workers.values()), signal.SIGKILL)
        answers += found
        client.wait_for_workers(2)
        assert set(workers.values()) != set(client.run(os.getpid).values())
    assert answers == in_one(needs, concepts)


def _files(folder: Path) -> tuple[str, str]:
    for name, texts in (("needs", NEEDS), ("concepts", CONCEPTS)):
        rows = [f'"{each.id}";"{each.title}";"{each.text}"' for each in texts.values()]
        (folder / f"{name}.csv").write_text("\n".join(["id;title;text", *rows]), "utf-8")
    return str(folder / "needs.csv"), str(folder / "concepts.csv")


@pytest.mark.slow
@pytest.mark.parametrize("direction", [[], ["--reverse"]])
def test_the_command_line_writes_the_same_file(
    tmp_path: Path, two_workers: Client, direction: list[str]
) -> None:
    files = _files(tmp_path)
    address = str(two_workers.scheduler_info()["address"])
    wanted = {"one": [], "many": ["--cluster", address]}
    for name, where in wanted.items():
        output = str(tmp_path / f"{name}.csv")
        assert main(["rank", *files, "--output", output, *direction, *where]) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "many.csv").read_bytes()


@pytest.mark.slow
def test_the_command_line_starts_workers_and_stays_quiet(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = _files(tmp_path)
    assert main(["rank", *files]) == 0
    alone = capfd.readouterr()
    assert main(["rank", *files, "--workers", "2"]) == 0
    assert capfd.readouterr() == alone


def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path, *options: str) -> str:
    output = tmp_path / "pairs.csv"
    assert main(["rank", *_files(tmp_path), "--output", str(output), *options]) == 2
    assert not output.exists()
    return capsys.readouterr().err


def test_says_what_to_install(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    message = refused(capsys, tmp_path, "--workers", "2")
    assert "pip install 'behovstorget[cluster]'" in message


@pytest.mark.parametrize("address", ["nowhere:::", "127.0.0.1", "tcp://127.0.0.1:1"])
def test_says_when_no_cluster_answers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    with dask.config.set({"distributed.comm.timeouts.connect": "100ms"}):
        message = refused(capsys, tmp_path, "--cluster", address)
    assert f"no cluster answers at {address}" in message


def test_similar_meaning_stays_in_one_process(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "leave out" in refused(capsys, tmp_path, "--semantic", "--workers", "2")
