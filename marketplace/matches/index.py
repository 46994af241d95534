"""The index of each collection: local to the process, and as new as the database.

Before each answer the process asks the database for the collection's revision and takes in what
is newer. It reads with a session of its own, so that what a transaction has not committed is
never in the index. It begins with the newest snapshot that any process has left (`snapshots.py`).

When the vocabulary changes, every text of an index has to be read anew. Where people wait and it is
large, that is done beside: pages answer with the old words until an index of the new ones is ready.

Vectors of meaning come from the database in the same way, by a revision of their own, when a worker
has made them. What has none yet is ranked by its words.
"""

import gc
import logging
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from collections.abc import Collection as AnyCollection
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from threading import RLock

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.engine import READS, Database, database_of
from marketplace.core.hanging import begin
from marketplace.core.revision import START, Collection, Point, point_at, standing, standings
from marketplace.core.target_groups import ForPeople
from marketplace.matches.snapshots import load_newest, newest_snapshots, save
from marketplace.matches.vectors import StoredVectors, keys_since, stored_vectors
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, NeedState
from marketplace.vocabulary.queries import current_thesaurus
from matching import (
    Document,
    Explanation,
    Match,
    MatchIndex,
    Parameters,
    SemanticIndex,
    Strength,
    Thesaurus,
    with_target_group,
)
from matching.facets import PLACE, Facets

