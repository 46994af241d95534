"""What concepts add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.concepts import awaited
from marketplace.concepts.labels import LABELS, TASKS
from marketplace.concepts.routes import blueprint
from marketplace.core.actor import Role
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.ui.tasks import register_tasks


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 15)
    MENUS[MAIN].add(
        MenuEntry("concepts.index", _l("Mine konsepter"), holders(Role.ENTREPRENEUR)), 30
    )
