"""What matches add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.core.actor import Role
from marketplace.core.revision import Collection
from marketplace.core.search import SEARCHERS
from marketplace.matches import pages, queries
from marketplace.matches.labels import LABELS
from marketplace.matches.routes import blueprint
from marketplace.ui.labels import register_labels
from marketplace.ui.navigation import MAIN, MENUS, MenuEntry, holders
from marketplace.ui.slots import SLOTS


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    register()


def register() -> None:
    register_labels(LABELS)
    SEARCHERS[Collection.NEEDS] = queries.search_needs
    SEARCHERS[Collection.CONCEPTS] = queries.search_concepts
    SLOTS["need.form.aside"].add(pages.concepts_while_writing, 5)
    SLOTS["need.form.aside"].add(pages.similar_needs_panel, 10)
    SLOTS["need.sections"].add(pages.concepts_panel, 10)
    SLOTS["concept.sections"].add(pages.list_notice, 5)
    SLOTS["concept.sections"].add(pages.needs_panel, 10)
    SLOTS["vocabulary.group"].add(pages.words_at_work)
    MENUS[MAIN].add(MenuEntry("matches.mine", _l("Treff for deg"), holders(Role.ENTREPRENEUR)), 20)
