"""One planted town for all tests of a process: nothing changes it but sign-ins."""

import pytest

from marketplace.app import create_app
from marketplace.config import load_settings
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from marketplace.models import metadata
from tests.conftest import NOW
from tests.sight.planted import Planted, plant


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("town")
    settings = load_settings({"INSTANCE_DIR": str(folder), "PUBLIC_URL": "http://localhost"})
    app = create_app(settings)
    app.testing = True
    app.database = Database(f"sqlite:///{folder / 'town.db'}")
    metadata.create_all(app.database.engine)
    with clock_at(NOW):
        return plant(app, app.database, tmp_path_factory.mktemp("texts"))
