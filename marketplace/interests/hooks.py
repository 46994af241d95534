"""What interests add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.concepts.queries import READERS
from marketplace.core.actor import Role
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.interests import pages, queries, recipients, services
from marketplace.interests.labels import LABELS
from marketplace.interests.messages import MESSAGES
from marketplace.interests.routes import blueprint
from marketplace.interests.states import InterestWork
from marketplace.needs.dates import FOLLOWED
from marketplace.needs.recipients import FOLLOWERS
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.ui.slots import SLOTS


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    FOLLOWED.add(queries.needs_answered)
    find, tell_unit = queries.find_deadlines_passed, services.tell_deadline_passed
    register_timed(TimedWork(InterestWork.DEADLINE_PASSED, find, tell_unit))
    READERS.add(queries.concepts_received)
    FOLLOWERS.add(recipients.interested_people)
    SLOTS["need.actions"].add(pages.answer_button, 30)
    SLOTS["need.sections"].add(pages.interests_in_need, 20)
    MENUS[MAIN].add(
        MenuEntry("interests.index", _l("Mine interesser"), holders(Role.ENTREPRENEUR)), 40
    )
