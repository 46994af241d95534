"""Time the index against scikit-learn's TF-IDF on the same texts, as ratios within one run.

Usage: python -m bench.speed [DOCUMENTS [PAIRS]] (100000 and 20000 unless told)
Times are of the processor, one thread; for the questions also of the clock. Words of the peer are
the same stems; its n-grams are of 3 to 5 characters within words, as ours. Its pairs are timed
for a sample of the queries and scaled up.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.pipeline import FeatureUnion

from bench.texts import concepts, needs
from matching import Document, MatchIndex
from matching.text import stem, words

QUESTIONS = 100
SAMPLE = 200
TOP = 20
ANALYSED = 5_000  # Texts on which the peer's analysis is timed; it grows in proportion.


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes the processor."""
    start = time.process_time()
    work()
    return time.process_time() - start


def stems(text: str) -> list[str]:
    """Return the stems of a text, as our index has them."""
    return [found for word in words(text) if (found := stem(word))]


def peer(*, grams: bool = True) -> FeatureUnion:
    """Return the peer's analysis: words by the same stems, and n-grams within words."""
    parts = [("words", TfidfVectorizer(analyzer=stems))]
    if grams:
        parts.append(("grams", TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))))
    return FeatureUnion(parts)


def texts(documents: Iterable[Document]) -> list[str]:
    """Return title and text in one, as the peer knows no titles."""
    return [f"{document.title}\n{document.text}" for document in documents]


def analysis(documents: Sequence[Document]) -> None:
    """Print how many texts a second are analysed."""
    few = texts(documents[:ANALYSED])
    all_of = seconds(lambda: peer().fit_transform(few)) / len(few)
    alone = seconds(lambda: peer(grams=False).fit_transform(few)) / len(few)
    ours = seconds(lambda: MatchIndex.fit(documents)) / len(documents)
    print(f"Texts analysed a second, of {len(documents)} (the peer's of {len(few)}):")
    print(f"  matching {1 / ours:.0f}; scikit-learn, same features {1 / all_of:.0f}", end="")
    print(f" (ratio {all_of / ours:.1f}), words alone {1 / alone:.0f} ({alone / ours:.1f})")


def pairs(count: int) -> None:
    """Print how long it takes from texts to the best pairs."""
    asked, documents = needs(count), concepts(count)
    ours = seconds(lambda: MatchIndex.fit(documents).rank_all(asked, TOP))
    vectorizer = peer()
    start = time.process_time()
    right = vectorizer.fit_transform(texts(documents))
    left = vectorizer.transform(texts(asked))
    theirs = time.process_time() - start
    theirs += seconds(lambda: best_by_peer(left[:SAMPLE], right)) * count / min(SAMPLE, count)
    print(f"From texts to pairs, {count} x {count}, the best {TOP}, seconds:")
    print(f"  matching {ours:.1f}; scikit-learn {theirs:.0f}", end="")
    print(f" (ratio {theirs / ours:.1f}; its pairs of {SAMPLE} queries, scaled up)")


def best_by_peer(left: object, right: object) -> None:
    """Rank as one does with scikit-learn."""
    similar = cosine_similarity(left, right)
    best = np.argpartition(-similar, TOP, axis=1)[:, :TOP]
    np.take_along_axis(similar, best, axis=1)


def questions(documents: Sequence[Document]) -> None:
    """Print how long one question takes, and one after a change."""
    index = MatchIndex.fit(documents)
    count = len(documents)
    asked, extra = needs(3 * QUESTIONS), concepts(QUESTIONS, count)
    index.rank(asked[-1])
    first, second, third = (asked[QUESTIONS * n : QUESTIONS * (n + 1)] for n in range(3))

    def explained(need: Document) -> None:
        for match in index.rank(need, TOP):
            index.explain(need, match.document_id)

    def added(need: Document, document: Document) -> None:
        index.add(document)
        index.rank(need, TOP)

    def changed(need: Document, document: Document) -> None:
        index.add(Document(document.id, document.title, need.text))
        index.rank(need, TOP)

    def removed(need: Document, document: Document) -> None:
        index.remove(document.id)
        index.rank(need, TOP)

    print(f"One question to {count}, milliseconds:")
    times("a new need", lambda need: index.rank(need, TOP), first)
    times(f"another, and {TOP} explained", explained, second)
    times("as the first, asked again", lambda need: index.rank(need, TOP), first)
    times("again, one document added", added, first, extra)
    times("again, one changed", changed, first, extra)
    times("again, one removed", removed, first, extra)
    times("a third, now many changes", lambda need: index.rank(need, TOP), third)


def times(name: str, work: Callable[..., object], *given: Sequence[Document]) -> None:
    """Print the median and the 95th percentile of processor and clock."""
    processor, clock = [], []
    for each in zip(*given, strict=True):
        before = time.perf_counter()
        processor.append(1e3 * seconds(lambda each=each: work(*each)))  # type: ignore[misc]
        clock.append(1e3 * (time.perf_counter() - before))
    parts = [
        f"{kind} {np.median(found):6.1f}, p95 {np.percentile(found, 95):6.1f}"
        for kind, found in (("processor", processor), ("clock", clock))
    ]
    print(f"  {name:<28}{'   '.join(parts)}", flush=True)


def main() -> None:
    """Print all figures."""
    told = [int(each) for each in sys.argv[1:3]]
    count, paired = [*told, *(100_000, 20_000)[len(told) :]]
    MatchIndex.fit(concepts(50)).rank_all(needs(5))  # What is loaded late shall not be timed.
    documents = concepts(count)
    analysis(documents)
    questions(documents)
    pairs(paired)


if __name__ == "__main__":
    main()
