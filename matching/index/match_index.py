"""An index over one collection: build, ask, change, explain, save."""

from __future__ import annotations

import threading
from collections.abc import Collection as AnyCollection
from collections.abc import Iterable, Sequence
from operator import index as as_index
from pathlib import Path
from typing import Any, Self

import numpy as np

from matching.arrays import IntArray
from matching.documents import Document
from matching.explain.explanation import Explanation, explanation
from matching.index import cosine, snapshot
from matching.index.collection import Collection
from matching.index.queries import QueryBatch
from matching.index.state import Found, State
from matching.parameters import Parameters, Weighting
from matching.results import Match, Ranking
from matching.thesaurus import Thesaurus
from matching.tuning import ParametersMixin

_QUERIES_AT_ONCE = 20_000


def whole_number(name: str, value: int, least: int) -> int:
    """Return `value` as a whole number of at least `least`.

    Raises
    ------
    TypeError
        When it is no whole number.
    ValueError
        When it is too small.
    """
    try:
        number = as_index(value)
    except TypeError as error:
        raise TypeError(f"{name} must be a whole number, not {value!r}") from error
    if number < least:
        raise ValueError(f"{name} must be at least {least}, not {number}")
    return number


def as_document(query: Document | str) -> Document:
    """Return a query as a document: a string is its text."""
    return Document("", "", query) if isinstance(query, str) else query


