"""What pairings add to other features, and to the application."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.concepts.queries import HOLDERS as HOLDERS_OF_CONCEPTS
from marketplace.concepts.queries import READERS
from marketplace.concepts.states import ConceptEvent
from marketplace.core.organisations_around import PLACES, Places
from marketplace.core.reactions import REACTIONS
from marketplace.core.security_log import watch
from marketplace.interests.queries import HOLDERS
from marketplace.interests.states import InterestEvent
from marketplace.matches.blocking import BLOCKERS, Blocker
from marketplace.needs.recipients import FOLLOWERS
from marketplace.needs.states import NeedEvent, ParticipationEvent
from marketplace.pairings import awaited, keeping, policies, queries
from marketplace.pairings.capacity import keep_capacity_of_joined_unit
from marketplace.pairings.labels import LABELS, TASKS
from marketplace.pairings.messages import MESSAGES
from marketplace.pairings.pages import case, panels
from marketplace.pairings.recipients import followers_of_need
from marketplace.pairings.roles import pages
from marketplace.pairings.roles import routes as role_routes
from marketplace.pairings.routes import answering, cases, deciding, proposing
from marketplace.pairings.routes.blueprint import blueprint
from marketplace.pairings.services.withdrawing import withdraw_undecided
from marketplace.pairings.states import PairingEvent
from marketplace.ui.labels import register_labels
from marketplace.ui.messages import register_messages
from marketplace.ui.navigation import CASE, MAIN, MENUS, MenuEntry, everybody, holders
from marketplace.ui.slots import SLOTS
from marketplace.ui.tasks import register_tasks

PAGES = (answering, cases, deciding, proposing, role_routes)
"""Importing them puts their pages on the blueprint."""


def install(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.jinja_env.globals["case_frame"] = case.case_frame
    app.jinja_env.globals["pairing_title"] = case.title_of
    register()


def register() -> None:
    register_labels(LABELS)
    register_tasks(awaited.AWAITED, TASKS, 20)
    register_messages(MESSAGES)
    PLACES.add(Places("pairing_id", "Pairing", queries.organisations_of))
    watch(PairingEvent.ROLE_ASSIGNED, PairingEvent.DEPUTY_ASSIGNED, PairingEvent.DEPUTY_REMOVED)
    FOLLOWERS.add(followers_of_need)
    READERS.add(queries.concepts_in_sight)
    HOLDERS.add(keeping.holds_interest)
    HOLDERS_OF_CONCEPTS.add(keeping.holds_concept)
    BLOCKERS.add(
        Blocker(queries.declined_concept_ids, queries.declined_need_ids, queries.declined_pairs)
    )
    REACTIONS[ParticipationEvent.ENDORSED].add(keep_capacity_of_joined_unit)
    REACTIONS[NeedEvent.CLOSED].add(withdraw_undecided)
    REACTIONS[ConceptEvent.ARCHIVED].add(keeping.keep_concept_of_open_pairing)
    REACTIONS[ConceptEvent.REOPENED].add(keeping.keep_concept_of_open_pairing)
    REACTIONS[InterestEvent.WITHDRAWN].add(keeping.keep_interest_of_open_pairing)
    REACTIONS[InterestEvent.DECLINED].add(keeping.keep_interest_of_open_pairing)
    SLOTS["person.sections"].add(pages.person_panel, 30)
    SLOTS["attention.actions"].add(pages.replace_action, 30)
    SLOTS["need.sections"].add(panels.need_panel, 30)
    SLOTS["concept.sections"].add(panels.concept_panel, 30)
    SLOTS["match.actions"].add(panels.propose_action, 30)
    SLOTS["interest.actions"].add(panels.answer_interest, 30)
    SLOTS["interest.outcome"].add(panels.interest_outcome, 30)
    MENUS[CASE].add(MenuEntry("pairings.show", _l("Koblingen"), everybody), 10)
    MENUS[MAIN].add(MenuEntry("pairings.index", _l("Koblinger"), holders(*policies.VIEWERS)), 50)
