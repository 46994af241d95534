"""Reading texts for meaning, in the worker: each once, some at a time, newest knowledge last.

What ranks is read first: every text as a whole. Then the sentences of what people are shown, so
that a page can point to the one that means what is asked.

What is to be read follows from the texts and from what is stored, so a worker that is killed leaves
nothing behind but what it has read. Two workers pick at random, and leave out what the other has
stored meanwhile: they seldom read the same, and what they store twice is one row.
"""

from collections.abc import Iterable
from contextlib import closing
from datetime import timedelta
from itertools import chain, islice
from secrets import SystemRandom

from sqlalchemy import delete, select

from marketplace.core.clock import now
from marketplace.core.db import insert_if_new
from marketplace.core.engine import Database
from marketplace.core.revision import START, Collection, next_revision, standings
from marketplace.matches.encoders import encoder_of
from marketplace.matches.index import WEIGHTS, Change
from marketplace.matches.models import TextVector
from marketplace.matches.sources import Source, rested_at, text_sources
from marketplace.matches.vectors import (
    key_of,
    key_of_sentences,
    keys_stored,
    meaningful_sentence,
    ordinary_texts,
    portions,
)
from matching.semantic.encoder import Encoder
from matching.semantic.sentences import told_sentences
from matching.semantic.vectors import meaningful_text, whole_vectors

ROWS_AT_A_TIME = 200
TEXTS_AT_A_TIME = 8
SENTENCES_OF_AT_A_TIME = 2
"""About a second of one core: so long a mail may wait, and so much a crash can cost."""
BETWEEN_LOOKS_AT_ALL = timedelta(days=1)


Texts = tuple[str, ...]
"""What one row has the vectors of: a text as a whole, or the sentences of one."""


