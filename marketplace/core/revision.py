"""Revisions: an ever growing number per collection, so that a reader can ask what is newer.

The row lock taken here is held until commit, so revisions become visible in their own order:
whoever has seen number n has seen everything below it.
"""

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.db import Base, code


class Collection(StrEnum):
    NEEDS = "needs"
    CONCEPTS = "concepts"


class CollectionRevision(Base):
    __tablename__ = "collection_revision"

    collection: Mapped[Collection] = mapped_column(code(Collection), primary_key=True)
    revision: Mapped[int]


def next_revision(session: Session, collection: Collection) -> int:
    return take_revisions(session, collection, 1)[0]


def take_revisions(session: Session, collection: Collection, count: int) -> range:
    """The next `count` revisions, for so many rows that are written together."""
    dialect = session.get_bind().dialect.name
    make_insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make_insert(CollectionRevision).values(collection=collection, revision=count)
    upsert = statement.on_conflict_do_update(
        index_elements=[CollectionRevision.collection],
        set_={"revision": CollectionRevision.revision + count},
    ).returning(CollectionRevision.revision)
    # The audit trail reads a row's changes from the session: they may not be flushed on the way.
    with session.no_autoflush:
        last = session.execute(upsert).scalar_one()
    return range(last - count + 1, last + 1)


def current_revision(session: Session, collection: Collection) -> int:
    statement = select(CollectionRevision.revision).where(
        CollectionRevision.collection == collection
    )
    return session.scalar(statement) or 0
