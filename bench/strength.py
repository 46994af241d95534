"""How often a match of each strength is right, and how often a need without answer is told so.

`python -m bench.strength FOLDER…` measures on judged collections; without a folder on the demo's
own needs and concepts. Each collection is asked whole and as samples of 50 and 500 documents drawn
by lot. A relevant document is drawn as often as any other, so in a small sample some queries keep
an answer and some do not, as in a small town. Right is what was judged relevant: what nobody judged
counts as wrong, so true precision is higher.

Three kinds of query are put to each sample:

* answered: at least one relevant document is there;
* taken out: all relevant documents are left out, so an answer can only be one that nobody judged;
* other subject: a query in the same language of another collection. Collections whose names agree
  up to the first `_` are of one subject.

The table has for each strength how many matches are right, of how many; how many of the queries
whose first match is right are told so (at least possible); and how many of the two kinds without
an answer hear that there is none.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.ranking import judged_collections
from matching import Document, MatchIndex, Strength
from matching.analysis import stem, word_counts
from matching.evaluation import JudgedCollection
from matching.evaluation.languages import language

SIZES = {50: 12, 500: 4}
"""How many samples of each size."""

LOOKED_AT = 10
"""Matches of each query that count."""

ANSWERED, TAKEN_OUT, OTHER = 300, 40, 20
"""Queries of each kind for a sample, at most; of the last for each other collection."""

ORDER = (Strength.STRONG, Strength.GOOD, Strength.POSSIBLE, Strength.NONE)
LENGTHS = (5, 10, 20, 50)

Found = list[tuple[Strength, bool]]


@dataclass
class Tally:
    """What was found: matches by strength and whether right, queries by their best strength."""

    matches: Counter[tuple[Strength, bool]] = field(default_factory=Counter)
    best: Counter[tuple[str, Strength]] = field(default_factory=Counter)
    right_first: Counter[Strength] = field(default_factory=Counter)

    def add(self, kind: str, found: Found) -> None:
        """Count the matches of one query, the best first."""
        strengths = [strength for strength, _ in found]
        self.best[kind, min(strengths, key=ORDER.index, default=Strength.NONE)] += 1
        if kind == "answered":
            self.matches.update(found)
            self.right_first.update(strength for strength, right in found[:1] if right)

    def cells(self) -> list[str]:
        """Return precision of each strength, recall of right first ones, and who heard none."""
        cells = []
        for strength in ORDER[:3]:
            right, wrong = self.matches[strength, True], self.matches[strength, False]
            cells.append(f"{_percent(right, right + wrong)} {right + wrong:6}")
        heard = self.right_first.total() - self.right_first[Strength.NONE]
        cells.append(_percent(heard, self.right_first.total()))
        for kind in ("taken out", "other"):
            asked = sum(self.best[kind, strength] for strength in ORDER)
            cells.append(_percent(self.best[kind, Strength.NONE], asked))
        return cells


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:3.0f} %" if whole else "    –"


HEADER = ("strong     of", "good       of", "possible   of", "told", "taken out", "other subject")
_LINE = "{:<28}" + "  {:>13}" * len(HEADER)


def tallies(collections: Sequence[JudgedCollection]) -> dict[str, Tally]:
    """Return what was found by collection and size, by size, by length of query, and in all."""
    found: dict[str, Tally] = {}
    for collection in collections:
        others = _others(collection, collections)
        lot = np.random.default_rng(len(collection.documents))
        for size in _sizes(len(collection.documents)):
            for kind, query, matches in _asked(collection, others, size, lot):
                name = str(size) if size in SIZES else "whole"
                rows = f"{collection.name}, {name}", f"all, {name}", _length(query), "all"
                for row in rows:
                    found.setdefault(row, Tally()).add(kind, matches)
    return found


def _others(
    collection: JudgedCollection, collections: Sequence[JudgedCollection]
) -> list[JudgedCollection]:
    """Return those of another subject, by their names, with queries in the right language."""
    subject, spoken = collection.name.split("_")[0], language(collection.documents)
    return [
        each
        for each in collections
        if each.name.split("_")[0] != subject and language(each.queries) == spoken
    ]


def _sizes(whole: int) -> list[int]:
    """Return the size of each sample."""
    return [
        *(each for size, times in SIZES.items() if size < whole for each in [size] * times),
        whole,
    ]


def _asked(
    collection: JudgedCollection,
    others: Sequence[JudgedCollection],
    size: int,
    lot: np.random.Generator,
) -> Iterator[tuple[str, Document, Found]]:
    """Draw a sample of documents; yield each query asked, its kind and what was found."""
    drawn = _some(collection.documents, size, lot)
    index = MatchIndex.from_documents(drawn)
    ids = {document.id for document in drawn}
    qrels = collection.qrels

    def matches(query: Document, right: set[str], left_out: set[str]) -> Found:
        found = index.rank(query, LOOKED_AT, left_out)
        return [(match.strength, match.document_id in right) for match in found]

    here = [query for query in collection.queries if qrels[query.id].keys() & ids]
    for query in _some(here, ANSWERED, lot):
        yield "answered", query, matches(query, set(qrels[query.id]), set())
    for query in _some(collection.queries, TAKEN_OUT, lot):
        yield "taken out", query, matches(query, set(), set(qrels[query.id]))
    for other in others:
        for query in _some(other.queries, OTHER, lot):
            yield "other", query, matches(query, set(), set())


def _some(documents: Sequence[Document], most: int, lot: np.random.Generator) -> list[Document]:
    return [documents[row] for row in lot.permutation(len(documents))[:most]]


def _length(query: Document) -> str:
    asked = len({stem(word) for word in word_counts(query)} - {""})
    longer = [length for length in LENGTHS if asked >= length]
    return f"all, {longer[-1] if longer else 1} words or more"


def report(collections: Sequence[JudgedCollection], write: Callable[[str], object]) -> None:
    """Write the table."""
    found = tallies(collections)
    write(_LINE.format("", *HEADER) + "\n")
    for name in sorted(found, key=_place):
        write(_LINE.format(name, *found[name].cells()) + "\n")


def _place(row: str) -> tuple[bool, bool, bool, int]:
    """Return where a row stands: collections, then sizes, then lengths, then all."""
    number = int("".join(filter(str.isdigit, row.rsplit(",", maxsplit=1)[-1])) or 10**9)
    in_all = row.startswith("all")
    return in_all, row.endswith("more"), row == "all", 0 if not in_all else number


if __name__ == "__main__":
    report(judged_collections(sys.argv[1:]), sys.stdout.write)
