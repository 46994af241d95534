"""What accounts add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.accounts import awaited, pages
from marketplace.accounts.labels import LABELS, TASKS
from marketplace.accounts.messages import MESSAGES
from marketplace.accounts.policies import can_administer
from marketplace.accounts.routes import (
    demo,
    links,
    organisations,
    people,
    places,
    profile,
    registration,
    sign_in,
    units,
)
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.accounts.states import SECURITY_EVENTS
from marketplace.core.security_log import watch
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks

PAGES = (demo, links, organisations, people, places, profile, registration, sign_in, units)
"""Importing them puts their pages on the blueprint."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 1)
    watch(*SECURITY_EVENTS)
    register_messages(MESSAGES)
    MENUS[MAIN].add(
        MenuEntry("accounts.list_organisations", _l("Organisasjoner"), can_administer), 80
    )
    MENUS[MAIN].add(MenuEntry("accounts.list_people", _l("Folk"), can_administer), 81)
    SLOTS["header.account"].add(pages.sign_in_in_header, 100)
    SLOTS["header.menu"].add(pages.account_in_menu, 100)
