"""Other rankers to measure ours against; for development only.

Each is a `Retriever`: documents, queries and k in, for each query the ids of the best documents
out, ties by id, and none that has nothing in common with the query.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.util import find_spec

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from matching.arrays import FloatArray
from matching.documents import Document
from matching.evaluation.bm25 import (
    Analyzer,
    bm25_products,
    gram_analyzer,
    stem_analyzer,
    stemmer,
)
from matching.evaluation.languages import language, whole_text
from matching.evaluation.rankers import Retriever
from matching.semantic.vectors import VectorArray, VectorStore

Scores = Callable[[slice], FloatArray]
"""Gives for some of the queries the score of every document, shape (queries, documents)."""

_AT_ONCE = 10_000_000  # Scores that are held in memory.


def tfidf(documents: Sequence[Document], queries: Sequence[Document], k: int) -> list[list[str]]:
    """Rank by scikit-learn's `TfidfVectorizer` as it comes, of words, and cosine."""
    return _tfidf(TfidfVectorizer(), documents, queries, k)


def tfidf_chars(
    documents: Sequence[Document], queries: Sequence[Document], k: int
) -> list[list[str]]:
    """Rank by scikit-learn's `TfidfVectorizer` of character n-grams within words, and cosine."""
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    return _tfidf(vectorizer, documents, queries, k)


def _tfidf(
    vectorizer: TfidfVectorizer, documents: Sequence[Document], queries: Sequence[Document], k: int
) -> list[list[str]]:
    matrix = vectorizer.fit_transform(map(whole_text, documents))
    asked = vectorizer.transform(map(whole_text, queries))
    return _best(lambda rows: (asked[rows] @ matrix.T).toarray(), documents, queries, k)


def bm25(documents: Sequence[Document], queries: Sequence[Document], k: int) -> list[list[str]]:
    """Rank by BM25 over Snowball stems without stop words."""
    return _bm25(stem_analyzer, documents, queries, k)


def bm25_chars(
    documents: Sequence[Document], queries: Sequence[Document], k: int
) -> list[list[str]]:
    """Rank by BM25 over character n-grams within words, stop words left out."""
    return _bm25(gram_analyzer, documents, queries, k)


def bm25_folded_chars(
    documents: Sequence[Document], queries: Sequence[Document], k: int
) -> list[list[str]]:
    """Rank as `bm25_chars`, with å as a, ø as o, and other letters without their marks too."""
    return _bm25(lambda code: gram_analyzer(code, folded=True), documents, queries, k)


def _bm25(
    analyzer: Callable[[str], Analyzer],
    documents: Sequence[Document],
    queries: Sequence[Document],
    k: int,
) -> list[list[str]]:
    """Rank by BM25, each side analysed in the language most of it is in."""
    sides = [(analyzer(language(side)), map(whole_text, side)) for side in (documents, queries)]
    asked, matrix = bm25_products(*sides)
    return _best(lambda rows: (asked[rows] @ matrix.T).toarray(), documents, queries, k)


def bm25s(documents: Sequence[Document], queries: Sequence[Document], k: int) -> list[list[str]]:
    """Rank by the library bm25s: its tokenizer, stop words and BM25, with Snowball stems."""
    import bm25s as library  # noqa: PLC0415 - only where it is asked for

    def tokenized(side: Sequence[Document]) -> list[list[str]]:
        code = language(side)
        texts = [whole_text(document) for document in side]
        options = {"return_ids": False, "show_progress": False}
        found: list[list[str]] = library.tokenize(
            texts, stopwords=code, stemmer=stemmer(code), **options
        )
        return found

    index = library.BM25()
    index.index(tokenized(documents), show_progress=False)
    asked = tokenized(queries)

    nothing = np.zeros(len(documents))

    def scores(rows: slice) -> FloatArray:  # The library refuses a query without a word.
        return np.array([index.get_scores(each) if each else nothing for each in asked[rows]])

    return _best(scores, documents, queries, k)


def lexical_peers() -> dict[str, Retriever]:
    """Return the peers that compare words or letters, by the name that tables show.

    Returns
    -------
    dict
        Without bm25s where it is not installed.
    """
    peers: dict[str, Retriever] = {
        "TF-IDF": tfidf,
        "TF-IDFc": tfidf_chars,
        "BM25": bm25,
        "BM25c": bm25_chars,
        "BM25cf": bm25_folded_chars,
    }
    return peers | ({"bm25s": bm25s} if find_spec("bm25s") else {})


def e5(store: VectorStore) -> Retriever:
    """Return the ranker that goes by the cosine of vectors of whole texts alone.

    Parameters
    ----------
    store
        Has or makes the vectors.

    Returns
    -------
    Retriever
        Texts without a content word have no vector: they are not found, and find nothing.
    """

    def rank(documents: Sequence[Document], queries: Sequence[Document], k: int) -> list[list[str]]:
        right, asked = (_unit(store.vectors(side)) for side in (documents, queries))
        return _best(lambda rows: asked[rows] @ right.T, documents, queries, k)

    return rank


def _unit(vectors: VectorArray) -> FloatArray:
    found = vectors.astype(np.float64)
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return found / np.where(lengths > 0, lengths, 1)


def _best(
    scores: Scores, documents: Sequence[Document], queries: Sequence[Document], k: int
) -> list[list[str]]:
    """Return for each query the ids of the `k` best documents above 0, ties by id."""
    ids = [document.id for document in documents]
    by_id = sorted(range(len(ids)), key=ids.__getitem__)
    step = max(1, _AT_ONCE // max(1, len(ids)))
    answers = []
    for start in range(0, len(queries), step):
        for row in scores(slice(start, start + step)):
            values = row[by_id]
            best = np.argsort(-values, kind="stable")[:k]
            answers.append([ids[by_id[place]] for place in best if values[place] > 0])
    return answers
