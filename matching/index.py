"""The index: documents in, ranked matches out."""

from __future__ import annotations

import operator
import threading
from collections.abc import Collection as AnyCollection
from collections.abc import Iterable
from pathlib import Path

from matching import snapshot
from matching.batch import FoundMatches, best_of_all
from matching.best import best_places
from matching.collection import Collection
from matching.documents import Document
from matching.explanation import Asked, Explanation, asked, explanation
from matching.reasons import matches
from matching.results import Match, Ranking
from matching.scoring import Scorer


def whole_number(name: str, value: int, least: int) -> int:
    """Return an argument as it is, if it is a whole number and not too small.

    Parameters
    ----------
    name
        What the argument is called.
    value
        Its value, of any kind of whole number, those of NumPy too.
    least
        What it must be at least.

    Returns
    -------
    int

    Raises
    ------
    TypeError
        When it is not a whole number.
    ValueError
        When it is less than `least`.
    """
    try:
        number = operator.index(value)
    except TypeError as error:
        raise TypeError(f"{name} must be a whole number, not {value!r}") from error
    if number < least:
        raise ValueError(f"{name} must be {least} or more, not {number}")
    return number


class MatchIndex:
    """A collection of documents to rank for queries.

    The score of a document for a query is the share of what the query asks that the document
    answers: over all words of the query, their weight times how much the document says about
    them. Words that the query does not ask add nothing. An index over concepts asked with a need
    ranks concepts for the need; an index over needs asked with a concept does the reverse.

    An index may be used by several threads. `fit` and `load` make one.

    Attributes
    ----------
    label
        What `save` was told; "" for an index that was not loaded.

    Examples
    --------
    >>> index = MatchIndex.fit([Document("1", "Turgruppe", "Ungdommer går på tur.")])
    >>> [match.document_id for match in index.rank(Document("", "", "tur for ungdom"))]
    ['1']
    """

    def __init__(self, collection: Collection | None = None, label: str = "") -> None:
        self.label = label
        self._collection = Collection.of(()) if collection is None else collection
        self._scorer: Scorer | None = None
        self._last: tuple[Document, Asked] | None = None
        self._lock = threading.RLock()

    @classmethod
    def fit(cls, documents: Iterable[Document]) -> MatchIndex:
        """Return an index over documents.

        Parameters
        ----------
        documents
            What will be ranked; of those with the same id, the last one stays.

        Returns
        -------
        MatchIndex
            It can still be changed, by `add` and `remove`.
        """
        return cls(Collection.of(documents))

    def __len__(self) -> int:
        """Return the number of documents."""
        return self._collection.documents

    def __contains__(self, document_id: object) -> bool:
        """Return whether a document of that id is in the index."""
        return isinstance(document_id, str) and self._collection.place(document_id) >= 0

    def add(self, document: Document) -> None:
        """Add a document; the next answer knows it.

        Parameters
        ----------
        document
            Takes the place of one with the same id.
        """
        with self._lock:
            self._collection.add(document)
            self._changed()

    def remove(self, document_id: str) -> None:
        """Take a document out; the next answer does not know it.

        Parameters
        ----------
        document_id
            The document.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        with self._lock:
            if not self._collection.remove(document_id):
                raise KeyError(document_id)
            self._changed()

    def _changed(self) -> None:
        self._collection = self._collection.tidy()
        self._scorer = self._last = None

    def rank(
        self, document: Document, limit: int = 20, exclude: AnyCollection[str] = ()
    ) -> list[Match]:
        """Return the documents that answer `document` best, the best first, ties by id.

        Parameters
        ----------
        document
            The query: a need, a concept, or the words in a search box. Its id plays no part.
        limit
            At most so many matches; documents that answer nothing are never among them.
        exclude
            Ids of documents to leave out.

        Returns
        -------
        list of Match
            Empty where no document answers anything.

        Raises
        ------
        TypeError
            When `limit` is not a whole number.
        ValueError
            When `limit` is negative.
        """
        limit = whole_number("limit", limit, 0)
        with self._lock:
            scorer = self._current()
            query = scorer.query(document)
            places = map(self._collection.place, exclude)
            excluded = [place for place in places if place >= 0]
            best, scores = best_places(query, limit, excluded, scorer, self._collection)
            return matches(query, scores, best, self._collection, scorer)

    def rank_all(self, documents: Iterable[Document], limit: int = 20, threads: int = 1) -> Ranking:
        """Return the matches of many queries; each the same as `rank` gives it.

        Parameters
        ----------
        documents
            The queries.
        limit
            At most so many matches for each.
        threads
            Threads that work at the same time; the matches do not depend on it.

        Returns
        -------
        Ranking
            It stays as it is when the index changes.

        Raises
        ------
        TypeError
            When `limit` or `threads` is not a whole number.
        ValueError
            When `limit` is negative, or `threads` less than 1.
        """
        limit, threads = whole_number("limit", limit, 0), whole_number("threads", threads, 1)
        asked = list(documents)
        with self._lock:
            collection, scorer = self._collection, self._current()
            queries = scorer.queries(asked)
            places, scores = best_of_all(queries, limit, collection, scorer, threads)
        found = FoundMatches(queries, places, scores, collection, scorer)
        return Ranking([document.id for document in asked], found, (found.ids(), scores))

    def explain(self, document: Document, document_id: str) -> Explanation:
        """Return why a document of the index has its score for a query.

        Parameters
        ----------
        document
            The query.
        document_id
            The document of the index.

        Returns
        -------
        Explanation
            With a score of 0.0 where they share nothing.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        with self._lock:
            place = self._collection.place(document_id)
            if place < 0:
                raise KeyError(document_id)
            return explanation(self._asked(document), place, self._current(), self._collection)

    def save(self, path: str | Path, label: str = "") -> None:
        """Write the index to a file; a reader sees the old file or the new one, never a part.

        Parameters
        ----------
        path
            The file.
        label
            Anything that says what is in it; `load` gives it back as the attribute `label`.

        Raises
        ------
        OSError
            When the file cannot be written.
        """
        with self._lock:
            if not self._collection.is_compact:
                self._collection = self._collection.compacted()
                self._scorer = self._last = None
            snapshot.write(Path(path), self._collection, label)

    @classmethod
    def load(cls, path: str | Path) -> MatchIndex:
        """Return the index that was saved; its arrays are memory-mapped, shared by all readers.

        Parameters
        ----------
        path
            The file.

        Returns
        -------
        MatchIndex
            It answers as the one that was saved, and can be changed; the file stays as it is.

        Raises
        ------
        SnapshotError
            When the file is damaged, cut short, or of another version.
        FileNotFoundError
            When there is no such file.
        """
        return cls(*snapshot.read(Path(path)))

    def _current(self) -> Scorer:
        if self._scorer is None:
            self._scorer = Scorer(self._collection)
        return self._scorer

    def _asked(self, document: Document) -> Asked:
        """Return the query with its sentences; the last one is kept, for its other matches."""
        if self._last is None or self._last[0] != document:
            self._last = document, asked(document, self._current().query(document))
        return self._last[1]
