"""Revisions: an ever growing number per collection, so that a reader can ask what is newer.

The row lock taken here is held until commit, so revisions become visible in their own order:
whoever has seen number n has seen everything below it.

Each revision that was reached has a random mark. A number alone may come again when a database is
restored from a backup and goes on from there; a mark does not. So who has kept something that was
computed at a revision can ask whether this database ever was where they were.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, and_, insert, select, tuple_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.db import Base, code, short_text


class Collection(StrEnum):
    NEEDS = "needs"
    CONCEPTS = "concepts"
    LESSONS = "lessons"
    TEXT_VECTORS = "text_vectors"
    VOCABULARY = "vocabulary"


class CollectionRevision(Base):
    __tablename__ = "collection_revision"

    collection: Mapped[Collection] = mapped_column(code(Collection), primary_key=True)
    revision: Mapped[int]


class RevisionMark(Base):
    __tablename__ = "revision_mark"

    collection: Mapped[Collection] = mapped_column(code(Collection), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    mark: Mapped[str] = short_text(16)


@dataclass(frozen=True, slots=True)
class Point:
    """Where a collection was at some moment."""

    revision: int
    mark: str


START = Point(0, "")


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
        mark = secrets.token_hex(8)
        session.execute(
            insert(RevisionMark).values(collection=collection, revision=last, mark=mark)
        )
    return range(last - count + 1, last + 1)


def revision_of(collection: Collection) -> Select[int]:
    return select(CollectionRevision.revision).where(CollectionRevision.collection == collection)


def current_revision(session: Session, collection: Collection) -> int:
    return session.scalar(revision_of(collection)) or 0


def standing(session: Session, collection: Collection, seen: Point) -> tuple[int, bool]:
    """The collection's revision, and whether this database once was at the point `seen`."""
    return standings(session, {collection: seen})[collection]


def standings(
    session: Session, seen: Mapping[Collection, Point]
) -> dict[Collection, tuple[int, bool]]:
    """`standing` of several collections, by one question."""
    at = ((collection, point.revision) for collection, point in seen.items())
    there = and_(
        RevisionMark.collection == CollectionRevision.collection,
        tuple_(RevisionMark.collection, RevisionMark.revision).in_(list(at)),
    )
    statement = (
        select(CollectionRevision.collection, CollectionRevision.revision, RevisionMark.mark)
        .outerjoin(RevisionMark, there)
        .where(CollectionRevision.collection.in_(seen))
    )
    found = {row[0]: (row[1], row[2] or "") for row in session.execute(statement)}
    return {
        collection: (revision, point == START or mark == point.mark)
        for collection, point in seen.items()
        for revision, mark in [found.get(collection, (0, ""))]
    }


def point_at(session: Session, collection: Collection, revision: int) -> Point:
    mark = session.get(RevisionMark, (collection, revision))
    return Point(revision, mark.mark) if mark else Point(revision, "")
