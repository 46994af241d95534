"""The index: documents in, ranked matches out."""

from __future__ import annotations

import threading
from collections.abc import Collection as AnyCollection
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from matching import snapshot
from matching.collection import Collection
from matching.documents import Document
from matching.explanation import Explanation, explanation
from matching.reasons import matches
from matching.results import Match, Ranking
from matching.scoring import Scorer


class MatchIndex:
    """A collection of documents to rank for queries.

    The score of a document for a query is the share of what the query asks that the document
    answers: over all words of the query, their weight times how much the document says about
    them. Words that the query does not ask add nothing. An index over concepts asked with a need
    ranks concepts for the need; an index over needs asked with a concept does the reverse.

    An index may be used by several threads.

    Examples
    --------
    >>> index = MatchIndex.fit([Document("1", "Turgruppe", "Ungdommer går på tur.")])
    >>> [match.document_id for match in index.rank(Document("", "", "tur for ungdom"))]
    ['1']
    """

    def __init__(self) -> None:
        self._collection = Collection()
        self._scorer: Scorer | None = None
        self._lock = threading.RLock()

    @classmethod
    def fit(cls, documents: Iterable[Document]) -> MatchIndex:
        """Return an index over `documents`; of those with the same id, the last one stays."""
        index = cls()
        for document in documents:
            index._collection.add(document, compact_follows=True)
        index._collection.compact()
        return index

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self._collection.places)

    def __contains__(self, document_id: object) -> bool:
        """Return whether a document of that id is in the index."""
        return document_id in self._collection.places

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id; the next answer knows it."""
        with self._lock:
            self._collection.add(document)
            self._collection.tidy()
            self._scorer = None

    def remove(self, document_id: str) -> None:
        """Take a document out; the next answer does not know it.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        with self._lock:
            if not self._collection.remove(document_id):
                raise KeyError(document_id)
            self._collection.tidy()
            self._scorer = None

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

        Raises
        ------
        ValueError
            When `limit` is negative.
        """
        if limit < 0:
            raise ValueError(f"limit is {limit}; it cannot be negative")
        with self._lock:
            scorer = self._current()
            terms = scorer.terms(document)
            scores = scorer.scores(terms)
            for document_id in exclude:
                place = self._collection.places.get(document_id)
                if place is not None:
                    scores[place] = 0.0
            return matches(terms, scores, self._best(scores, limit), self._collection)

    def rank_all(self, documents: Iterable[Document], limit: int = 20) -> Ranking:
        """Return the matches of many queries; each the same as `rank` gives it."""
        asked = list(documents)
        return Ranking(
            [document.id for document in asked], [self.rank(document, limit) for document in asked]
        )

    def explain(self, document: Document, document_id: str) -> Explanation:
        """Return why a document of the index has its score for the query `document`.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        with self._lock:
            place = self._collection.places[document_id]
            return explanation(document, place, self._current(), self._collection)

    def save(self, path: str | Path) -> None:
        """Write the index to a file; a reader sees the old file or the new one, never a part.

        Raises
        ------
        OSError
            When the file cannot be written.
        """
        with self._lock:
            self._collection.compact()
            snapshot.write(Path(path), self._collection)

    @classmethod
    def load(cls, path: str | Path) -> MatchIndex:
        """Return the index that was saved; its arrays are memory-mapped, shared by all readers.

        Raises
        ------
        SnapshotError
            When the file is damaged, cut short, or of another version.
        FileNotFoundError
            When there is no such file.
        """
        index = cls()
        index._collection = snapshot.read(Path(path))
        return index

    def _current(self) -> Scorer:
        if self._scorer is None:
            self._scorer = Scorer(self._collection)
        return self._scorer

    def _best(self, scores: np.ndarray[tuple[int], np.dtype[np.float64]], limit: int) -> list[int]:
        found = np.flatnonzero(scores > 0)
        if limit == 0:
            return []
        if len(found) > limit:
            least = np.partition(scores[found], len(found) - limit)[len(found) - limit]
            found = found[scores[found] >= least]
        documents = self._collection.documents

        def order(place: int) -> tuple[float, str]:
            document = documents[place]
            return -float(scores[place]), document.id if document else ""

        return sorted(found.tolist(), key=order)[:limit]
