"""The procurement of a case in the browser, the sums of purchases, and the dated tables."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.actor import Actor, Role
from marketplace.pairings.case_tabs import CaseTab, add_case_tab
from marketplace.procurements import panels, policies, reactions, timed
from marketplace.procurements.labels import LABELS

# Each of these hangs its routes on the blueprint when imported.
from marketplace.procurements.routes import case, purchases, records, steps, tables  # noqa: F401
from marketplace.procurements.routes.blueprint import blueprint
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MenuEntry, add_menu_entry


def _works_with_thresholds(actor: Actor) -> bool:
    """Others who may read the table come to it from a case."""
    return actor.holds(Role.ADMINISTRATOR, Role.PROCUREMENT_ADVISER)


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register_labels(LABELS)
    reactions.register()
    timed.register()
    panels.register()
    add_case_tab(CaseTab(50, _l("Anskaffelse"), "procurements.show", policies.has_page))
    for order, wording, endpoint, shown_to in (
        (60, _l("Kjøp"), "procurements.purchases", policies.can_follow_purchases),
        (84, _l("Terskelverdier"), "procurements.thresholds", _works_with_thresholds),
        (85, _l("Trinn i anskaffelser"), "procurements.step_templates", policies.can_administer),
    ):
        add_menu_entry(MenuEntry(order, wording, endpoint, shown_to))
