"""What is written for nobody else is readable by nobody else, also where it was open before."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.config import load_settings
from marketplace.core import migrate
from marketplace.core.engine import Database
from marketplace.core.revision import Point
from marketplace.matches import snapshots
from marketplace.models import metadata
from marketplace.worker import run_once
from matching import MatchIndex
from tests.domain.mail_stage import put


@pytest.fixture(autouse=True)
def _open_by_default() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder.parent)): oct(path.stat().st_mode & 0o777)
        for path in (folder, *folder.rglob("*"))
    }


def test_all_in_the_instance_folder_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = load_settings({})
    database = Database(settings.database_url, settings.snapshot_dir)
    metadata.create_all(database.engine)
    put(database)
    assert run_once(database, settings) == 1
    snapshots.save(settings.snapshot_dir, "needs", MatchIndex(), Point(1, "a"))
    found = modes(tmp_path / "instance")
    database.engine.dispose()
    folders = {name for name in found if (tmp_path / name).is_dir()}
    assert folders == {"instance", "instance/mail", "instance/index"}
    assert {name.rpartition(".")[2] for name in found} >= {"db", "db-wal", "db-shm", "eml", "index"}
    assert found == {name: "0o700" if name in folders else "0o600" for name in found}


def test_what_an_earlier_version_left_open_is_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o755)
    for name in ("behovstorget.db", "behovstorget.db-wal", "behovstorget.db-shm", "secret_key"):
        (folder / name).touch(mode=0o644)
    (folder / "secret_key").write_text("k" * 40)
    settings = load_settings({})
    assert settings.secret_key == "k" * 40
    Database(settings.database_url)
    assert set(modes(folder).values()) == {"0o700", "0o600"}


def test_the_folder_of_a_clone_is_closed_and_git_leaves_out_what_is_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ignored = (migrate.ROOT / "instance" / ".gitignore").read_text(encoding="ascii")
    assert ignored.splitlines() == ["*", "!.gitignore"]
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "instance"
    folder.mkdir(mode=0o755)
    (folder / ".gitignore").write_text(ignored, encoding="ascii")
    Database(load_settings({}).database_url)
    found = modes(folder)
    assert found.pop("instance/.gitignore") == "0o644"
    assert found.pop("instance") == "0o700"
    assert set(found.values()) == {"0o600"}


def test_a_folder_that_was_named_may_be_for_others_too(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    load_settings({"INSTANCE_DIR": str(tmp_path)})
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
