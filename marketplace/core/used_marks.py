"""A form is used once: its mark is stored in the same transaction as what the form changed.

Each form that is shown carries a mark that no other has. The mark is unique here, so of two
requests with the same form one waits for the other and then finds its answer. Where the change is
undone, so is the mark, and the form can be sent again.
"""

from datetime import datetime, timedelta
from hashlib import blake2b, sha256

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, insert_if_new, short_text

MARKS_KEPT = timedelta(days=7)
"""Longer than any form can be sent: the sign-in that it was shown to has ended long before."""


class UsedMark(Identified, Base):
    """A form that was used; both it and what was sent are stored as hashes only."""

    __tablename__ = "used_mark"

    mark_hash: Mapped[str] = short_text(64, unique=True)
    sent_hash: Mapped[str] = short_text(64)
    location: Mapped[str | None]
    used_at: Mapped[datetime] = mapped_column(default=now, index=True)

    def holds(self, mark: str, sent: bytes) -> bool:
        """Whether the very same was sent before, and not only with the same form."""
        return self.sent_hash == _sent_hash(mark, sent)


def take_mark(session: Session, mark: str, sent: bytes) -> UsedMark | None:
    """Use the mark; where it has been used already, return how."""
    fresh = insert_if_new(
        session,
        UsedMark,
        mark_hash=_mark_hash(mark),
        sent_hash=_sent_hash(mark, sent),
        used_at=now(),
    )
    return None if fresh else session.scalars(select(UsedMark).where(_is(mark))).one()


def note_answer(session: Session, mark: str, location: str) -> None:
    """Where the sender was led, for who sends the form again."""
    session.execute(update(UsedMark).where(_is(mark)).values(location=location))


def free_mark(session: Session, mark: str) -> None:
    """Nothing was changed: the form may be sent again."""
    session.execute(delete(UsedMark).where(_is(mark)))


def purge_used_marks(session: Session) -> None:
    session.execute(delete(UsedMark).where(UsedMark.used_at < now() - MARKS_KEPT))


def _is(mark: str) -> ColumnElement[bool]:
    return UsedMark.mark_hash == _mark_hash(mark)


def _mark_hash(mark: str) -> str:
    return sha256(mark.encode()).hexdigest()


def _sent_hash(mark: str, sent: bytes) -> str:
    """Keyed with the mark, which is not stored: nobody can try out what may have been typed."""
    return blake2b(sent, key=mark.encode()[:64], digest_size=32).hexdigest()
