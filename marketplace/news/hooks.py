"""What news add to other features, and to the application."""

from flask import Flask

from marketplace.concepts.states import ConceptEvent
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.needs.dates import FOLLOWED
from marketplace.needs.recipients import FOLLOWERS
from marketplace.needs.states import NeedEvent
from marketplace.news import pages, queries
from marketplace.news.labels import LABELS
from marketplace.news.messages import MESSAGES
from marketplace.news.routes import blueprint
from marketplace.news.services import looking
from marketplace.news.states import NewsWork
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.slots import SLOTS


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    REACTIONS[NeedEvent.PUBLISHED].add(looking.note_need)
    REACTIONS[ConceptEvent.PUBLISHED].add(looking.note_concept)
    REACTIONS[ConceptEvent.CHANGED].add(looking.note_concept)
    register_timed(TimedWork(NewsWork.LOOKED_AT, queries.find_new_texts, looking.look_at))
    FOLLOWERS.add(queries.followers_of_need)
    FOLLOWED.add(queries.needs_followed)
    SLOTS["need.actions"].add(pages.follow_need_button, 90)
    SLOTS["unit.actions"].add(pages.follow_unit_button, 10)
    SLOTS["needs.list"].add(pages.save_button, 10)
    SLOTS["profile.sections"].add(pages.link_on_profile, 20)
