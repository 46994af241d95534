"""The engines whose speed is compared, each from texts to the ids of the best documents.

All find words but ours, which finds what resembles them too. Stop words are left out by the list
that the engine brings or else by that of stopwordsiso; those called "all words" leave none out.
Endings are cut off by Snowball where the engine can. An engine is built from all documents, and
answers one query, or many with some threads. It loads what it needs itself, so that a process has
the memory of its engine alone.
"""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import numpy as np
from stopwordsiso import stopwords

from matching import Document, MatchIndex
from matching.evaluation.languages import tokens, whole_text

K = 20

STOP = stopwords("no")


class Engine(Protocol):
    """Holds documents, and ranks them for queries."""

    def rank(self, query: Document) -> object:
        """Return the best `K` documents of a query, with one thread."""
        ...

    def rank_all(self, queries: Sequence[Document], threads: int) -> object:
        """Return the best `K` documents of each query."""
        ...


class Ours:
    """This library, through its public surface."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._index = MatchIndex.from_documents(documents)

    def rank(self, query: Document) -> object:
        """Rank for one query, with reasons."""
        return self._index.rank(query, K)

    def rank_all(self, queries: Sequence[Document], threads: int) -> object:
        """Rank for many."""
        return self._index.rank_all(queries, K, n_jobs=threads).ids


class Bm25s:
    """The library bm25s with numba: scores of all pairs of word and document worked out ahead."""

    def __init__(self, documents: Sequence[Document], *, all_words: bool = False) -> None:
        import bm25s
        from Stemmer import Stemmer

        self._tokenize = partial(
            bm25s.tokenize,
            stopwords=None if all_words else "no",
            stemmer=Stemmer("norwegian"),
            return_ids=False,
            show_progress=False,
        )
        self._ids = np.array([document.id for document in documents])
        self._index = bm25s.BM25(backend="numba")
        self._index.index(self._tokenize([*map(whole_text, documents)]), show_progress=False)

    def rank(self, query: Document) -> object:
        """Rank for one query."""
        return self.rank_all([query], 1)

    def rank_all(self, queries: Sequence[Document], threads: int) -> object:
        """Rank for many."""
        asked = self._tokenize([*map(whole_text, queries)])
        found = self._index.retrieve(asked, k=K, n_threads=threads, show_progress=False)
        return self._ids[found.documents]


class SparseDotTopn:
    """scikit-learn's TF-IDF of words, multiplied by sparse_dot_topn."""

    def __init__(self, documents: Sequence[Document]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sparse_dot_topn import sp_matmul_topn

        self._product = sp_matmul_topn
        self._ids = np.array([document.id for document in documents])
        self._vectorizer = TfidfVectorizer(stop_words=sorted(STOP), dtype=np.float32)
        self._matrix = self._vectorizer.fit_transform(map(whole_text, documents)).T.tocsr()

    def rank(self, query: Document) -> object:
        """Rank for one query."""
        return self.rank_all([query], 1)

    def rank_all(self, queries: Sequence[Document], threads: int) -> object:
        """Rank for many."""
        asked = self._vectorizer.transform(map(whole_text, queries))
        found = self._product(asked, self._matrix, K, sort=True, n_threads=threads)
        return self._ids[found.indices]


class Tantivy:
    """The search engine tantivy, its index in memory, stop words and stems of Norwegian."""

    def __init__(self, documents: Sequence[Document], *, all_words: bool = False) -> None:
        import tantivy

        analyzer = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        analyzer = analyzer.filter(tantivy.Filter.lowercase())
        if not all_words:
            analyzer = analyzer.filter(tantivy.Filter.stopword("norwegian"))
        analyzer = analyzer.filter(tantivy.Filter.stemmer("norwegian"))
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("place", fast=True)
        schema.add_text_field("text", tokenizer_name="no", index_option="freq")
        self._ids = [document.id for document in documents]
        self._index = tantivy.Index(schema.build())
        self._index.register_tokenizer("no", analyzer.build())
        writer = self._index.writer(num_threads=1)
        for place, document in enumerate(documents):
            writer.add_document(tantivy.Document(place=place, text=whole_text(document)))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def rank(self, query: Document) -> object:
        """Rank for one query."""
        words = " ".join(tokens(whole_text(query)))
        found = self._searcher.search(self._index.parse_query(words, ["text"]), K, count=False)
        places = self._searcher.fast_field_values("place", [place for _, place in found.hits])
        return [self._ids[place] for place in places if isinstance(place, int)]

    def rank_all(self, queries: Sequence[Document], threads: int) -> object:
        """Rank for many."""
        return _in_threads(self.rank, queries, threads)


class Fts5:
    """SQLite's full-text search, its index in a file."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._ids = [document.id for document in documents]
        self._folder = tempfile.TemporaryDirectory()
        self._path = Path(self._folder.name) / "texts.sqlite"
        self._connection = self._connect()
        self._connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, content='')")
        rows = ((place, whole_text(document)) for place, document in enumerate(documents))
        self._connection.executemany("INSERT INTO texts (rowid, text) VALUES (?, ?)", rows)
        self._connection.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        self._connection.commit()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, check_same_thread=False)

    def rank(self, query: Document) -> object:
        """Rank for one query."""
        return self._ask(self._connection, query)

    def _ask(self, connection: sqlite3.Connection, query: Document) -> list[str]:
        asked = dict.fromkeys(word for word in tokens(whole_text(query)) if word not in STOP)
        if not asked:
            return []
        rows = connection.execute(
            "SELECT rowid FROM texts WHERE texts MATCH ? ORDER BY bm25(texts) LIMIT ?",
            (" OR ".join(f'"{word}"' for word in asked), K),
        )
        return [self._ids[place] for (place,) in rows]

    def rank_all(self, queries: Sequence[Document], threads: int) -> object:
        """Rank for many, each thread with a connection of its own."""
        parts = [queries[start::threads] for start in range(threads)]

        def rank(part: Sequence[Document]) -> list[list[str]]:
            connection = self._connect()
            found = [self._ask(connection, query) for query in part]
            connection.close()
            return found

        return _in_threads(rank, parts, threads)


def _in_threads(work: Callable[..., object], given: Sequence[object], threads: int) -> list[object]:
    with ThreadPoolExecutor(threads) as executor:
        return list(executor.map(work, given, chunksize=1))


ENGINES: dict[str, Callable[[Sequence[Document]], Engine]] = {
    "ours": Ours,
    "bm25s": Bm25s,
    "bm25s, all words": partial(Bm25s, all_words=True),
    "sparse_dot_topn": SparseDotTopn,
    "tantivy": Tantivy,
    "tantivy, all words": partial(Tantivy, all_words=True),
    "SQLite FTS5": Fts5,
}


def versions() -> str:
    """Return the name and the version of every engine but ours, and of what they need."""
    packages = ("bm25s", "numba", "sparse-dot-topn", "scikit-learn", "tantivy", "PyStemmer")
    found = [f"{name} {version(name)}" for name in packages]
    return ", ".join([*found, f"SQLite {sqlite3.sqlite_version}"])


if __name__ == "__main__":  # `make bench` runs every program here.
    print(versions())
