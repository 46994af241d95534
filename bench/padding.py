"""Whether a text wins by words that everybody asks for.

`python -m bench.padding FOLDER…` takes concepts that answer no need (documents relevant to no
query), appends the 200 words that the needs use most, and counts how often they are then among the
first ten of a need where they were not before. It does so with one in ten of them, at least 20, by
lot, the same for all rankings, and with all of them; and with words that have content, and with
whatever words are most used. Without a folder it takes the demo's own texts.

What stands against padding must not cost honest texts. So a second table counts answers that are
among the first ten before and after whole texts by lot, of documents that answer nothing, are
appended to them until they are four times as long as texts usually are.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from bench.ranking import judged_collections
from matching import Document
from matching.evaluation import JudgedCollection, Retriever, rank_by_words
from matching.evaluation.peers import bm25, tfidf
from matching.text import is_stop, word_counts

WORDS = 200
SHARE, LEAST = 0.1, 20
K = 10
LONGER, LENGTHENED = 4, 100

RANKERS: dict[str, Retriever] = {"ours": rank_by_words, "TF-IDF": tfidf, "BM25": bm25}
_LINE = "{:<28}{:<10}{:<9}" + "  {:>8}" * 2 + "  {:>18}" * len(RANKERS) + "\n"


def right_ones(collection: JudgedCollection) -> set[str]:
    """Return the ids of the documents that answer anything."""
    return {document for grades in collection.qrels.values() for document in grades}


@dataclass(frozen=True)
class Padding:
    """Which words are appended to which share of the concepts that answer none."""

    content_only: bool
    share: float

    def words(self, queries: Sequence[Document]) -> list[str]:
        """Return the words that stand in most queries, the most frequent first."""
        asked = [word for query in queries for word in word_counts(query)]
        counts = Counter(word for word in asked if not (self.content_only and is_stop(word)))
        return sorted(counts, key=lambda word: (-counts[word], word))[:WORDS]

    def apply(self, collection: JudgedCollection) -> tuple[list[Document], set[str]]:
        """Return the documents with some padded, and the ids of those."""
        right = right_ones(collection)
        others = [document.id for document in collection.documents if document.id not in right]
        lot = np.random.default_rng(0).permutation(len(others))
        some = {others[row] for row in lot[: max(LEAST, int(self.share * len(others)))]}
        added = " ".join(self.words(collection.queries))
        return [
            replace(each, text=f"{each.text}\n{added}") if each.id in some else each
            for each in collection.documents
        ], some


PADDINGS = [Padding(*each) for each in product((True, False), (SHARE, 1.0))]


def report(collections: Sequence[JudgedCollection], write: Callable[[str], object]) -> None:
    """Write the table: places won, and places held before."""
    write(_LINE.format("places won (before)", "words", "share", "queries", "padded", *RANKERS))
    for collection in collections:
        queries = collection.queries
        before = [ranker(collection.documents, queries, K) for ranker in RANKERS.values()]
        for padding in PADDINGS:
            documents, some = padding.apply(collection)
            if not some:
                continue
            shown = []
            for ranker, found in zip(RANKERS.values(), before, strict=True):
                after = ranker(documents, queries, K)
                firsts = [
                    (some & set(old[:K]), some & set(new[:K]))
                    for old, new in zip(found, after, strict=True)
                ]
                won = sum(len(new - old) for old, new in firsts)
                shown.append(f"{won} ({sum(len(old) for old, _ in firsts)})")
            words = "content" if padding.content_only else "any"
            name = collection.name, words, f"{100 * padding.share:.0f} %"
            write(_LINE.format(*name, len(queries), len(some), *shown))


def lengthened(collection: JudgedCollection) -> list[Document]:
    """Return the documents with those that are right for a query made long."""
    right = right_ones(collection)
    others = [each.text for each in collection.documents if each.id not in right]
    if not others:
        return list(collection.documents)
    usual = np.mean([len(each.text.split()) for each in collection.documents])
    lot = np.random.default_rng(0)

    def longer(document: Document) -> Document:
        text = document.text
        while len(text.split()) < LONGER * usual:
            text += "\n" + others[lot.integers(len(others))]
        return replace(document, text=text)

    chosen = lot.permutation(sorted(right))[:LENGTHENED].tolist()
    return [longer(each) if each.id in chosen else each for each in collection.documents]


def report_long(collections: Sequence[JudgedCollection], write: Callable[[str], object]) -> None:
    """Write the table: long answers among the first ten, and how many were so when short."""
    write("\n" + _LINE.format("long answers found (short)", "", "", "queries", "longer", *RANKERS))
    for collection in collections:
        documents = lengthened(collection)
        texts = {each.id: each.text for each in collection.documents}
        longer = {each.id for each in documents if each.text != texts[each.id]}
        if not longer:
            continue
        shown = []
        for ranker in RANKERS.values():
            long, short = (
                sum(
                    len(longer & set(ids[:K]) & collection.qrels[query.id].keys())
                    for query, ids in zip(
                        collection.queries, ranker(some, collection.queries, K), strict=True
                    )
                )
                for some in (documents, collection.documents)
            )
            shown.append(f"{long} ({short})")
        sizes = len(collection.queries), len(longer)
        write(_LINE.format(collection.name, "", "", *sizes, *shown))


if __name__ == "__main__":
    found = judged_collections(sys.argv[1:])
    report(found, sys.stdout.write)
    report_long(found, sys.stdout.write)
