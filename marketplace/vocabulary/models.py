"""Words that stand for each other: what administrators have added, and what they switched off."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.core.clock import now
from marketplace.core.db import Base, Versioned, person_reference, short_text

NAME_LENGTH = 80


class WordGroup(Versioned, Base):
    """A group that was added; or one that came with the site, when it was first switched off."""

    __tablename__ = "word_group"

    name: Mapped[str] = short_text(NAME_LENGTH, unique=True)
    words: Mapped[str] = mapped_column(default="")
    """One on a line, the first is what people are shown; empty for one that came with the site."""
    is_off: Mapped[bool] = mapped_column(default=False)
    added_by_id: Mapped[int] = person_reference()
    added_at: Mapped[datetime] = mapped_column(default=now)

    added_by: Mapped[Person] = relationship()
