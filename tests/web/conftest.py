"""Web tests: the whole application on the test's own database connection."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.app import create_app
from marketplace.config import Settings, load_settings
from marketplace.core.engine import Database
from marketplace.models import metadata
from marketplace.ui.web import WebApplication
from tests.domain.casts import case, cast, people, town
from tests.web.client import Browser

__all__ = ["case", "cast", "people", "town"]


@pytest.fixture(scope="session", params=["sqlite"])
def filled_schema(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """Pages are tested on SQLite alone: what they ask of a database has its own tests, on both."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('db') / 'test.db'}")
    metadata.create_all(database.engine)
    yield database
    database.engine.dispose()


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("instance")
    return load_settings({"INSTANCE_DIR": str(folder), "PUBLIC_URL": "http://localhost"})


@pytest.fixture(scope="session")
def built_app(settings: Settings) -> WebApplication:
    """Built once: making it and compiling its templates takes longer than most tests."""
    app = create_app(settings)
    app.testing = True
    return app


@pytest.fixture
def app(built_app: WebApplication, database: Database) -> Flask:
    built_app.database = database
    return built_app


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    return Browser(app, session)


@pytest.fixture
def signed_in(app: Flask, session: Session) -> Callable[[Person], Browser]:
    """A browser in which `person` is signed in."""
    return lambda person: Browser(app, session).sign_in(person)
