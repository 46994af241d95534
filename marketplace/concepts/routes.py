"""Pages of the feature: put in place first, filled next."""

from flask import Blueprint, Flask

blueprint = Blueprint("concepts", __name__, template_folder="templates")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
