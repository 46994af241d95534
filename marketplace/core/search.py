"""Search: the feature that owns the index says how a collection is searched."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from marketplace.core.revision import Collection

SEARCH_LIMIT = 500

Searcher = Callable[[Session, str, int], list[int]]
SEARCHERS: dict[Collection, Searcher] = {}


def search_ids(session: Session, collection: Collection, words: str) -> list[int]:
    """Row ids of published texts that answer the words, best first."""
    return SEARCHERS[collection](session, words, SEARCH_LIMIT)
