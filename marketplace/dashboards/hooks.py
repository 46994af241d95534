"""What dashboards add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.actor import Actor, Role
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.dashboards import pages, ways
from marketplace.dashboards.labels import LABELS
from marketplace.dashboards.quality import queries as quality
from marketplace.dashboards.quality import routes as quality_routes
from marketplace.dashboards.quality.services import count_month
from marketplace.dashboards.quality.states import QualityWork
from marketplace.dashboards.routes import blueprint, home
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.ui.slots import SLOTS


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.register_blueprint(quality_routes.blueprint)
    app.add_url_rule("/", "home", home)
    register()


def _signed_in(actor: Actor) -> bool:
    return actor.signed_in


def register() -> None:
    register_labels(LABELS)
    register_timed(TimedWork(QualityWork.NEEDS_COUNTED, quality.find_due, count_month))
    SLOTS["home.signed_in"].add(pages.on_first_page, 10)
    SLOTS["programme.standing"].add(pages.standing, 10)
    SLOTS["programme.sections"].add(pages.sections, 10)
    MENUS[MAIN].add(MenuEntry("home", _l("Mitt arbeid"), _signed_in), 0)
    MENUS[MAIN].add(MenuEntry("dashboards.flow_page", _l("Tall"), holders(*ways.VIEWERS)), 70)
    MENUS[MAIN].add(
        MenuEntry("dashboards.attention", _l("Trenger oppmerksomhet"), holders(Role.COORDINATOR)), 5
    )
