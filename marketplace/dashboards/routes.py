"""The first page, and what waits for whom."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from marketplace.ui.access import PUBLIC, access

blueprint = Blueprint("dashboards", __name__, template_folder="templates")


@access(PUBLIC)
def home() -> ResponseReturnValue:
    return render_template("dashboards/start.html")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.add_url_rule("/", "home", home)
