"""What was declined, for many needs at once: a list of needs may not ask for each."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.pairings.models import Pairing
from marketplace.pairings.states import OPEN, PairingState


def declined_pairs(session: Session, need_ids: Collection[int]) -> set[tuple[int, int]]:
    """Pairs (need, concept) that a coordinator has declined, and nobody has taken up again."""
    pair = select(Pairing.need_id, Pairing.concept_id).where(Pairing.need_id.in_(need_ids))
    declined = pair.where(Pairing.state == PairingState.DECLINED)
    again = pair.where(Pairing.state.in_(OPEN))
    return {(need, concept) for need, concept in session.execute(declined.except_(again))}
