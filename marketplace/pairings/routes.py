"""Pairings in the browser."""

from flask import Blueprint, Flask

blueprint = Blueprint("pairings", __name__, template_folder="templates")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
