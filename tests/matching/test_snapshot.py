"""The index in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from matching.snapshot import MAGIC

from matching import Document, MatchIndex, SnapshotError, snapshot
from tests.matching.examples import CONCEPTS, NEEDS


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    path = tmp_path / "index.bin"
    index = MatchIndex.fit(CONCEPTS.values())
    index.remove("choir")
    index.save(path)
    return path


def test_loaded_index_answers_and_explains_alike(saved: Path) -> None:
    fresh = MatchIndex.fit(each for name, each in CONCEPTS.items() if name != "choir")
    loaded = MatchIndex.load(saved)
    assert len(loaded) == len(fresh)
    for need in NEEDS.values():
        assert loaded.rank(need) == fresh.rank(need)
        assert loaded.explain(need, "lonely") == fresh.explain(need, "lonely")


def test_loaded_index_can_be_changed(saved: Path, tmp_path: Path) -> None:
    loaded = MatchIndex.load(saved)
    loaded.remove("lonely")
    loaded.add(Document("new", "Besøksvenn", "En venn på besøk hos ensomme."))
    kept = [each for name, each in CONCEPTS.items() if name not in {"choir", "lonely"}]
    fresh = MatchIndex.fit([*kept, Document("new", "Besøksvenn", "En venn på besøk hos ensomme.")])
    assert loaded.rank(NEEDS["lonely"]) == fresh.rank(NEEDS["lonely"])
    loaded.save(tmp_path / "again")
    assert MatchIndex.load(tmp_path / "again").rank(NEEDS["lonely"]) == fresh.rank(NEEDS["lonely"])


def test_empty_index_and_odd_text_survive(tmp_path: Path) -> None:
    MatchIndex.fit([]).save(tmp_path / "empty")
    assert len(MatchIndex.load(tmp_path / "empty")) == 0
    MatchIndex.fit([Document("a", "", "skole \ud800")]).save(tmp_path / "odd")
    assert "a" in MatchIndex.load(tmp_path / "odd")


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


def test_other_arrays_under_the_same_version_are_noticed(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = snapshot._arrays(MatchIndex.load(saved)._collection)
    held["sizes"] = held.pop("lengths")
    monkeypatch.setattr(snapshot, "_arrays", lambda _collection: held)
    MatchIndex.fit(CONCEPTS.values()).save(saved)
    with pytest.raises(SnapshotError, match="another version"):
        MatchIndex.load(saved)


def test_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        MatchIndex.load(tmp_path / "none")


def test_failed_save_leaves_the_old_file(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError("disk full")

    before = saved.read_bytes()
    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        MatchIndex.fit([]).save(saved)
    assert saved.read_bytes() == before
    assert list(saved.parent.iterdir()) == [saved]
