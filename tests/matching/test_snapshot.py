"""The index in a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching import Document, MatchIndex, SnapshotError
from matching.facets import AGE, Facets, Range
from matching.index import snapshot
from matching.index.snapshot import MAGIC
from matching.parameters import Parameters, Weighting
from matching.thesaurus import Group, Thesaurus
from tests.matching.examples import CONCEPTS, NEEDS


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "index.bin"
    index = MatchIndex.from_documents(CONCEPTS.values())
    index.remove("choir")
    index.save(path)
    return path


# ---------------------------------------------------------------------- refusals


def test_every_damage_is_noticed(saved: Path) -> None:
    whole = saved.read_bytes()
    for place in range(0, len(whole), 997):
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(SnapshotError):
            MatchIndex.load(saved)


@pytest.mark.parametrize("length", [0, 5, 19, 20, 500, -1])
def test_a_file_cut_short_is_noticed(saved: Path, length: int) -> None:
    saved.write_bytes(saved.read_bytes()[:length])
    with pytest.raises(SnapshotError, match=r"cut short|not a snapshot"):
        MatchIndex.load(saved)


def test_another_version_is_noticed(saved: Path) -> None:
    saved.write_bytes(MAGIC[:-1] + b"0" + saved.read_bytes()[8:])
    with pytest.raises(SnapshotError, match="another version"):
        MatchIndex.load(saved)


@pytest.mark.parametrize(("part", "missing"), [("arrays_of", "lengths"), ("get_params", "k1")])
def test_other_content_under_the_same_version_is_noticed(
    saved: Path, monkeypatch: pytest.MonkeyPatch, part: str, missing: str
) -> None:
    source: object = snapshot if part == "arrays_of" else Parameters
    usual = getattr(source, part)

    def renamed(of: object) -> dict[str, object]:
        return {f"new {n}" if n == missing else n: value for n, value in usual(of).items()}

    monkeypatch.setattr(source, part, renamed)
    MatchIndex.from_documents(CONCEPTS.values()).save(saved)
    monkeypatch.undo()
    with pytest.raises(SnapshotError, match="another version"):
        MatchIndex.load(saved)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        MatchIndex.load(tmp_path / "none")


def test_a_failed_save_leaves_the_old_file(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    before = saved.read_bytes()
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        MatchIndex.from_documents([]).save(saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]


# ---------------------------------------------------------------------- what is kept


def test_a_loaded_index_answers_and_explains_alike(saved: Path) -> None:
    fresh = MatchIndex.from_documents(each for each in CONCEPTS.values() if each.id != "choir")
    loaded = MatchIndex.load(saved)
    assert len(loaded) == len(fresh)
    for need in NEEDS.values():
        assert loaded.rank(need) == fresh.rank(need)
        assert loaded.explain(need, "lonely") == fresh.explain(need, "lonely")


def test_a_loaded_index_can_be_changed_and_saved_again(saved: Path, tmp_path: Path) -> None:
    before = saved.read_bytes()
    loaded, new = MatchIndex.load(saved), Document("new", "Besøksvenn", "En venn hos ensomme.")
    loaded.remove("lonely")
    loaded.add(new)
    kept = [each for name, each in CONCEPTS.items() if name not in {"choir", "lonely"}]
    fresh = MatchIndex.from_documents([*kept, new])
    assert loaded.rank(NEEDS["lonely"]) == fresh.rank(NEEDS["lonely"])
    loaded.save(tmp_path / "again")
    assert MatchIndex.load(tmp_path / "again").rank(NEEDS["lonely"]) == fresh.rank(NEEDS["lonely"])
    assert saved.read_bytes() == before


def test_an_index_that_grew_one_by_one_is_whole(tmp_path: Path) -> None:
    grown = MatchIndex()
    for each in CONCEPTS.values():
        grown.add(each)
    grown.save(tmp_path / "grown")
    loaded = MatchIndex.load(tmp_path / "grown")
    assert all(name in loaded for name in CONCEPTS)
    assert loaded.rank(NEEDS["waste"]) == grown.rank(NEEDS["waste"])


def test_the_same_documents_make_the_same_file(tmp_path: Path) -> None:
    index = MatchIndex.from_documents(CONCEPTS.values())
    index.save(tmp_path / "one", label="now")
    MatchIndex.load(tmp_path / "one").save(tmp_path / "two", label="now")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_constants_thesaurus_label_and_documents_are_kept(tmp_path: Path) -> None:
    constants = Parameters(k1=2.0, field_weights=(("effect", 2.0), ("notes", 0.0)), ngrams=(2, 3))
    groups = Thesaurus.from_groups([Group("ship", ("ferje", "skip"))])
    facets = Facets({AGE: Range(13), "group": {"pupils"}})
    fields = (("effect", "Søvn."), ("notes", "x"), ("notes", "y"))
    whole = Document("a", "Tittel", "Tekst <b>\ud800", "nn", fields, facets)
    MatchIndex.from_documents([whole], constants, groups).save(tmp_path / "one", label="æ\ud800")
    loaded = MatchIndex.load(tmp_path / "one")
    assert (loaded.parameters, loaded.thesaurus, loaded.label) == (constants, groups, "æ\ud800")
    assert loaded.parameters.weighting is Weighting.BM25
    assert loaded.state().collection.document(0) == whole


def test_an_empty_index_is_kept(tmp_path: Path) -> None:
    MatchIndex().save(tmp_path / "empty")
    loaded = MatchIndex.load(tmp_path / "empty")
    assert len(loaded) == 0
    loaded.add(CONCEPTS["waste"])
    assert loaded.rank(NEEDS["waste"])
