"""Similar meaning beside shared words: an optional extra.

An index of this kind asks of a document not only the words of the query, but, as one thing more,
that it means something similar. That thing has a weight, the words share the rest, and all weights
still add up to 1. So a score is a sum of two parts that can both be shown.

How much words can say differs between queries: a long one is never answered in all its words. The
yardstick is the best answer by words that the collection has. A meaning wholly alike counts 1.6
times as much. The score of a document does not depend on how many are asked for, nor on which are
left out.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Collection as AnyCollection
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from matching.arrays import FloatArray
from matching.documents import Document
from matching.encoding import E5Encoder
from matching.explanation import Explanation
from matching.index import MatchIndex, whole_number
from matching.meanings import ORDINARY, Meanings
from matching.results import Match, Ranking, tie_groups
from matching.strength import Strength
from matching.text import is_stop, word_counts
from matching.vectors import VectorStore

MEANING = 1.6
"""What a meaning wholly alike counts, where the best answer by words counts 1."""

LEAST_BEST = 0.36
"""Least score that the best answer by words counts as, times the root of the query's length."""

LEAST_ALIKE = 0.2
"""A document that shares no word with the query must be this alike to be found at all."""

POSSIBLY_ALIKE = 0.5
"""From here on a match is possible, whatever words it shares.

Such pairs are right about as often as those that words alone make possible, three of ten. Of
queries put to collections of another subject, fewer than one of a hundred finds a text so alike.
"""

DEPTH = 1000
"""Matches by words that are looked at, at first."""

DEEPER = 8
"""How many times more are looked at where meaning could lift one of the rest among the best."""

_BY_MEANING_ALONE = Match("", 0.0, Strength.NONE, (), 1)


