"""What notifications add to other features, and to the application."""

from functools import partial

from flask import Flask

from marketplace.accounts.states import AccountEvent
from marketplace.config import Settings
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.notifications import (
    calendar_pages,
    digests,
    preference_pages,
    routes,
    services,
    trail_work,
)
from marketplace.notifications.blueprint import blueprint
from marketplace.notifications.labels import LABELS
from marketplace.notifications.messages import MESSAGES
from marketplace.notifications.states import DIGESTS
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.slots import SLOTS


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()
    watch_trail(app.extensions["settings"])


def watch_trail(settings: Settings) -> None:
    """A demo is thrown away and begun anew at will: its anchors would be missed the next day."""
    work = trail_work.WORK
    kinds = [trail_work.TrailWork.CHECKED] if settings.demo else list(work)
    for kind in kinds:
        register_timed(TimedWork(kind, trail_work.find_tonight, partial(work[kind], settings)))


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    REACTIONS[AccountEvent.PERSON_DEACTIVATED].add(services.revoke_calendar_of_closed)
    for rhythm, topic in DIGESTS.items():
        find, gather = partial(digests.find_due, rhythm), partial(digests.gather, rhythm)
        register_timed(TimedWork(topic, find, gather))
    SLOTS["header.account"].add(routes.unread_link, 10)
    SLOTS["profile.sections"].add(preference_pages.link_on_profile, 10)
    SLOTS["date.calendar"].add(calendar_pages.calendar_link, 10)