CAUGHT_UP = "indexes that are caught up"
ROWS_AT_A_TIME = 500
MUCH_NEWS = 1000
"""After so many changes, or a twentieth of a large collection, a new snapshot is written."""
WEIGHTS = Parameters(
    field_weights=(("used_where", 0.5), ("needs_from_municipality", 0.5)),
    query_field_weights=(("target_group", 0.5),),
)
"""Where something was used, and what it takes, says less of what it does. For whom a need is tells
what to look for, and asks for nothing: what does not ask is never left unanswered."""
KEPT_RANKINGS = 200
KEPT_SEARCHES = 200
KEPT_EXPLANATIONS = 1000
"""What fifty pages of a need show: some 6 MB."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Change:
    """A row whose text is new; without a document it has left the collection."""

    row_id: int
    revision: int
    document: Document | None


Loader = Callable[[Session, int], Generator[Change, None, None]]
Explainer = Callable[[Document, str], Explanation]
Ranker = Callable[[Document, int, frozenset[str]], Sequence[Match]]
Searcher = Callable[[str, int], Sequence[int]]


@dataclass(eq=False)
class FreshIndex:
    name: str
    collection: Collection
    changes_since: Loader
    vectors: StoredVectors | None = None
    """Without them words alone rank."""
    _index: MatchIndex = field(default_factory=MatchIndex)
    _point: Point = START
    _vectors_point: Point = START
    _thesaurus: Thesaurus = field(default_factory=Thesaurus.default)
    _words: Point = START
    """Where the vocabulary was that the thesaurus is of."""
    _unread: dict[str, list[str]] = field(default_factory=dict)
    """By the keys of their vectors: the documents that have none yet."""
    _explainer: Explainer | None = None
    """Remembers what it has explained; there is a new one whenever the index changes."""
    _ranker: Ranker | None = None
    _searcher: Searcher | None = None
    """So it is with the answers to words: people turn pages, and many ask the same."""
    _successor: "Future[FreshIndex] | None" = None
    """With the words that count now, as long as it is being made."""
    _kept: int | None = None
    """The revision of the newest snapshot that this process knows of."""
    _lock: RLock = field(default_factory=RLock)

    @contextmanager
    def opened(self, session: Session) -> Iterator[MatchIndex]:
        """The index, caught up with the database, for this thread alone; for a page once."""
        caught_up: set[FreshIndex] = session.info.setdefault(CAUGHT_UP, set())
        with self._lock:
            if READS not in session.info or self not in caught_up:
                self._catch_up(database_of(session))
                caught_up.add(self)
            yield self._index

    @property
    def read(self) -> tuple[int, int]:
        """How many of the documents are ranked by meaning too, and of how many; when it is open."""
        return len(self._index) - sum(map(len, self._unread.values())), len(self._index)

    def take_successor(self) -> "FreshIndex | None":
        """The one that is to take its place, once that is ready; what failed is begun anew."""
        made = self._successor
        if made is None or not made.done():
            return None
        if error := made.exception():
            log.error("the %s index could not be made anew", self.name, exc_info=error)
            self._successor = None
            return None
        return made.result()

    @property
    def awaits_words(self) -> bool:
        """Whether it answers with words that have changed since."""
        return self._successor is not None

    @property
    def thesaurus(self) -> Thesaurus:
        """The words that stand for each other, as administrators keep them; when it is open."""
        return self._thesaurus

    def explain(self, document: Document, document_id: str) -> Explanation:
        """As the index explains it, which must be open: pages show the same pairs again."""
        if self._explainer is None:
            self._explainer = lru_cache(KEPT_EXPLANATIONS)(self._index.explain)
        return self._explainer(document, document_id)

    def search(
        self, words: str, limit: int, among: AnyCollection[int] | None = None
    ) -> Sequence[int]:
        """Rows that answer the words, the best first, for whom the index is open."""
        if among is not None:
            return _search(self._index, words, limit, among)
        if self._searcher is None:
            self._searcher = lru_cache(KEPT_SEARCHES)(partial(_search, self._index))
        return self._searcher(words, limit)

    def rank(self, query: Document, k: int, exclude: frozenset[str]) -> Sequence[Match]:
        """As the index ranks, which must be open; a page that is opened again is ranked once."""
        if self._ranker is None:
            self._ranker = lru_cache(KEPT_RANKINGS)(self._index.rank)
        return self._ranker(query, k, exclude)

    def _catch_up(self, database: Database) -> None:
        with database.reading() as session:
            seen = {self.collection: self._point, Collection.TEXT_VECTORS: self._vectors_point}
            found = standings(session, {**seen, Collection.VOCABULARY: self._words})
            words, words_known = found[Collection.VOCABULARY]
            if not words_known or words != self._words.revision:
                if words_known and database.serves_pages and len(self._index) >= MUCH_NEWS:
                    self._successor = self._successor or begin(partial(self._made_anew, database))
                else:
                    self._thesaurus = current_thesaurus(session)
                    self._words = point_at(session, Collection.VOCABULARY, words)
                    self._point = START
            revision, known = found[self.collection]
            self._learn(session, *found[Collection.TEXT_VECTORS])
        if not known or revision != self._point.revision:
            self._take_in_texts(database, revision, known=known)

    def _made_anew(self, database: Database) -> "FreshIndex":
        """Another one of the same texts, with the words that count now, and vectors of its own."""
        vectors = stored_vectors(database)
        other = FreshIndex(self.name, self.collection, self.changes_since, vectors)
        other._catch_up(database)
        return other

    def _learn(self, session: Session, revision: int, known: bool) -> None:
        """Take in the vectors of documents that have been without."""
        before = self._vectors_point
        if self.vectors is None or (known and revision == before.revision):
            return
        self.vectors.forget()
        self._explainer = self._ranker = self._searcher = None
        if self._unread and isinstance(self._index, SemanticIndex):
            news = self._unread.keys() & keys_since(session, before.revision if known else 0)
            learnt_before = self._index.knows_meaning
            self._index.learn([document_id for key in news for document_id in self._unread[key]])
            if learnt_before:
                self._unread = {key: ids for key, ids in self._unread.items() if key not in news}
            else:
                self._note_unread()
        # What fails before is done anew next time.
        self._vectors_point = point_at(session, Collection.TEXT_VECTORS, revision)

    def _note_unread(self) -> None:
        self._unread = {}
        if self.vectors is not None and isinstance(self._index, SemanticIndex):
            for document in self._index.unread():
                self._unread.setdefault(self.vectors.key(document), []).append(document.id)

    def _take_in_texts(self, database: Database, revision: int, *, known: bool) -> None:
        with database.reading_portions() as session:
            before = self._index
            self._explainer = self._ranker = self._searcher = None
            if not known or self._point == START:
                self._begin(session, database.snapshots)
            self._take_in(session, revision)
            self._note_unread()
            if self._index is not before and len(self._index) >= MUCH_NEWS:
                _spare_the_collector()
            folder = database.snapshots
            if folder is None or not self._is_worth_keeping(session, folder):
                return
            self._kept = revision
        # Also when it fails: then it is tried again when there is as much news once more.
        save(folder, self.name, self._index, self._point, self._told_words)

    def _begin(self, session: Session, folder: Path | None) -> None:
        """Begin with a snapshot of this very database, or with nothing.

        The index in memory cannot be used when the database never was where the index is: it is
        another one, or a backup was restored.
        """
        believed = partial(self._is_past, session)
        words = self._told_words
        found = load_newest(folder, self.name, believed, self._load, words) if folder else None
        self._index, self._point = found or (self._made(()), START)
        self._kept = self._point.revision if found else None

    @property
    def _told_words(self) -> str:
        """In a file's name: nothing for the vocabulary that came with the site."""
        same = self._thesaurus == Thesaurus.default()
        return "" if same else f"-{self._thesaurus.fingerprint[:16]}"

    def _made(self, documents: Iterable[Document]) -> MatchIndex:
        words = self._thesaurus
        if self.vectors is None:
            return MatchIndex.from_documents(documents, WEIGHTS, words)
        return SemanticIndex.from_documents(documents, WEIGHTS, words, store=self.vectors)

    def _load(self, path: Path) -> MatchIndex:
        if self.vectors is None:
            return MatchIndex.load(path)
        return SemanticIndex.load(path, store=self.vectors)

    def _is_past(self, session: Session, point: Point) -> bool:
        return standing(session, self.collection, point)[1]

    def _take_in(self, session: Session, revision: int) -> None:
        news = revision - self._point.revision
        if self._point == START or news > max(MUCH_NEWS, len(self._index) // 4):
            everything = self.changes_since(session, START.revision)
            self._index = self._made(c.document for c in everything if c.document)
        else:
            self._apply(self.changes_since(session, self._point.revision))
        # What was committed after the revision was read is taken in once more next time.
        self._point = point_at(session, self.collection, revision)

    def _is_worth_keeping(self, session: Session, folder: Path) -> bool:
        """Whether a fresh process would have to read much that this one has read."""
        if not self._point.mark:
            return False
        much = max(MUCH_NEWS, len(self._index) // 20)
        if self._kept is not None and self._point.revision - self._kept < much:
            return False
        by_others = (
            each.point.revision
            for each in newest_snapshots(folder, self.name, self._told_words)
            if self._is_past(session, each.point)
        )
        self._kept = next(by_others, None)
        return self._kept is None or self._point.revision - self._kept >= much

    def _apply(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.document:
                self._index.add(change.document)
            elif str(change.row_id) in self._index:
                self._index.remove(str(change.row_id))


def _search(
    index: MatchIndex, words: str, limit: int, among: AnyCollection[int] | None = None
) -> Sequence[int]:
    ids = None if among is None else {str(row_id) for row_id in among}
    found = index.rank(words, k=limit, among=ids)
    return tuple(int(match.document_id) for match in found if tells_of_words(match))


def tells_of_words(match: Match) -> bool:
    """Whether what answers words that were typed does more than share letters with them."""
    return bool(match.reasons) or match.strength is not Strength.NONE


def get_ready() -> None:
    """Load what reading, ranking and explaining need, so that a process that is forked has it."""
    document = Document("1", "Turvenn", "Frivillige går tur med eldre", "nb")
    index = MatchIndex.from_documents([with_target_group(document)])
    index.rank("eldre")
    index.explain("eldre", document.id)


def _spare_the_collector() -> None:
    """Leave what stays anyway, a large index and the program, out of garbage collection.

    To go through it takes some tenths of a second, in the middle of somebody's request.
    """
    gc.collect()
    gc.freeze()


def need_document(need: Need) -> Document:
    """What is asked, and for whom."""
    said = (need.problem, *(addendum.text for addendum in need.addenda))
    fields = _fields(need, "target_group", "wanted_effect")
    document = _for_people(need, _document(need, "\n".join(filter(None, said)), fields))
    return _in_places(document, {need.unit.organisation_id})


def whole_need_document(need: Need) -> Document:
    """All that a reader sees of a need, also what a concept is not measured by."""
    more = (need.tried, need.effect_measure, need.contribution, need.unit.name)
    text = "\n".join((needs.text_of(need), *more))
    return Document(str(need.id), need.title, text, need.language.value)


def concept_document(concept: Concept) -> Document:
    """What is offered, for whom, and how it has gone."""
    more = ("target_group", "evidence", "used_where", "needs_from_municipality")
    document = _document(concept, concept.description, _fields(concept, *more))
    return _in_places(_for_people(concept, document), concept.offered_in)


def _document(row: Need | Concept, text: str, fields: tuple[tuple[str, str], ...]) -> Document:
    return Document(str(row.id), row.title, text, row.language.value, fields)


def _fields(row: Need | Concept, *names: str) -> tuple[tuple[str, str], ...]:
    """Those in which something is written."""
    return tuple((name, text) for name in names if (text := getattr(row, name)))


def _for_people(row: ForPeople, document: Document) -> Document:
    """What its writer has confirmed; before that, what its text tells safely."""
    return with_target_group(replace(document, facets=row.stated_facets))


def _in_places(document: Document, municipalities: Iterable[int]) -> Document:
    """Where it is needed, or can be had; nothing where that is everywhere."""
    places = frozenset(map(str, municipalities))
    return replace(document, facets=Facets({**document.facets, PLACE: places}))


def changed_concepts(session: Session, revision: int) -> Generator[Change, None, None]:
    newer = (
        select(Concept)
        .where(Concept.revision > revision)
        .order_by(Concept.revision)
        .execution_options(yield_per=ROWS_AT_A_TIME)
    )
    with session.scalars(newer) as rows:
        for concept in rows:
            shown = concept.state is ConceptState.PUBLISHED
            document = concept_document(concept) if shown else None
            yield Change(concept.id, concept.revision, document)


def changed_needs(as_document: Callable[[Need], Document], *shown: NeedState) -> Loader:
    def load(session: Session, revision: int) -> Generator[Change, None, None]:
        newer = (
            select(Need)
            .where(Need.revision > revision)
            .options(selectinload(Need.addenda), joinedload(Need.unit))
            .order_by(Need.revision)
            .execution_options(yield_per=ROWS_AT_A_TIME)
        )
        with session.scalars(newer) as rows:
            for need in rows:
                document = as_document(need) if need.state in shown else None
                yield Change(need.id, need.revision, document)

    return load


def concepts_index(session: Session) -> FreshIndex:
    return index_of(session, "concepts", Collection.CONCEPTS, changed_concepts)


def open_needs_index(session: Session) -> FreshIndex:
    """Published needs only: those that a concept may still answer."""
    return index_of(
        session, "open-needs", Collection.NEEDS, changed_needs(need_document, NeedState.PUBLISHED)
    )


def all_needs_index(session: Session) -> FreshIndex:
    """Published and closed needs: what search and «similar needs» look through."""
    return index_of(
        session, "all-needs", Collection.NEEDS, changed_needs(whole_need_document, *PUBLIC)
    )


def index_of(session: Session, name: str, collection: Collection, loader: Loader) -> FreshIndex:
    # setdefault is atomic: two threads that come at once share one index.
    database = database_of(session)
    indexes: dict[str, FreshIndex] = database.local.setdefault("indexes", {})
    index = indexes.get(name) or indexes.setdefault(
        name, FreshIndex(name, collection, loader, stored_vectors(database))
    )
    if successor := index.take_successor():
        indexes[name] = successor
    return successor or index