class SemanticIndex:
    """A `MatchIndex` that also knows similar meaning; asked and changed in the same way.

    Parameters
    ----------
    lexical
        The index over words, empty or filled. It belongs to this index from now on.
    documents
        The documents that `lexical` holds.
    store
        Where vectors come from; by default the model of the optional extra, kept in memory.

    Raises
    ------
    EncoderMissing
        When no store is given and the extra is not installed.
    ValueError
        When `documents` are not those of `lexical`.

    Examples
    --------
    >>> index = SemanticIndex.fit(
    ...     [
    ...         Document("1", "", "Frivillige besøker pensjonister som sjelden treffer andre."),
    ...         Document("2", "", "Verksted for sykler og sparkesykler."),
    ...         Document("3", "", "Turgruppe. Vi går på tur i skog og fjell."),
    ...     ]
    ... )
    >>> [match.document_id for match in index.rank(Document("", "", "vandring i naturen"))]
    ['3']
    """

    def __init__(
        self,
        lexical: MatchIndex,
        documents: Iterable[Document] = (),
        store: VectorStore | None = None,
    ) -> None:
        self.lexical = lexical
        self.store = VectorStore(E5Encoder()) if store is None else store
        self._lock = threading.RLock()
        kept = {document.id: document for document in documents}
        if len(kept) != len(lexical) or not all(each in lexical for each in kept):
            raise ValueError("the documents are not those of the index")
        ordinary = [Document("", "", text) for text in ORDINARY]
        self._meanings = Meanings(self.store.vectors(ordinary))
        self._meanings.add(list(kept), self.store.vectors(list(kept.values())))

    @classmethod
    def fit(cls, documents: Iterable[Document], store: VectorStore | None = None) -> SemanticIndex:
        """Return an index over `documents`; of those with the same id, the last one stays."""
        kept = {document.id: document for document in documents}
        return cls(MatchIndex.fit(kept.values()), kept.values(), store)

    def __len__(self) -> int:
        """Return the number of documents."""
        return len(self.lexical)

    def __contains__(self, document_id: object) -> bool:
        """Return whether a document of that id is in the index."""
        return document_id in self.lexical

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id; the next answer knows it."""
        vectors = self.store.vectors([document])
        with self._lock:
            self.lexical.add(document)
            self._meanings.add([document.id], vectors)

    def remove(self, document_id: str) -> None:
        """Take a document out; the next answer does not know it.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        with self._lock:
            self.lexical.remove(document_id)
            self._meanings.remove(document_id)

    def rank(
        self, document: Document, limit: int = 20, exclude: AnyCollection[str] = ()
    ) -> list[Match]:
        """Return the documents that answer `document` best, the best first, ties by id.

        `Match.semantic` is the part of the score that is similar meaning; the rest is shared
        words, and `reasons` are still those.

        Parameters
        ----------
        document, limit, exclude
            As for `MatchIndex.rank`.

        Raises
        ------
        TypeError
            When `limit` is not a whole number.
        ValueError
            When `limit` is negative.
        """
        limit = whole_number("limit", limit, 0)
        vector = self.store.vectors([document])[0]
        with self._lock:
            alike = self._meanings.alike(vector)
            left_out = [self._meanings.places[each] for each in exclude if each in self]
            alike[left_out] = 0.0
            return self._ranked(document, alike, limit, exclude)

    def rank_all(self, documents: Iterable[Document], limit: int = 20) -> Ranking:
        """Return the matches of many queries; each the same as `rank` gives it."""
        asked = list(documents)
        self.store.vectors(asked)
        return Ranking(
            [document.id for document in asked], [self.rank(document, limit) for document in asked]
        )

    def explain(self, document: Document, document_id: str) -> Explanation:
        """Return why a document of the index has its score for the query `document`.

        `Explanation.semantic` and the contributions of the shared terms add up to the score.

        Raises
        ------
        KeyError
            When there is no document of that id.
        """
        vector = self.store.vectors([document])[0]
        with self._lock:
            found = self.lexical.explain(document, document_id)
            alike = float(self._meanings.alike(vector)[self._meanings.places[document_id]])
            weight = self._weight(document)
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
            score=(1 - weight) * found.score + weight * alike,
            strength=_raised(found.strength, alike),
            shared_terms=terms,
            semantic=weight * alike,
        )

    def _weight(self, document: Document) -> float:
        best = self.lexical.rank(document, 1)
        return meaning_weight(document, best[0].score if best else 0.0)

    def _ranked(
        self, document: Document, alike: FloatArray, limit: int, exclude: AnyCollection[str]
    ) -> list[Match]:
        weight = self._weight(document)
        scores, known = self._scores(document, weight, alike, limit, exclude)
        best, ids = self._best(scores, limit), self._meanings.ids
        groups = tie_groups(scores[best].tolist())
        return [
            replace(
                known.get(ids[place], _BY_MEANING_ALONE),
                document_id=ids[place],
                score=float(scores[place]),
                strength=_raised(known.get(ids[place], _BY_MEANING_ALONE).strength, alike[place]),
                tie_group=group,
                semantic=weight * float(alike[place]),
            )
            for place, group in zip(best, groups, strict=True)
        ]

    def _scores(
        self,
        document: Document,
        weight: float,
        alike: FloatArray,
        limit: int,
        exclude: AnyCollection[str],
    ) -> tuple[FloatArray, dict[str, Match]]:
        """Return the scores of all places, and the matches by words that they hold.

        Matches by words come from `rank`, so many and no more. The scores of the best `limit` are
        whole: no document left out could reach them by the words that it may share.
        """
        depth = max(limit, DEPTH)
        while True:
            known = {m.document_id: m for m in self.lexical.rank(document, depth, exclude)}
            places = [self._meanings.places[each] for each in known]
            by_words = (1 - weight) * np.array([match.score for match in known.values()])
            scores = np.where(alike < LEAST_ALIKE, 0.0, weight * alike)
            scores[places] = by_words + weight * alike[places]
            if len(known) < depth or limit == 0:
                return scores, known
            could_be = by_words[-1] + weight * alike
            could_be[places] = 0.0
            if could_be.max() < np.partition(scores, -limit)[-limit]:
                return scores, known
            depth *= DEEPER

    def _best(self, scores: FloatArray, limit: int) -> list[int]:
        """Return the places of the best scores above 0, ties by id."""
        found = np.flatnonzero(scores > 0)
        if limit and len(found) > limit:
            least = np.partition(scores[found], len(found) - limit)[len(found) - limit]
            found = found[scores[found] >= least]
        ids = self._meanings.ids
        return sorted(found.tolist(), key=lambda place: (-float(scores[place]), ids[place]))[:limit]


def meaning_weight(query: Document, best: float) -> float:
    """Return the share of what a query asks that similar meaning stands for, in (0, 1).

    Parameters
    ----------
    query
        What is asked.
    best
        The best score by words in the collection. Where it is next to nothing (`LEAST_BEST`),
        that takes its place, so that meaning can speak where words do not.
    """
    content = sum(not is_stop(word) for word in word_counts(query))
    yardstick = MEANING * max(best, LEAST_BEST / math.sqrt(content + 2))
    return yardstick / (1 + yardstick)


def _raised(strength: Strength, alike: float) -> Strength:
    """Return the strength by words, or possible where the meaning is that of a match."""
    return Strength.POSSIBLE if strength is Strength.NONE and alike >= POSSIBLY_ALIKE else strength
