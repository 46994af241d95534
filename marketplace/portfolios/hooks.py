"""What portfolios add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.actor import Role
from marketplace.portfolios import pages
from marketplace.portfolios.labels import LABELS
from marketplace.portfolios.routes import blueprint
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.ui.slots import SLOTS


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    SLOTS["match.actions"].add(pages.decide_action, 40)
    MENUS[MAIN].add(MenuEntry("portfolios.show", _l("Portefølje"), holders(Role.COORDINATOR)), 55)
