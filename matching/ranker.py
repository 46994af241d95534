"""What an index of words and one of words and meaning have in common."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Protocol, Self, runtime_checkable

from matching.documents import Document
from matching.explain.explanation import Explanation
from matching.results import Match, Ranking


@runtime_checkable
class Ranker(Protocol):
    """Ranks its documents for queries, and says why: `MatchIndex` and `SemanticIndex` are."""

    def fit(self, documents: Iterable[Document]) -> Self:
        """Index documents in place of what was there."""
        ...

    def add(self, document: Document) -> None:
        """Add a document, in place of one with the same id."""
        ...

    def remove(self, document_id: str) -> None:
        """Take a document out."""
        ...

    def rank(
        self,
        query: Document | str,
        k: int = 20,
        exclude: Collection[str] = (),
        among: Collection[str] | None = None,
    ) -> list[Match]:
        """Return the k documents that answer a query best, of all or among some."""
        ...

    def rank_all(self, queries: Iterable[Document | str], k: int = 20, n_jobs: int = 1) -> Ranking:
        """Return the k best documents of each of many queries."""
        ...

    def explain(self, query: Document | str, document_id: str) -> Explanation:
        """Return why a document has its score for a query."""
        ...
