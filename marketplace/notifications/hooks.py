"""What notifications add to other features, and to the application."""

from functools import partial

from flask import Flask

from marketplace.accounts.states import AccountEvent
from marketplace.config import Settings
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.notifications.labels import LABELS
from marketplace.notifications.messages import MESSAGES
from marketplace.notifications.pages import panels
from marketplace.notifications.pages.mails import compose_anchors
from marketplace.notifications.routes import calendar, inbox, preferences
from marketplace.notifications.routes.blueprint import blueprint
from marketplace.notifications.services import digests, trail
from marketplace.notifications.services.calendars import revoke_calendar_of_closed
from marketplace.notifications.services.trail import Act, TrailWork
from marketplace.notifications.states import DIGESTS
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.slots import SLOTS

PAGES = (inbox, preferences, calendar)
"""Importing them puts their pages on the blueprint."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()
    watch_trail(app.extensions["settings"])


def watch_trail(settings: Settings) -> None:
    """A demo is thrown away and begun anew at will: its anchors would be missed the next day."""
    work: dict[TrailWork, Act] = {TrailWork.CHECKED: trail.check}
    if not settings.demo:
        work[TrailWork.ANCHORED] = trail.write_anchors
        work[TrailWork.MAILED] = partial(trail.mail_anchors, compose_anchors)
    for kind, act in work.items():
        register_timed(TimedWork(kind, trail.find_tonight, partial(act, settings)))


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    REACTIONS[AccountEvent.PERSON_DEACTIVATED].add(revoke_calendar_of_closed)
    for rhythm, topic in DIGESTS.items():
        find, gather = partial(digests.find_due, rhythm), partial(digests.gather, rhythm)
        register_timed(TimedWork(topic, find, gather))
    SLOTS["header.account"].add(panels.unread_link, 10)
    SLOTS["profile.sections"].add(panels.link_on_profile, 10)
    SLOTS["date.calendar"].add(panels.calendar_link, 10)
