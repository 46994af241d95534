"""The procurement of a case in the browser."""

from flask import Blueprint, Flask

from marketplace.procurements.labels import LABELS
from marketplace.ui.labels import register_labels

blueprint = Blueprint("procurements", __name__, template_folder="templates")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register_labels(LABELS)
