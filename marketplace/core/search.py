"""Search: the feature that owns the index says how a collection is searched."""

from collections.abc import Callable
from collections.abc import Collection as AnyCollection

from sqlalchemy.orm import Session

from marketplace.core.revision import Collection

SEARCH_LIMIT = 500

Searcher = Callable[[Session, str, int, AnyCollection[int] | None], list[int]]
SEARCHERS: dict[Collection, Searcher] = {}


def search_ids(
    session: Session,
    collection: Collection,
    words: str,
    among: Callable[[], AnyCollection[int]] | None = None,
) -> list[int]:
    """Row ids of published texts that answer the words, best first.

    `among` are those that the asker wants at all: they are looked up where so many answer that
    others would hide them.
    """
    found = SEARCHERS[collection](session, words, SEARCH_LIMIT, None)
    if among is None or len(found) < SEARCH_LIMIT:
        return found
    return SEARCHERS[collection](session, words, SEARCH_LIMIT, among())
