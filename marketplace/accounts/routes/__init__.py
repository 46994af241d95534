"""Pages for signing in, people, organisations and units."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.accounts.labels import LABELS
from marketplace.accounts.policies import can_administer

# Each of these hangs its routes on the blueprint, or its part into a slot, when imported.
from marketplace.accounts.routes import (  # noqa: F401
    demo,
    header,
    links,
    organisations,
    people,
    places,
    profile,
    registration,
    signing,
    units,
)
from marketplace.accounts.routes.blueprint import blueprint
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MenuEntry, add_menu_entry


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register_labels(LABELS)
    for order, wording, endpoint in (
        (80, _l("Organisasjoner"), "accounts.list_organisations"),
        (81, _l("Folk"), "accounts.list_people"),
    ):
        add_menu_entry(MenuEntry(order, wording, endpoint, can_administer))
