"""What can be measured: anything that ranks documents for queries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from matching.documents import Document, with_target_group
from matching.index.match_index import MatchIndex
from matching.results import Ranking
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorStore


class Retriever(Protocol):
    """Ranks documents for queries."""

    def __call__(
        self, documents: Sequence[Document], queries: Sequence[Document], k: int, /
    ) -> list[list[str]]:
        """Return for each query the ids of at most `k` documents, the best first, each once."""
        ...


def rank_by_words(
    documents: Sequence[Document], queries: Sequence[Document], k: int
) -> list[list[str]]:
    """Rank by a `MatchIndex`, with the facets that the texts tell.

    Parameters
    ----------
    documents
        What is ranked.
    queries
        What is asked.
    k
        At most so many documents for each query.

    Returns
    -------
    list of list of str
        For each query the ids of the best documents, the best first.
    """
    index = MatchIndex.from_documents(map(with_target_group, documents))
    return _ids(index.rank_all(map(with_target_group, queries), k))


def rank_by_words_and_meaning(store: VectorStore) -> Retriever:
    """Return the ranker that asks a `SemanticIndex`.

    Parameters
    ----------
    store
        Has or makes the vectors of the texts.

    Returns
    -------
    Retriever
        It can rank any number of collections.
    """

    def rank(documents: Sequence[Document], queries: Sequence[Document], k: int) -> list[list[str]]:
        index = SemanticIndex.from_documents(map(with_target_group, documents), store=store)
        return _ids(index.rank_all(map(with_target_group, queries), k))

    return rank


def _ids(ranking: Ranking) -> list[list[str]]:
    return [[each for each in row if each] for row in ranking.ids.tolist()]
