"""The index of each collection: local to the process, and as new as the database.

Before each answer the process asks the database for the collection's revision and takes in what
is newer. It reads with a session of its own, so that what a transaction has not committed is
never in the index.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import RLock

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.concepts import queries as concepts
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.engine import Database, database_of
from marketplace.core.revision import Collection, current_revision
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, NeedState
from matching import Document, MatchIndex


@dataclass(frozen=True, slots=True)
class Change:
    """A row whose text is new; without a document it has left the collection."""

    row_id: int
    revision: int
    document: Document | None


Loader = Callable[[Session, int], Iterable[Change]]


@dataclass
class FreshIndex:
    collection: Collection
    changes_since: Loader
    _index: MatchIndex = field(default_factory=lambda: MatchIndex.fit([]))
    _revision: int = 0
    _lock: RLock = field(default_factory=RLock)

    @contextmanager
    def opened(self, database: Database) -> Iterator[MatchIndex]:
        """The index, caught up with the database, for this thread alone."""
        with self._lock:
            self._catch_up(database)
            yield self._index

    def _catch_up(self, database: Database) -> None:
        with database.reading() as session:
            if current_revision(session, self.collection) == self._revision:
                return
            changes = list(self.changes_since(session, self._revision))
        if not len(self._index):
            self._index = MatchIndex.fit([c.document for c in changes if c.document])
        else:
            self._apply(changes)
        self._revision = max((c.revision for c in changes), default=self._revision)

    def _apply(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.document:
                self._index.add(change.document)
            elif str(change.row_id) in self._index:
                self._index.remove(str(change.row_id))


def need_document(need: Need) -> Document:
    return Document(str(need.id), need.title, needs.text_of(need), need.language.value)


def whole_need_document(need: Need) -> Document:
    """All that a reader sees of a need, also what a concept is not measured by."""
    more = (need.tried, need.effect_measure, need.contribution, need.unit.name)
    text = "\n".join((needs.text_of(need), *more))
    return Document(str(need.id), need.title, text, need.language.value)


def concept_document(concept: Concept) -> Document:
    text = concepts.text_of(concept)
    return Document(str(concept.id), concept.title, text, concept.language.value)


def _changed_concepts(session: Session, revision: int) -> Iterator[Change]:
    newer = select(Concept).where(Concept.revision > revision).order_by(Concept.revision)
    for concept in session.scalars(newer):
        shown = concept.state is ConceptState.PUBLISHED
        document = concept_document(concept) if shown else None
        yield Change(concept.id, concept.revision, document)


def _changed_needs(as_document: Callable[[Need], Document], *shown: NeedState) -> Loader:
    def load(session: Session, revision: int) -> Iterator[Change]:
        newer = (
            select(Need)
            .where(Need.revision > revision)
            .options(selectinload(Need.addenda), joinedload(Need.unit))
            .order_by(Need.revision)
        )
        for need in session.scalars(newer):
            document = as_document(need) if need.state in shown else None
            yield Change(need.id, need.revision, document)

    return load


def concepts_index(session: Session) -> FreshIndex:
    return _of(session, "concepts", Collection.CONCEPTS, _changed_concepts)


def open_needs_index(session: Session) -> FreshIndex:
    """Published needs only: those that a concept may still answer."""
    return _of(
        session, "open needs", Collection.NEEDS, _changed_needs(need_document, NeedState.PUBLISHED)
    )


def all_needs_index(session: Session) -> FreshIndex:
    """Published and closed needs: what search and «similar needs» look through."""
    return _of(session, "all needs", Collection.NEEDS, _changed_needs(whole_need_document, *PUBLIC))


def _of(session: Session, name: str, collection: Collection, loader: Loader) -> FreshIndex:
    # setdefault is atomic: two threads that come at once share one index.
    indexes: dict[str, FreshIndex] = database_of(session).local.setdefault("indexes", {})
    return indexes.setdefault(name, FreshIndex(collection, loader))
