"""Guards look at the whole application; no database is needed unless a test asks for one."""

from pathlib import Path

import pytest
from flask import Flask

from marketplace.app import create_app
from marketplace.config import load_settings


@pytest.fixture(scope="session")
def whole_app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = Path(tmp_path_factory.mktemp("instance"))
    return create_app(load_settings({"INSTANCE_DIR": str(folder)}))
