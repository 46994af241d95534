"""What programmes add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.programmes.labels import LABELS
from marketplace.programmes.messages import MESSAGES
from marketplace.programmes.policies import VIEWERS
from marketplace.programmes.routes import blueprint
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    MENUS[MAIN].add(MenuEntry("programmes.index", _l("Program"), holders(*VIEWERS)), 61)
