"""Pages for signing in, people, organisations and units."""

from flask import Flask

from marketplace.accounts.routes import signing  # noqa: F401  its routes hang on the blueprint
from marketplace.accounts.routes.blueprint import blueprint


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
