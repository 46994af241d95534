"""Time the index against scikit-learn's TF-IDF on made-up texts, as ratios within one run.

Usage: python -m bench.speed [DOCUMENTS] (10000 unless told)
The words are drawn from a Zipfian vocabulary of made-up words with endings, 60 to 140 a text.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity

from matching import Document, MatchIndex

QUERIES = 60
STEMS = 8_000


def made_up(count: int) -> list[Document]:
    """Return texts of made-up stems with endings."""
    random = np.random.default_rng(7)
    letters = list("aabdeefghiijklmnnoprrssttuvyøå")
    endings = ["", "en", "er", "ene", "ing"]
    stems = ["".join(random.choice(letters, size)) for size in random.integers(3, 9, STEMS)]
    vocabulary = [stem + ending for stem in stems for ending in endings]
    random.shuffle(vocabulary)
    odds = 1 / (np.arange(len(vocabulary)) + 10.0)
    odds /= odds.sum()
    return [
        Document(
            str(number),
            "",
            " ".join(
                vocabulary[word]
                for word in random.choice(len(vocabulary), int(random.integers(60, 140)), p=odds)
            ),
        )
        for number in range(count)
    ]


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    texts = made_up(count + QUERIES)
    documents, queries = texts[:count], texts[count:]
    vectorizer = TfidfVectorizer()
    theirs, ours = [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]
    start = time.perf_counter()
    matrix = vectorizer.fit_transform([document.text for document in documents])
    theirs[0] = time.perf_counter() - start
    start = time.perf_counter()
    index = MatchIndex.fit(documents)
    ours[0] = time.perf_counter() - start

    def peer(query: Document) -> object:
        scores = cosine_similarity(vectorizer.transform([query.text]), matrix)[0]
        return np.argsort(-scores)[:20]

    first, rest = queries[: QUERIES // 2], queries[QUERIES // 2 :]
    theirs[1] = seconds(lambda: [peer(query) for query in first]) / len(first)
    ours[1] = seconds(lambda: [index.rank(query) for query in first]) / len(first)
    theirs[2] = seconds(lambda: [peer(query) for query in rest]) / len(rest)
    ours[2] = seconds(lambda: [index.rank(query) for query in rest]) / len(rest)
    print(f"{count} documents; seconds   {'scikit-learn':>14}{'matching':>12}{'ratio':>8}")
    for name, their, our in zip(("fit", "query, cold", "query, warm"), theirs, ours, strict=True):
        print(f"{name:<25}  {their:>14.4f}{our:>12.4f}{our / their:>8.2f}")


if __name__ == "__main__":
    main()
