"""Whether a text wins by words that everybody asks for.

`python -m bench.padding FOLDER…` takes concepts that answer no need (documents relevant to no
query), appends the 200 words that the needs use most, and counts how often they are then among the
first ten of a need where they were not before: one in ten of them, at least 20, by lot, the same
for all rankings. Without a folder it takes the demo's own texts.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bench.ranking import judged_collections
from matching import Document
from matching.analysis import is_stop, word_counts
from matching.evaluation import JudgedCollection, Runner, our_ranking
from matching.peers import bm25, tfidf

WORDS = 200
SHARE, LEAST = 0.1, 20
DEPTH = 10

RUNNERS: dict[str, Runner] = {"ours": our_ranking, "TF-IDF": tfidf, "BM25": bm25}
_LINE = "{:<18}" + "  {:>8}" * 2 + "  {:>18}" * len(RUNNERS) + "\n"


def most_asked(queries: Sequence[Document]) -> list[str]:
    """Return the content words that stand in most queries, the most frequent first."""
    counts = Counter(word for query in queries for word in word_counts(query) if not is_stop(word))
    return sorted(counts, key=lambda word: (-counts[word], word))[:WORDS]


def padded(collection: JudgedCollection) -> tuple[list[Document], set[str]]:
    """Return the documents with some padded, and the ids of those."""
    right = {document for grades in collection.grades.values() for document in grades}
    others = [document.id for document in collection.documents if document.id not in right]
    lot = np.random.default_rng(0).permutation(len(others))
    some = {others[row] for row in lot[: max(LEAST, int(SHARE * len(others)))]}
    added = " ".join(most_asked(collection.queries))
    return [
        replace(each, text=f"{each.text}\n{added}") if each.id in some else each
        for each in collection.documents
    ], some


def entered(collection: JudgedCollection, runner: Runner) -> tuple[int, int]:
    """Return how many places among the first ten the texts had, and how many they won."""
    documents, some = padded(collection)
    before, after = (
        [some & set(found[:DEPTH]) for found in runner(each, collection.queries)]
        for each in (collection.documents, documents)
    )
    won = sum(len(new - old) for new, old in zip(after, before, strict=True))
    return sum(map(len, before)), won


def report(collections: Sequence[JudgedCollection], write: Callable[[str], object]) -> None:
    """Write the table: places won, and places held before."""
    write(_LINE.format("places won (before)", "queries", "padded", *RUNNERS))
    for collection in collections:
        counts = [entered(collection, runner) for runner in RUNNERS.values()]
        shown = [f"{won} ({before})" for before, won in counts]
        size = len(collection.queries), len(padded(collection)[1])
        write(_LINE.format(collection.name, *size, *shown))


if __name__ == "__main__":
    report(judged_collections(sys.argv[1:]), sys.stdout.write)
