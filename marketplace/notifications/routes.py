"""Messages in the application: the list, and the button that marks them read."""

from flask import Blueprint, Flask

blueprint = Blueprint("notifications", __name__, template_folder="templates")


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
