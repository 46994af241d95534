"""BM25 over whatever an analyzer finds in a text, as a product of sparse matrices."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer
from Stemmer import Stemmer
from stopwordsiso import stopwords

from matching.evaluation.languages import SNOWBALL, tokens

K1, B, K3 = 1.2, 0.75, 8.0
"""BM25's usual settings, with saturation of query terms."""

Analyzer = Callable[[str], list[str]]
"""Returns the features of a text, each as often as it stands there."""

Side = tuple[Analyzer, Iterable[str]]
"""Texts, and what they are analysed by."""

_FOLDED = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l", "ß": "ss"})


def bm25_products(documents: Side, queries: Side) -> tuple[sparse.csr_matrix, sparse.csr_matrix]:
    """Return matrices of queries and documents whose product with the transpose is BM25.

    Parameters
    ----------
    documents, queries
        Each side with its analyzer.

    Returns
    -------
    tuple of sparse matrix
        Shapes (queries, features) and (documents, features).

    Raises
    ------
    ValueError
        When no document has a feature.

    Notes
    -----
    Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with
    the inverse document frequency of Lucene, which is never negative.
    """
    analyzer, texts = documents
    counter = CountVectorizer(analyzer=analyzer)
    counts = counter.fit_transform(texts).astype(np.float64)
    analyzer, texts = queries
    asking = CountVectorizer(analyzer=analyzer, vocabulary=counter.vocabulary_)
    asked = asking.transform(texts).astype(np.float64)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log1p((counts.shape[0] - frequency + 0.5) / (frequency + 0.5))
    pivot = np.repeat(K1 * (1 - B + B * lengths / lengths.mean()), np.diff(counts.indptr))
    counts.data = rarity[counts.indices] * counts.data * (K1 + 1) / (counts.data + pivot)
    asked.data = asked.data * (K3 + 1) / (asked.data + K3)
    return asked, counts


def stemmer(language: str) -> Stemmer:
    """Return the Snowball stemmer of a language, "no" or "en"."""
    return Stemmer(SNOWBALL[language])


def stem_analyzer(language: str) -> Analyzer:
    """Return what finds the stems of the words of a text, but for its stop words.

    Parameters
    ----------
    language
        "no" or "en".

    Returns
    -------
    callable
        See `Analyzer`.
    """
    stem, stop = stemmer(language).stemWord, stopwords(language)
    return lambda text: [stem(word) for word in tokens(text) if word not in stop]


def gram_analyzer(language: str, *, folded: bool = False) -> Analyzer:
    """Return what finds the character n-grams, 3 to 5, of each word, but for stop words.

    Parameters
    ----------
    language
        "no" or "en".
    folded
        Whether letters lose their marks.

    Returns
    -------
    callable
        See `Analyzer`.
    """
    stop = stopwords(language)
    grams = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5)).build_analyzer()

    def analyze(text: str) -> list[str]:
        kept = " ".join(word for word in tokens(text) if word not in stop)
        found: list[str] = grams(fold(kept) if folded else kept)
        return found

    return analyze


def fold(text: str) -> str:
    """Return a text of small letters without their marks: å as a, ø as o, æ as ae.

    Parameters
    ----------
    text
        In small letters.

    Returns
    -------
    str
        The letters that are left are those that a foreign keyboard has.

    Examples
    --------
    >>> fold("sjølvhjelp på café")
    'sjolvhjelp pa cafe'
    """
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_FOLDED)
