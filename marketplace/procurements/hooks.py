"""What procurements add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.agreements.requirements import OBSTACLES
from marketplace.agreements.states import AgreementEvent
from marketplace.core.actor import Role
from marketplace.core.calendar import DATES, DatesOf
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.decisions.states import DecisionEvent
from marketplace.pairings.policies import has_pages_of_the_test
from marketplace.procurements import awaited, policies, queries
from marketplace.procurements.dates import find_steps
from marketplace.procurements.labels import LABELS, TASKS
from marketplace.procurements.messages import MESSAGES
from marketplace.procurements.pages.case import next_step, taught_in_need
from marketplace.procurements.pages.paid_test import payment_advice
from marketplace.procurements.paid_tests import route_obstacle
from marketplace.procurements.routes import case, paid_test, purchases, records, steps, tables
from marketplace.procurements.routes.blueprint import blueprint
from marketplace.procurements.services.paying import ask_for_route
from marketplace.procurements.services.planning import open_decided
from marketplace.procurements.services.reminding import remind_of_step
from marketplace.procurements.states import ProcurementDate, ProcurementWork
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import CASE, MAIN, MENUS, MenuEntry, holders
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks

THRESHOLD_KEEPERS = holders(Role.ADMINISTRATOR, Role.PROCUREMENT_ADVISER)
"""Others who may read the table come to it from a case."""

PAGES = (case, paid_test, purchases, records, steps, tables)
"""Importing them puts their pages on the blueprint."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 70)
    register_messages(MESSAGES)
    DATES.add(DatesOf(ProcurementDate.STEP, find_steps, _l("Anskaffelse, %(step)s: «%(need)s»")))
    REACTIONS[DecisionEvent.BOUGHT].add(open_decided)
    REACTIONS[AgreementEvent.OFFERED].add(ask_for_route)
    OBSTACLES.add(route_obstacle)
    SLOTS["agreement.payment"].add(payment_advice)
    register_timed(TimedWork(ProcurementWork.STEP_DUE, queries.find_due_steps, remind_of_step))
    SLOTS["need.sections"].add(taught_in_need, 35)
    SLOTS["case.next"].add(next_step, 50)
    MENUS[CASE].add(MenuEntry("procurements.show", _l("Anskaffelse"), has_pages_of_the_test), 50)
    for place, endpoint, wording, shown_to in (
        (60, "procurements.purchases", _l("Kjøp"), policies.can_follow_purchases),
        (84, "procurements.thresholds", _l("Terskelverdier"), THRESHOLD_KEEPERS),
        (85, "procurements.step_templates", _l("Trinn i anskaffelser"), policies.can_administer),
    ):
        MENUS[MAIN].add(MenuEntry(endpoint, wording, shown_to), place)
