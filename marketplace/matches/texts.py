"""Texts of later features in an index of their own: they hand over words and get row ids back."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.core.revision import Collection
from marketplace.matches.index import Change, FreshIndex, Loader, index_of
from matching import Document


@dataclass(frozen=True, slots=True)
class Text:
    """A row as it is looked for; its revision is one of the collection's."""

    row_id: int
    revision: int
    title: str
    words: str
    language: str


TextLoader = Callable[[Session, int], Iterable[Text]]
TEXTS: dict[Collection, TextLoader] = {}
"""`TEXTS[collection](session, revision)` gives what is newer, in the order of the revisions."""


def texts_index(session: Session, collection: Collection) -> FreshIndex:
    return index_of(session, collection.value, collection, changed_texts(collection))


def changed_texts(collection: Collection) -> Loader:
    texts_since = TEXTS[collection]

    def changes(session: Session, revision: int) -> Generator[Change, None, None]:
        for text in texts_since(session, revision):
            document = Document(str(text.row_id), text.title, text.words, text.language)
            yield Change(text.row_id, text.revision, document)

    return changes
