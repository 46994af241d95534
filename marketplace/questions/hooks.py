"""What questions add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.calendar import DATES, DatesOf
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.needs.dates import FOLLOWED
from marketplace.needs.recipients import FOLLOWERS
from marketplace.needs.states import NeedEvent
from marketplace.questions import awaited, pages, policies, queries, services
from marketplace.questions.dates import find_answers_due
from marketplace.questions.labels import LABELS, TASKS
from marketplace.questions.messages import MESSAGES
from marketplace.questions.routes import blueprint
from marketplace.questions.states import QuestionDate, QuestionTimed
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 30)
    register_messages(MESSAGES)
    DATES.add(
        DatesOf(QuestionDate.ANSWER_DUE, find_answers_due, _l("Svar på spørsmål om «%(need)s»"))
    )
    FOLLOWED.add(queries.needs_asked_about)
    REACTIONS[NeedEvent.CLOSED].add(services.turn_down_unanswered)
    register_timed(TimedWork(QuestionTimed.DUE, queries.find_due, services.remind_unit))
    register_timed(
        TimedWork(QuestionTimed.OVERDUE, queries.find_overdue, services.remind_coordinators)
    )
    FOLLOWERS.add(queries.askers)
    SLOTS["need.actions"].add(pages.ask_button, 25)
    SLOTS["need.sections"].add(pages.questions_of_need, 5)
    MENUS[MAIN].add(MenuEntry("questions.index", _l("Spørsmål"), holders(*policies.FOLLOWERS)), 16)
