"""All texts whose meaning counts: those that are found, and those that others are found for."""

from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.core.revision import Collection
from marketplace.matches.index import (
    Loader,
    changed_concepts,
    changed_needs,
    need_document,
    whole_need_document,
)
from marketplace.matches.texts import TEXTS, changed_texts
from marketplace.needs.states import PUBLIC


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    collection: Collection
    changes_since: Loader


def text_sources() -> Iterator[Source]:
    yield Source("concepts", Collection.CONCEPTS, changed_concepts)
    yield Source("needs", Collection.NEEDS, changed_needs(need_document, *PUBLIC))
    yield Source("whole needs", Collection.NEEDS, changed_needs(whole_need_document, *PUBLIC))
    for collection in TEXTS:
        yield Source(collection.value, collection, changed_texts(collection))
