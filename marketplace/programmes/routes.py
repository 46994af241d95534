"""Programmes in the browser."""

from flask import Blueprint, Flask

from marketplace.programmes.labels import LABELS
from marketplace.ui.labels import register_labels

blueprint = Blueprint("programmes", __name__, template_folder="templates")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register_labels(LABELS)
