"""The vectors that are stored, as an index asks for them: what is not there is not made."""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.engine import Database
from marketplace.matches.encoders import encoder_of
from marketplace.matches.models import TextVector
from matching import Document
from matching.semantic.centering import ORDINARY
from matching.semantic.vectors import VectorArray, meaningful_text, vector_key

KEYS_AT_A_TIME = 500
KEPT = 1000
"""Vectors of what was asked, and of what is known to have none: some 1 MB."""
SENTENCES_KEPT = 300
"""Documents whose sentences are remembered: some 3 MB."""


class StoredVectors:
    """For one index, which keeps its threads apart; it reads with sessions of its own.

    As long as the ordinary texts have no vectors, with which all others are compared, none has.
    """

    def __init__(self, database: Database, version: str) -> None:
        self._database, self._version = database, version
        self._dimensions: int | None = None
        """None until asked for; 0 as long as the ordinary texts have no vectors."""
        self._known: dict[str, bytes | None] = {}
        self._sentences: dict[str, bytes | None] = {}

    def key(self, document: Document) -> str:
        """The key of its vector; empty where the document says nothing."""
        return key_of(self._version, meaningful_text(document))

    def vectors(self, documents: Sequence[Document]) -> VectorArray:
        if self._dimensions is None:
            self._dimensions = self._ordinary_dimensions()
        found = np.zeros((len(documents), self._dimensions), dtype=np.int16)
        if not self._dimensions:
            return found
        keys = [self.key(document) for document in documents]
        stored = self._stored(keys)
        for row, key in enumerate(keys):
            if vector := stored.get(key):
                found[row] = np.frombuffer(vector, dtype="<i2")
        return found

    def of_sentences(self, sentences: Sequence[str]) -> VectorArray | None:
        """One row holds those of a document, which are read when it is to be explained."""
        key = key_of_sentences(self._version, sentences)
        if key not in self._sentences:
            if len(self._sentences) >= SENTENCES_KEPT:
                self._sentences.clear()
            self._sentences[key] = self._read([key]).get(key)
        stored = self._sentences[key]
        return np.frombuffer(stored, dtype="<i2").reshape(len(sentences), -1) if stored else None

    def forget(self) -> None:
        """There are new vectors: what had none may have one."""
        self._known.clear()
        self._sentences.clear()
        self._dimensions = self._dimensions or None

    def _ordinary_dimensions(self) -> int:
        keys = {key_of(self._version, text) for text in ordinary_texts()}
        stored = list(self._read(keys).values())
        return len(stored[0]) // 2 if len(stored) == len(keys) else 0

    def _stored(self, keys: Sequence[str]) -> dict[str, bytes | None]:
        wanted = {key for key in keys if key}
        if len(keys) > KEPT // 2:
            return dict(self._read(wanted))
        if missing := wanted - self._known.keys():
            if len(self._known) + len(missing) > KEPT:
                self._known.clear()
                missing = wanted
            self._known |= dict.fromkeys(missing) | self._read(missing)
        return self._known

    def _read(self, keys: Iterable[str]) -> dict[str, bytes]:
        with self._database.reading() as session:
            return {
                key: vector
                for some in portions(keys)
                for key, vector in session.execute(
                    select(TextVector.key, TextVector.vector).where(TextVector.key.in_(some))
                )
            }


def stored_vectors(database: Database) -> StoredVectors | None:
    encoder = encoder_of(database)
    return StoredVectors(database, encoder.version) if encoder else None


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    whole, size = list(keys), KEYS_AT_A_TIME
    return (whole[start : start + size] for start in range(0, len(whole), size))


def keys_since(session: Session, revision: int) -> set[str]:
    """Those of the vectors that are newer."""
    return set(session.scalars(select(TextVector.key).where(TextVector.revision > revision)))


def keys_stored(session: Session, keys: Iterable[str]) -> set[str]:
    """Those that have a vector."""
    return {
        key
        for some in portions(keys)
        for key in session.scalars(select(TextVector.key).where(TextVector.key.in_(some)))
    }


def key_of(version: str, text: str) -> str:
    return vector_key(version, text).hex() if text else ""


def key_of_sentences(version: str, sentences: Sequence[str]) -> str:
    """The key of the row that holds the vectors of all sentences of a document."""
    return key_of(version, "\n".join(map(meaningful_sentence, sentences)))


def meaningful_sentence(sentence: str) -> str:
    return meaningful_text(Document("", "", sentence))


def ordinary_texts() -> Iterator[str]:
    return (meaningful_text(Document("", "", text)) for text in ORDINARY)
