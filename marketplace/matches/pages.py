"""What matches show on the pages of needs and concepts."""

from collections.abc import Sequence

from flask import render_template
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.matches import policies, queries
from marketplace.matches.index import concept_document
from marketplace.matches.queries import RankedRow
from marketplace.matches.words_at_work import NEEDS_LOOKED_AT, awaits_words, found_by_words
from marketplace.needs.joining.policies import fits
from marketplace.needs.joining.queries import joined_need_ids
from marketplace.needs.models import Need
from marketplace.needs.policies import can_write
from marketplace.needs.states import EDITABLE, PUBLIC
from marketplace.ui.context import current_actor, db_session
from matching import Group, holds_list

SHOWN_ON_PAGE = 5
SHOWN_BESIDE_FORM = 3


def similar_needs_panel(need: Need) -> str:
    found = queries.similar_needs(db_session(), need)
    return render_template(
        "matches/similar_needs.html", need=need, similar=found, joinable=_joinable(need, found)
    )


def _joinable(need: Need, similar: Sequence[Need]) -> set[int]:
    """Those that the unit could join instead of writing its own; none for who does not write it."""
    if need.state not in EDITABLE or not can_write(current_actor(), need):
        return set()
    unit = need.unit
    fitting = {other.id for other in similar if fits(other, unit.id, unit.organisation_id)}
    return fitting - joined_need_ids(db_session(), unit.id, fitting) if fitting else set()


def concepts_while_writing(need: Need) -> str:
    """For whoever writes the need, and nobody else: what there is for it already."""
    return _before_publishing(need) if need.state in EDITABLE else ""


def _before_publishing(need: Need) -> str:
    if need.state in PUBLIC or not can_write(current_actor(), need):
        return ""
    session = db_session()
    found = queries.rank_concepts(session, need, limit=SHOWN_BESIDE_FORM)
    near = [] if found or not need.problem else _nearest(session, need)
    return render_template("matches/while_writing.html", matches=found, near=near)


def _nearest(session: Session, need: Need) -> list[RankedRow[Concept]]:
    return queries.near_concepts(session, need, limit=SHOWN_BESIDE_FORM)


def concepts_panel(need: Need) -> str:
    """On the page of a need; until it is published for whoever writes it alone."""
    if need.state not in PUBLIC:
        return _before_publishing(need)
    if not policies.can_see_concepts_for(current_actor(), need):
        return ""
    matches = queries.rank_concepts(db_session(), need, limit=SHOWN_ON_PAGE)
    may_judge = policies.can_judge(current_actor(), need)
    return render_template(
        "matches/concepts_panel.html", need=need, matches=matches, may_judge=may_judge
    )


def needs_panel(concept: Concept, **_values: object) -> str:
    if not (concept.published_at and policies.can_see_needs_for(current_actor(), concept)):
        return ""
    matches = queries.rank_needs(db_session(), concept, limit=SHOWN_ON_PAGE)
    return render_template("matches/needs_panel.html", concept=concept, matches=matches)


def words_at_work(group: Group) -> str:
    """On the page of words that stand for each other: the matches that they have made."""
    found = list(found_by_words(db_session(), group))
    # Asked after, since to look for matches is what tells that the words have changed.
    waits, most = awaits_words(db_session()), NEEDS_LOOKED_AT
    return render_template("matches/words_at_work.html", found=found, waits=waits, most=most)


def list_notice(concept: Concept, **_values: object) -> str:
    if not policies.can_see_needs_for(current_actor(), concept):
        return ""
    found = holds_list(concept_document(concept))
    return render_template("matches/list_notice.html") if found else ""
