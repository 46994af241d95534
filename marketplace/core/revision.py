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
    dialect = session.get_bind().dialect.name
    make_insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    statement = make_insert(CollectionRevision).values(collection=collection, revision=1)
    upsert = statement.on_conflict_do_update(
        index_elements=[CollectionRevision.collection],
        set_={"revision": CollectionRevision.revision + 1},
    ).returning(CollectionRevision.revision)
    # The audit trail reads a row's changes from the session: they may not be flushed on the way.
    with session.no_autoflush:
        return session.execute(upsert).scalar_one()


def current_revision(session: Session, collection: Collection) -> int:
    statement = select(CollectionRevision.revision).where(
        CollectionRevision.collection == collection
    )
    return session.scalar(statement) or 0
