"""What needs add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.accounts.states import AccountEvent
from marketplace.accounts.trust import CONTACT_READERS
from marketplace.core.actor import UNIT_ROLES, Role
from marketplace.core.calendar import DATES, DatesOf
from marketplace.core.organisations_around import PLACES, Places
from marketplace.core.reactions import REACTIONS
from marketplace.needs import awaited, queries
from marketplace.needs.dates import find_deadlines
from marketplace.needs.joining import pages
from marketplace.needs.joining import routes as joining
from marketplace.needs.labels import LABELS, TASKS
from marketplace.needs.messages import MESSAGES
from marketplace.needs.routes import deciding, reading, writing
from marketplace.needs.routes.blueprint import blueprint
from marketplace.needs.services import renaming
from marketplace.needs.states import NeedDate
from marketplace.ui import target_group
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, everybody, holders
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks

PAGES = (reading, writing, deciding, joining)
"""Importing them puts their pages on the blueprint."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_labels(target_group.LABELS)
    register_tasks(awaited.AWAITED, TASKS, 10)
    register_messages(MESSAGES)
    DATES.add(
        DatesOf(NeedDate.QUESTIONS_CLOSE, find_deadlines, _l("Siste dag for spørsmål: «%(need)s»"))
    )
    DATES.add(
        DatesOf(NeedDate.INTERESTS_CLOSE, find_deadlines, _l("Siste dag for interesse: «%(need)s»"))
    )
    PLACES.add(Places("need_id", "Need", queries.municipalities_of))
    CONTACT_READERS.add(queries.has_visible_need)
    REACTIONS[AccountEvent.UNIT_CHANGED].add(renaming.let_indexes_know)
    SLOTS["need.actions"].add(pages.join_button, 20)
    SLOTS["need.sections"].add(pages.units_of_need, 3)
    MENUS[MAIN].add(MenuEntry("needs.index", _l("Behov"), everybody), 10)
    MENUS[MAIN].add(MenuEntry("needs.mine", _l("Mine behov"), holders(*UNIT_ROLES)), 12)
    MENUS[MAIN].add(
        MenuEntry("needs.review_queue", _l("Til vurdering"), holders(Role.COORDINATOR)), 14
    )
