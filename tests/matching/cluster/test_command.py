"""`python -m matching rank` with worker processes: the same file, and refusals that say why."""

from __future__ import annotations

import sys
from pathlib import Path

import dask
import pytest
from distributed import Client

from matching.cli import main
from tests.matching.examples import CONCEPTS, NEEDS


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
    wanted = {"one": ["--words-only"], "many": ["--cluster", address]}
    for name, where in wanted.items():
        output = str(tmp_path / f"{name}.csv")
        assert main(["rank", *files, "--output", output, *direction, *where]) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "many.csv").read_bytes()


@pytest.mark.slow
def test_the_command_line_starts_workers_and_stays_quiet(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = _files(tmp_path)
    assert main(["rank", *files, "--words-only"]) == 0
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
