"""What decisions add to other features, and to the application."""

from functools import partial

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.calendar import DATES, DatesOf
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.decisions import awaited, pages, queries, services
from marketplace.decisions.dates import find_agreed, find_awaited
from marketplace.decisions.labels import LABELS, TASKS
from marketplace.decisions.messages import MESSAGES
from marketplace.decisions.routes import blueprint
from marketplace.decisions.states import DecisionDate, Reminder
from marketplace.pairings.policies import has_pages_of_the_test
from marketplace.pilots.states import PilotEvent
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import CASE, MENUS, MenuEntry
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 60)
    register_messages(MESSAGES)
    deadline = _l("Beslutning senest: «%(concept)s» for «%(need)s»")
    DATES.add(DatesOf(DecisionDate.AWAITED, find_awaited, deadline))
    DATES.add(DatesOf(DecisionDate.AGREED, find_agreed, deadline))
    REACTIONS[PilotEvent.COMPLETED].add(services.await_decision)
    for reminder in Reminder:
        find, remind = partial(queries.find_due, reminder), partial(services.remind, reminder)
        register_timed(TimedWork(reminder, find, remind))
    SLOTS["case.next"].add(pages.next_step, 40)
    MENUS[CASE].add(MenuEntry("decisions.show", _l("Beslutning"), has_pages_of_the_test), 40)
