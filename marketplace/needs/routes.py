"""Pages about needs."""

from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue

from marketplace.ui.access import PUBLIC, access

blueprint = Blueprint("needs", __name__, template_folder="templates")


@blueprint.get("/needs")
@access(PUBLIC)
def index() -> ResponseReturnValue:
    return render_template("needs/index.html")


@blueprint.get("/needs/<int:need_id>")
@access(PUBLIC)
def show(need_id: int) -> ResponseReturnValue:
    return render_template("needs/index.html", need_id=need_id)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
