"""Vectors of texts, each made once and kept in a file."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from matching import Document
from matching.semantic.centering import VectorTable
from matching.semantic.vectors import BATCH, MOST_WORDS, VectorStore, meaningful_text
from tests.matching.examples import CONCEPTS, query
from tests.matching.stand_in import StandIn


def _stored(path: Path, encoder: StandIn | None = None) -> tuple[list[list[int]], list[str]]:
    """Return the vectors of all concepts, and the texts that had to be read for them."""
    encoder = encoder or StandIn()
    vectors = VectorStore(encoder, path).vectors(list(CONCEPTS.values()))
    return vectors.tolist(), encoder.read


def test_each_text_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    twice = [*CONCEPTS.values(), replace(CONCEPTS["code"], id="twin", language="nb")]
    encoder = StandIn()
    store = VectorStore(encoder, path)
    store.vectors(twice)
    store.vectors(twice)
    assert len(encoder.read) == len(set(encoder.read)) == len(store) == len(CONCEPTS)
    assert _stored(path) == (store.vectors(list(CONCEPTS.values())).tolist(), [])
    assert _stored(path, StandIn("stand-in 2"))[1] == encoder.read


def test_a_damaged_record_is_made_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "vectors"
    vectors, texts = _stored(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert _stored(path) == (vectors, [texts[len(texts) // 2]])
    assert "1 damaged" in caplog.text
    assert _stored(path) == (vectors, [])


@pytest.mark.parametrize("lost", [1, 30, 100])
def test_a_file_cut_short_is_made_whole(tmp_path: Path, lost: int) -> None:
    path = tmp_path / "vectors"
    vectors, texts = _stored(path)
    whole = path.read_bytes()
    path.write_bytes(whole[:-lost])
    again, read = _stored(path)
    assert again == vectors
    assert read == texts[-len(read) :] != []
    assert path.read_bytes() == whole


@pytest.mark.parametrize("content", [b"", b"BTMEANS", b"something else " * 100])
def test_another_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "vectors"
    path.write_bytes(content)
    vectors, read = _stored(path)
    assert len(read) == len(CONCEPTS)
    assert _stored(path) == (vectors, [])
    assert [each.name for each in tmp_path.iterdir()] == ["vectors"]


def test_what_was_made_before_a_crash_is_kept(tmp_path: Path) -> None:
    class Crashes(StandIn):
        def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            if self.read:
                raise RuntimeError("out of memory")
            return super().encode(texts)

    many = [Document("", "", f"ord{number}") for number in range(BATCH + 5)]
    with pytest.raises(RuntimeError):
        VectorStore(Crashes(), tmp_path / "vectors").vectors(many)
    encoder = StandIn()
    VectorStore(encoder, tmp_path / "vectors").vectors(many)
    assert len(encoder.read) == 5


def test_two_processes_use_one_file(tmp_path: Path) -> None:
    path = tmp_path / "vectors"
    one, other = VectorStore(StandIn(), path), VectorStore(StandIn(), path)
    one.vectors(list(CONCEPTS.values())[:4])
    other.vectors(list(CONCEPTS.values())[4:])
    assert _stored(path)[1] == []


def test_a_long_text_is_read_from_its_beginning() -> None:
    text = meaningful_text(Document("", "<b>Kort</b> tittel", "ord " * 500 + "x" * 10_000))
    assert text.startswith("Kort tittel ord ord")
    assert len(text.split()) == MOST_WORDS
    assert len(meaningful_text(query("x" * 10_000))) < 100


@pytest.mark.parametrize("kept", [False, True])
def test_a_pickled_store_knows_its_vectors(tmp_path: Path, kept: bool) -> None:
    store = VectorStore(StandIn(), tmp_path / "vectors" if kept else None)
    vectors = store.vectors(list(CONCEPTS.values()))
    other = pickle.loads(pickle.dumps(store))  # noqa: S301 - our own
    other.encoder.read.clear()
    assert np.array_equal(other.vectors(list(CONCEPTS.values())), vectors)
    assert other.encoder.read == []


@pytest.mark.parametrize("asked", [1, 2, 3, 7, 30])
def test_how_similar_texts_are_does_not_depend_on_what_is_asked_beside(asked: int) -> None:
    random = np.random.default_rng(asked)
    table = VectorTable(random.integers(-200, 200, (24, 384)).astype(np.int16))
    table.extend(random.integers(-200, 200, (50, 384)).astype(np.int16))
    queries = random.integers(-200, 200, (asked, 384)).astype(np.int16)
    alone = [table.cosines(queries[row : row + 1])[0] for row in range(asked)]
    assert np.array_equal(table.cosines(queries), alone)
