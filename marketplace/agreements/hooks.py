"""What agreements add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.agreements import panels, policies, routes, template_pages
from marketplace.agreements.blueprint import blueprint
from marketplace.agreements.labels import LABELS
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import CASE, MAIN, MENUS, MenuEntry
from marketplace.ui.slots import SLOTS

PAGES = (routes, template_pages)
"""Importing them puts their pages on the blueprint."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    SLOTS["case.next"].add(panels.next_step, 20)
    MENUS[CASE].add(MenuEntry("agreements.show", _l("Avtale"), policies.has_page), 20)
    MENUS[MAIN].add(
        MenuEntry(template_pages.ENDPOINT, _l("Avtalemaler"), policies.can_edit_templates), 95
    )
