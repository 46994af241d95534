"""What the vocabulary adds to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.vocabulary.labels import LABELS
from marketplace.vocabulary.policies import KEEPERS
from marketplace.vocabulary.routes import blueprint


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    MENUS[MAIN].add(MenuEntry("vocabulary.index", _l("Ordliste"), holders(*KEEPERS)), 92)
