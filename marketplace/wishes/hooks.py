"""What wishes add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.actor import MUNICIPAL_ROLES
from marketplace.core.reactions import REACTIONS
from marketplace.needs.recipients import FOLLOWERS
from marketplace.needs.states import NeedEvent
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.ui.slots import SLOTS
from marketplace.wishes import pages, queries, services
from marketplace.wishes.labels import LABELS
from marketplace.wishes.messages import MESSAGES
from marketplace.wishes.routes import blueprint


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    REACTIONS[NeedEvent.PUBLISHED].add(services.note_publishing)
    FOLLOWERS.add(queries.raisers)
    SLOTS["home.signed_in"].add(pages.wishes_for_units, 20)
    SLOTS["home.signed_in"].add(pages.raised_by_panel, 30)
    SLOTS["needs.mine"].add(pages.wishes_for_units, 20)
    SLOTS["need.sections"].add(pages.origin_of_need, 2)
    MENUS[MAIN].add(MenuEntry("wishes.index", _l("Ønsker"), holders(*MUNICIPAL_ROLES)), 18)
