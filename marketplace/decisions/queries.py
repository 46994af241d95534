"""Reading the decisions of a case. Who sees the case sees them."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from marketplace.decisions.models import Decision


def list_decisions(session: Session, pairing_id: int) -> Sequence[Decision]:
    """The first, and after an extension the second."""
    statement = (
        select(Decision)
        .options(joinedload(Decision.decided_by))
        .where(Decision.pairing_id == pairing_id)
        .order_by(Decision.number)
    )
    return session.scalars(statement).all()


def find_latest(session: Session, pairing_id: int) -> Decision | None:
    """The decision that counts now, awaited or made."""
    return next(reversed(list_decisions(session, pairing_id)), None)
