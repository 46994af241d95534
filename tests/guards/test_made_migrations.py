"""`make-migration` writes what is committed: it can be used as it is, and has not been mended."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import Engine

from marketplace.core import migrate
from marketplace.core.engine import make_engine
from marketplace.models import metadata

MOVES_ROWS = ("op.execute(", "op.bulk_insert(", "op.get_bind(")
"""What no generator writes: a migration with one of these was finished by hand."""


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The migrations, where a new one may be written."""
    for name in ("alembic.ini", "pyproject.toml"):
        shutil.copy(migrate.ROOT / name, tmp_path)
    shutil.copytree(migrate.ROOT / "migrations", tmp_path / "migrations")
    monkeypatch.setattr(migrate, "ROOT", tmp_path)
    return tmp_path / "migrations" / "versions"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return make_engine(f"sqlite:///{tmp_path / 'empty.db'}")


def test_the_newest_migration_is_as_it_was_made(copy: Path, engine: Engine) -> None:
    newest, before = list(migrate._scripts().walk_revisions())[:2]
    file = copy / Path(newest.path).name
    written = file.read_text(encoding="utf-8")
    file.unlink()
    migrate.upgrade(engine)
    assert before.revision == newest.down_revision
    migrate.make_revision(engine, newest.revision, newest.doc)
    engine.dispose()
    by_hand = any(move in written for move in MOVES_ROWS)
    assert by_hand or file.read_text(encoding="utf-8") == written


def test_a_migration_made_of_nothing_gives_the_tables_of_the_models(
    copy: Path, engine: Engine, tmp_path: Path
) -> None:
    for file in copy.glob("*.py"):
        file.unlink()
    migrate.make_revision(engine, "0001", "all at once")
    migrate.upgrade(engine)
    created = make_engine(f"sqlite:///{tmp_path / 'created.db'}")
    metadata.create_all(created)
    found = migrate.differences(engine, created, metadata)
    engine.dispose()
    created.dispose()
    assert [each for each in found if "TRIGGER" not in each] == []
