"""What pilots add to other features, and to the application."""

from functools import partial

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.agreements.states import AgreementEvent
from marketplace.core.calendar import DATES, DatesOf
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.pairings.policies import has_pages_of_the_test
from marketplace.pilots import awaited, pages, queries
from marketplace.pilots.dates import find_checkpoints
from marketplace.pilots.labels import LABELS, TASKS
from marketplace.pilots.messages import MESSAGES
from marketplace.pilots.routes import blueprint
from marketplace.pilots.services import reminding
from marketplace.pilots.services.planning import follow_agreement
from marketplace.pilots.states import CheckpointReminder, PilotDate
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
    register_tasks(awaited.AWAITED, TASKS, 50)
    register_messages(MESSAGES)
    checkpoint = _l("Sjekkpunkt: «%(concept)s» for «%(need)s»")
    DATES.add(DatesOf(PilotDate.CHECKPOINT, find_checkpoints, checkpoint))
    REACTIONS[AgreementEvent.IN_FORCE].add(follow_agreement)
    for kind in CheckpointReminder:
        find, remind = partial(queries.find_due, kind), partial(reminding.remind, kind)
        register_timed(TimedWork(kind, find, remind))
    SLOTS["case.next"].add(pages.next_step, 30)
    MENUS[CASE].add(MenuEntry("pilots.show", _l("Utprøving"), has_pages_of_the_test), 30)
