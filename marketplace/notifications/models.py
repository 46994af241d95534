"""What a person has chosen about their mail, and the secret address of their calendar."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import Person
from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, code, person_reference, short_text
from marketplace.core.topics import TopicGroup
from marketplace.notifications.states import Rhythm

STANDING = text("revoked_at IS NULL")


class MailPreference(Identified, Base):
    """One person's choice for one group of topics; without a row the default holds."""

    __tablename__ = "mail_preference"
    __table_args__ = (UniqueConstraint("person_id", "topic_group"),)

    person_id: Mapped[int] = person_reference()
    topic_group: Mapped[TopicGroup] = mapped_column(code(TopicGroup))
    rhythm: Mapped[Rhythm] = mapped_column(code(Rhythm))


class MailDigest(Identified, Base):
    """That a person's digest of a day was made: one for each rhythm, whoever makes it."""

    __tablename__ = "mail_digest"
    __table_args__ = (
        UniqueConstraint("person_id", "rhythm", "day"),
        CheckConstraint("rhythm IN ('daily', 'weekly')", name="only_digests_have_a_day"),
    )

    person_id: Mapped[int] = person_reference()
    rhythm: Mapped[Rhythm] = mapped_column(code(Rhythm))
    day: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(default=now)


class CalendarFeed(Identified, Base):
    """An address that shows a person's dates without signing in; only its hash is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index(
            "uq_calendar_feed_standing",
            "person_id",
            unique=True,
            sqlite_where=STANDING,
            postgresql_where=STANDING,
        ),
        CheckConstraint(
            "revoked_at IS NULL OR revoked_at >= created_at", name="revoked_after_it_was_made"
        ),
    )

    person_id: Mapped[int] = person_reference()
    token_hash: Mapped[str] = short_text(64, unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()
