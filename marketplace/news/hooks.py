"""What news add to other features, and to the application."""

from flask import Flask

from marketplace.concepts.states import ConceptEvent
from marketplace.core.reactions import REACTIONS
from marketplace.core.schedule import TimedWork, register_timed
from marketplace.needs.states import NeedEvent
from marketplace.news import queries, services
from marketplace.news.labels import LABELS
from marketplace.news.messages import MESSAGES
from marketplace.news.states import NewsWork
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages


def install(_app: Flask) -> None:
    register()


def register() -> None:
    register_labels(LABELS)
    register_messages(MESSAGES)
    REACTIONS[NeedEvent.PUBLISHED].add(services.note_need)
    REACTIONS[ConceptEvent.PUBLISHED].add(services.note_concept)
    REACTIONS[ConceptEvent.CHANGED].add(services.note_concept)
    register_timed(TimedWork(NewsWork.LOOKED_AT, queries.find_new_texts, services.look_at))