class MatchIndex(ParametersMixin):
    """An index over documents that ranks them for a query, exactly, and says why.

    The question is not how alike two texts are, but how much of what the query asks the document
    answers. A score is that share, from 0 to 1, and a sum over the words of the query
    (docs/scoring.md has one worked out number by number).

    It is an estimator in the sense of scikit-learn: `fit` takes the documents, `get_params`,
    `set_params` and `clone` work, also for single constants (`parameters__k1`).

    Parameters
    ----------
    parameters
        The constants of the ranking; the usual ones unless given.
    thesaurus
        Words that stand for each other; those of the package unless given.

    Attributes
    ----------
    label
        What `save` was told is in the file, and `load` found there.

    Notes
    -----
    Scores depend on the documents alone, not on how they came in: any order of `add`, `remove` and
    `fit` that leads to the same documents leads to the same ranking and the same scores, to the
    last bit, on any number of threads. An index may be used by several threads at once.

    Examples
    --------
    >>> index = MatchIndex.from_documents(
    ...     [
    ...         Document("1", "Turvenn", "Frivillige går tur med eldre."),
    ...         Document("2", "Regnekurs", "Kurs i regning for elever."),
    ...     ]
    ... )
    >>> [(match.document_id, match.reasons) for match in index.rank("turer for eldre", k=1)]
    [('1', ('eldre', 'turer'))]
    """

    def __init__(
        self,
        parameters: Parameters = Parameters(),  # noqa: B008 - is frozen
        thesaurus: Thesaurus | None = None,
    ) -> None:
        self.parameters = parameters
        self.thesaurus = thesaurus
        self.label = ""
        self._use(Collection(*self._constants()))

    def _constants(self) -> tuple[Parameters, Thesaurus]:
        if self.parameters.weighting is Weighting.COSINE:
            return cosine.constants(self.parameters), Thesaurus(())
        thesaurus = Thesaurus.default() if self.thesaurus is None else self.thesaurus
        return self.parameters, thesaurus

    def _use(self, collection: Collection) -> None:
        self._lock = threading.RLock()
        self._collection = collection
        self._state: State | None = None
        self._last: tuple[Document, QueryBatch] | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Leave the lock and what answers were made of behind."""
        kept = {"_lock", "_state", "_last"}
        return {name: value for name, value in self.__dict__.items() if name not in kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take over what was kept."""
        self.__dict__.update(state)
        self._use(self._collection)

    @classmethod
    def from_documents(
        cls,
        documents: Iterable[Document],
        parameters: Parameters = Parameters(),  # noqa: B008 - is frozen
        thesaurus: Thesaurus | None = None,
    ) -> Self:
        """Return an index over `documents`; of those with the same id, the last one stays."""
        return cls(parameters, thesaurus).fit(documents)

    def fit(self, documents: Iterable[Document], y: object = None) -> Self:  # noqa: ARG002
        """Index `documents` in place of what was there.

        Parameters
        ----------
        documents
            The documents; of those with the same id, the last one stays.
        y
            Not used; scikit-learn hands it in.
        """
        self._use(Collection.of(documents, *self._constants()))
        return self

    def __len__(self) -> int:
        """Return the number of documents."""
        return self._collection.documents

    def __contains__(self, document_id: object) -> bool:
        """Return whether a document of that id is in the index."""
        return isinstance(document_id, str) and self._collection.number(document_id) >= 0

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id; the next answer knows it."""
        with self._lock:
            self._collection.add(document)
            self._changed()

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
            self._changed()

    def _changed(self) -> None:
        if self._collection.has_gaps:
            self._compact()
        self._state = self._last = None

    def _compact(self) -> None:
        kept = np.flatnonzero(self._collection.in_use)
        self._collection = self._collection.compacted()
        self._renumbered(kept)

    def _renumbered(self, kept: IntArray) -> None:
        """Take note that the documents now number 0, 1, … had the numbers `kept`."""

    def state(self) -> State:
        """Return the index as it stands; made anew after a change."""
        with self._lock:
            if self._state is None:
                self._state = State.of(self._collection)
            return self._state

    def rank(
        self,
        query: Document | str,
        k: int = 20,
        exclude: AnyCollection[str] = (),
        among: AnyCollection[str] | None = None,
    ) -> list[Match]:
        """Return the documents that answer a query best, the best first, ties by id.

        Parameters
        ----------
        query
            A text, or a document with title and fields.
        k
            At most so many matches; fewer come where fewer share anything with the query.
        exclude
            Ids of documents that must not come out.
        among
            Ids of the only documents that may come out; None for all.

        Raises
        ------
        TypeError
            When `k` is not a whole number.
        ValueError
            When `k` is negative.
        """
        k = whole_number("k", k, 0)
        with self._lock:
            state, excluded = self.state(), self._left_out(exclude, among)
            batch = state.analyze([as_document(query)])
            return Found.of(state, batch, k, excluded=excluded)[0]

    def _left_out(
        self, exclude: AnyCollection[str], among: AnyCollection[str] | None
    ) -> Sequence[int]:
        """Return the numbers of documents that must not come out."""
        excluded = {self._collection.number(each) for each in exclude}
        if among is not None:
            wanted = {self._collection.number(each) for each in among}
            excluded |= set(range(len(self._collection.rows))) - wanted
        return sorted(excluded - {-1})

    def rank_all(self, queries: Iterable[Document | str], k: int = 20, n_jobs: int = 1) -> Ranking:
        """Return the matches of many queries; each the same as `rank` gives it.

        Parameters
        ----------
        queries
            The queries.
        k
            At most so many matches for each.
        n_jobs
            Threads that work at the same time; the matches do not depend on it.

        Returns
        -------
        Ranking
            It stays as it is when the index changes.

        Raises
        ------
        TypeError
            When `k` or `n_jobs` is not a whole number.
        ValueError
            When `k` is negative, or `n_jobs` less than 1.
        """
        k, n_jobs = whole_number("k", k, 0), whole_number("n_jobs", n_jobs, 1)
        asked = [as_document(query) for query in queries]
        with self._lock:
            state = self.state()
            starts = range(0, len(asked), _QUERIES_AT_ONCE)
            batches = (state.analyze(asked[start : start + _QUERIES_AT_ONCE]) for start in starts)
            parts = [Found.of(state, batch, k, n_jobs=n_jobs) for batch in batches]
        return Ranking([query.id for query in asked], parts)

    def explain(self, query: Document | str, document_id: str) -> Explanation:
        """Return why a document of the index has its score for a query.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        with self._lock:
            number = self._collection.number(document_id)
            if number < 0:
                raise KeyError(document_id)
            state, batch = self.state(), self._asked(as_document(query))
            return explanation(state, batch, state.documents(batch.keys), number)

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
            self.state()
            if not self._collection.is_compact:
                self._compact()
                self._state = self._last = None
            snapshot.write(Path(path), self.state().collection, label)

    @classmethod
    def load(cls, path: str | Path, **others: Any) -> Self:
        """Return the index that was saved; its arrays are memory-mapped, shared by all readers.

        Parameters
        ----------
        path
            The file.
        **others
            Parameters of this kind of index that are not in the file, as `store`.

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
        collection, label = snapshot.read(Path(path))
        found = cls(collection.parameters, collection.thesaurus, **others)
        found.label = label
        found._use(collection)
        return found

    def _asked(self, query: Document) -> QueryBatch:
        """Return what a query asks; the last one is kept, for its other matches."""
        if self._last is None or self._last[0] != query:
            self._last = query, self.state().analyze([query])
        return self._last[1]
