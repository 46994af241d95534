"""Web tests: the whole application on the test's own database connection."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.app import create_app
from marketplace.config import Settings, load_settings
from marketplace.core.engine import Database
from tests.web.client import Browser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"INSTANCE_DIR": str(tmp_path), "PUBLIC_URL": "http://localhost"})


@pytest.fixture
def app(settings: Settings, database: Database) -> Flask:
    app = create_app(settings, database)
    app.testing = True
    return app


@pytest.fixture
def browser(app: Flask, session: Session) -> Browser:
    return Browser(app, session)


@pytest.fixture
def signed_in(app: Flask, session: Session) -> Callable[[Person], Browser]:
    """A browser in which `person` is signed in."""
    return lambda person: Browser(app, session).sign_in(person)
