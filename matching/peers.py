"""Other rankings to measure ours against; for development only."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from Stemmer import Stemmer
from stopwordsiso import stopwords

from matching.arrays import FloatArray
from matching.documents import Document
from matching.evaluation import DEPTH

K1, B, K3 = 1.2, 0.75, 8.0
"""BM25's usual settings, with saturation of query terms."""

_WORD = re.compile(r"\b\w\w+\b")
_NAMES = {"no": "norwegian", "en": "english"}


def tfidf(documents: Sequence[Document], queries: Sequence[Document]) -> list[list[str]]:
    """Rank by scikit-learn's `TfidfVectorizer` as it comes, and cosine."""
    vectorizer = TfidfVectorizer()
    matrix = vectorizer.fit_transform([_whole(document) for document in documents])
    asked = vectorizer.transform([_whole(query) for query in queries])
    return _best((asked @ matrix.T).tocsr(), documents)


def bm25(documents: Sequence[Document], queries: Sequence[Document]) -> list[list[str]]:
    """Rank by BM25 over stems without stop words, each side in the language most of it is in."""
    counter = CountVectorizer(analyzer=_analyzer(language(documents)))
    counts = counter.fit_transform([_whole(document) for document in documents]).astype(float)
    asking = CountVectorizer(analyzer=_analyzer(language(queries)), vocabulary=counter.vocabulary_)
    asked = asking.transform([_whole(query) for query in queries]).astype(float)
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log1p((len(documents) - frequency + 0.5) / (frequency + 0.5))
    pivot = np.repeat(K1 * (1 - B + B * lengths / lengths.mean()), np.diff(counts.indptr))
    counts.data = rarity[counts.indices] * counts.data * (K1 + 1) / (counts.data + pivot)
    asked.data = asked.data * (K3 + 1) / (asked.data + K3)
    return _best((asked @ counts.T).tocsr(), documents)


def _whole(document: Document) -> str:
    return f"{document.title} {document.text}"


def language(documents: Sequence[Document]) -> str:
    """Return the language most of the words are in, "no" or "en"."""
    found = [word for each in documents for word in _WORD.findall(_whole(each).lower())]
    lists = {code: set(stopwords(code)) for code in _NAMES}
    lists["en"] -= lists["no"] - {"the", "and", "of"}
    return max(lists, key=lambda code: sum(word in lists[code] for word in found))


def _analyzer(language: str) -> Callable[[str], list[str]]:
    stem = Stemmer(_NAMES[language]).stemWord
    stop = set(stopwords(language))
    stems: dict[str, str] = {}

    def analyze(text: str) -> list[str]:
        found = [word for word in _WORD.findall(text.lower()) if word not in stop]
        for word in found:
            if word not in stems:
                stems[word] = stem(word)
        return [stems[word] for word in found]

    return analyze


def _best(scores: sparse.csr_matrix, documents: Sequence[Document]) -> list[list[str]]:
    """Return the ids of the best documents of each row, ties by id."""
    ids = [document.id for document in documents]
    answers = []
    for start, end in zip(scores.indptr, scores.indptr[1:], strict=False):
        places: list[int] = scores.indices[start:end].tolist()
        values: FloatArray = scores.data[start:end]
        order = sorted(zip(-values, (ids[place] for place in places), strict=True))
        answers.append([document for value, document in order[:DEPTH] if value < 0])
    return answers
