"""The rankers whose behaviour is tested."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from matching import Match, MatchIndex
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorStore
from tests.matching.stand_in import StandIn

Build = Callable[..., MatchIndex]
"""Makes an index of documents; takes `parameters` and `thesaurus` too."""


def rankers() -> dict[str, Build]:
    """Return what makes each ranker, by name."""
    store = VectorStore(StandIn())
    return {
        "words": MatchIndex.from_documents,
        "meaning": partial(SemanticIndex.from_documents, store=store),
    }


def ids(matches: Iterable[Match]) -> list[str]:
    """Return the documents of matches."""
    return [match.document_id for match in matches]
