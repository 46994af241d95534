"""What is nearest to a concept that answers no need, and what units call the things it tells of."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.accounts.states import ServiceArea
from marketplace.concepts.models import Concept
from marketplace.matches import queries
from marketplace.matches.index import concept_document, need_document, open_needs_index
from marketplace.matches.queries import RankedRow
from marketplace.needs.models import Need
from matching import OtherWord, other_words

NEAREST = 3
MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest needs, all published, and what they have in common with the concept's subject."""

    needs: Sequence[RankedRow[Need]]
    words: Sequence[OtherWord]
    areas: Sequence[ServiceArea]
    """Those of the units behind the needs."""


def nearest_needs(session: Session, concept: Concept) -> Nearest:
    """Words come from more needs than are shown: all that are published, and stand nearest."""
    near = queries.near_needs(session, concept, queries.SHOWN)
    fresh, asked = open_needs_index(session), [need_document(each.row) for each in near]
    with fresh.opened(session):
        words = other_words(concept_document(concept), asked, fresh.thesaurus)
    shown = near[:NEAREST]
    areas = dict.fromkeys(each.row.unit.area for each in shown)
    return Nearest(shown, words[:MOST_WORDS], list(areas))
