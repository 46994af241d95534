"""Search: the feature that owns the index registers how a collection is searched."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from marketplace.core.revision import Collection

SEARCH_LIMIT = 500

Searcher = Callable[[Session, str, int], list[int]]
_searchers: dict[Collection, Searcher] = {}


def register_searcher(collection: Collection, searcher: Searcher) -> None:
    _searchers[collection] = searcher


def search_ids(session: Session, collection: Collection, words: str) -> list[int]:
    """Row ids of published texts that answer the words, best first."""
    return _searchers[collection](session, words, SEARCH_LIMIT)
