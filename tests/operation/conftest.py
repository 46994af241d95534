"""Empty databases of a test's own, on both engines, that migrations may do with as they like."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.domain.mail_stage import installed, mail_server

__all__ = ["installed", "mail_server"]

_names = (f"operation_{number}" for number in count(1))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'operation.db'}"
        return
    yield from _on_server(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def empty_postgresql(postgresql_url: str) -> Iterator[str]:
    yield from _on_server(postgresql_url)


def _on_server(server_url: str) -> Iterator[str]:
    server, name = make_url(server_url), next(_names)
    plain = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as keeper:
        keeper.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield server.set(database=name).render_as_string(hide_password=False)
        keeper.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
