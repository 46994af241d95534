"""What lessons add to other features, and to the application."""

from functools import partial

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.revision import Collection
from marketplace.core.search import SEARCHERS
from marketplace.lessons import awaited, pages, queries
from marketplace.lessons.labels import LABELS, TASKS
from marketplace.lessons.messages import MESSAGES
from marketplace.lessons.routes import blueprint
from marketplace.matches.queries import search_texts
from marketplace.matches.texts import TEXTS
from marketplace.pairings.policies import has_pages_of_the_test
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import CASE, MAIN, MENUS, MenuEntry, everybody
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 80)
    register_messages(MESSAGES)
    TEXTS[Collection.LESSONS] = queries.texts_since
    SEARCHERS[Collection.LESSONS] = partial(search_texts, Collection.LESSONS)
    SLOTS["need.form.aside"].add(pages.beside_the_form, 20)
    SLOTS["need.sections"].add(pages.of_like_needs, 40)
    SLOTS["case.next"].add(pages.next_step, 60)
    MENUS[CASE].add(MenuEntry("lessons.show", _l("Læring"), has_pages_of_the_test), 60)
    MENUS[MAIN].add(MenuEntry("lessons.index", _l("Læring"), everybody), 15)