class TextReader:
    """Knows the keys of all texts, as far as it has looked, and which of them have no vector."""

    def __init__(self, database: Database, encoder: Encoder) -> None:
        self.encoder = encoder
        self._database = database
        self._chance = SystemRandom()
        self._ordinary = {self._key(text): (text,) for text in ordinary_texts()}
        self._next_look = now()
        self._points: dict[str, int] = {}
        self._keys: dict[str, dict[int, str]] = {}
        self._sentence_keys: dict[int, str] = {}
        self._unread: dict[str, Texts] = {}
        self._stored_at_first: set[str] = set()

    def read_some(self) -> bool:
        """Do a little; whether there is more to do."""
        return self.look() or self._read()

    def look(self) -> bool:
        """Look which texts are new; whether there may be more of them."""
        if now() >= self._next_look:
            self._begin_anew()
        for source, revision in self._standing():
            if revision != self._points.get(source.name, 0) and self._look_at(source, revision):
                return True
        if self._stored_at_first:
            purge_vectors(self._database, self._stored_at_first - self._live())
            self._stored_at_first = set()
        return False

    def _standing(self) -> list[tuple[Source, int]]:
        """Each source, and how far it has come."""
        sources = list(text_sources())
        collections = {source.collection for source in sources if source.collection}
        with self._database.reading() as session:
            at = standings(session, dict.fromkeys(collections, START))
        return [
            (each, at[each.collection][0] if each.collection else rested_at()) for each in sources
        ]

    @property
    def progress(self) -> tuple[int, int]:
        """How many different texts have been read, and of how many, as far as it has looked."""
        whole = self._whole()
        return len(whole - self._unread.keys()), len(whole)

    @property
    def progress_by_sentences(self) -> tuple[int, int]:
        """How many texts have been read sentence by sentence, and of how many."""
        several = set(self._sentence_keys.values())
        return len(several - self._unread.keys()), len(several)

    def _begin_anew(self) -> None:
        """What is stored now, and is nobody's when all texts have been looked at, goes."""
        self._next_look = now() + BETWEEN_LOOKS_AT_ALL
        self._points, self._keys, self._sentence_keys = {}, {}, {}
        with self._database.reading() as session:
            self._stored_at_first = set(session.scalars(select(TextVector.key)))
        self._unread = {
            key: texts for key, texts in self._ordinary.items() if key not in self._stored_at_first
        }

    def _look_at(self, source: Source, revision: int) -> bool:
        point, known = self._points.get(source.name, 0), self._keys.setdefault(source.name, {})
        texts: dict[str, Texts] = {}
        # Those without revisions are few, and nothing says where to go on among them.
        most = ROWS_AT_A_TIME if source.collection else None
        with (
            self._database.reading_portions() as session,
            closing(source.changes_since(session, point)) as newer,
        ):
            changes = list(islice(newer, most))
        for change in changes:
            known.pop(change.row_id, None)
            text = meaningful_text(change.document) if change.document else ""
            if text:
                known[change.row_id] = key = self._key(text)
                texts[key] = (text,)
            if source.by_sentences:
                texts |= self._sentences_of(change)
        with self._database.reading() as session:
            stored = keys_stored(session, texts)
        self._unread |= {key: text for key, text in texts.items() if key not in stored}
        there_may_be_more = len(changes) == most
        self._points[source.name] = changes[-1].revision if there_may_be_more else revision
        return there_may_be_more

    def _sentences_of(self, change: Change) -> dict[str, Texts]:
        self._sentence_keys.pop(change.row_id, None)
        sentences = told_sentences(change.document, WEIGHTS) if change.document else []
        if not sentences:
            return {}
        key = key_of_sentences(self.encoder.version, sentences)
        self._sentence_keys[change.row_id] = key
        return {key: tuple(map(meaningful_sentence, sentences))}

    def _read(self) -> bool:
        """Read some texts and store what they mean; whether there are more."""
        picked = self._picked()
        with self._database.reading() as session:
            for key in keys_stored(session, picked):
                del picked[key], self._unread[key]
        if picked:
            vectors = iter(whole_vectors(self.encoder, [*chain.from_iterable(picked.values())]))
            made = {
                key: b"".join(vector.tobytes() for vector in islice(vectors, len(texts)))
                for key, texts in picked.items()
            }
            keep_vectors(self._database, self.encoder.version, made)
            for key in picked:
                del self._unread[key]
        return bool(self._unread)

    def _picked(self) -> dict[str, Texts]:
        """The ordinary texts first: without them nothing compares. Sentences last."""
        unread = set(self._unread)
        among, most = (unread & self._ordinary.keys()) or (unread & self._whole()), TEXTS_AT_A_TIME
        if not among:
            among, most = unread, SENTENCES_OF_AT_A_TIME
        keys = self._chance.sample(sorted(among), min(len(among), most))
        return {key: self._unread[key] for key in keys}

    def _whole(self) -> set[str]:
        """The keys of texts as wholes."""
        return set(self._ordinary).union(*(keys.values() for keys in self._keys.values()))

    def _live(self) -> set[str]:
        return self._whole().union(self._sentence_keys.values())

    def _key(self, text: str) -> str:
        return key_of(self.encoder.version, text)


def text_reader(database: Database) -> TextReader | None:
    """None where no language model is to be used."""
    encoder = encoder_of(database)
    return TextReader(database, encoder) if encoder else None


def keep_vectors(database: Database, encoder: str, vectors: dict[str, bytes]) -> None:
    """Store what texts mean; every index learns it from the new revision."""
    with database.writing() as session:
        revision = next_revision(session, Collection.TEXT_VECTORS)
        for key, vector in vectors.items():
            row = {"key": key, "encoder": encoder, "vector": vector, "revision": revision}
            insert_if_new(session, TextVector, **row)
        session.commit()


def purge_vectors(database: Database, keys: Iterable[str]) -> None:
    for some in portions(keys):
        with database.writing() as session:
            session.execute(delete(TextVector).where(TextVector.key.in_(some)))
            session.commit()
