"""What agreements add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.agreements import awaited, policies
from marketplace.agreements.labels import LABELS, TASKS
from marketplace.agreements.messages import MESSAGES
from marketplace.agreements.pages import case
from marketplace.agreements.routes import moves, templates, versions, writing
from marketplace.agreements.routes.blueprint import blueprint
from marketplace.pairings.policies import has_pages_of_the_test
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import CASE, MAIN, MENUS, MenuEntry
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks

PAGES = (moves, templates, versions, writing)
"""Importing them puts their pages on the blueprint."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 40)
    SLOTS["case.next"].add(case.next_step, 20)
    register_messages(MESSAGES)
    MENUS[CASE].add(MenuEntry("agreements.show", _l("Avtale"), has_pages_of_the_test), 20)
    MENUS[MAIN].add(
        MenuEntry(templates.ENDPOINT, _l("Avtalemaler"), policies.can_edit_templates), 95
    )
