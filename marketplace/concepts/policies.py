"""Who may do what with a concept. Only people of the organisation that owns it write."""

from marketplace.concepts.models import Concept
from marketplace.concepts.states import CONCEPT_LIFECYCLE, EDITABLE, ConceptMove
from marketplace.core.actor import Actor, Role


def can_write_for(actor: Actor, organisation_id: int) -> bool:
    return actor.holds_in_organisation(organisation_id, Role.ENTREPRENEUR)


def can_write(actor: Actor, concept: Concept) -> bool:
    return can_write_for(actor, concept.organisation_id)


def can_edit(actor: Actor, concept: Concept) -> bool:
    """Who and when together: what the page shows a button for."""
    return can_write(actor, concept) and concept.state in EDITABLE


def open_moves(actor: Actor, concept: Concept) -> frozenset[ConceptMove]:
    """The moves this person could make now."""
    if not can_write(actor, concept):
        return frozenset()
    return frozenset(move for move in ConceptMove if CONCEPT_LIFECYCLE.allows(concept.state, move))
