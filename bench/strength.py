"""How often a match of each strength is right, and how often a query without answer is told so.

Usage: python -m bench.strength FOLDER... [--vectors FILE] [--fit]
`bench.judged_matches` says what is asked. Without a folder it is the demo's own texts. The table
has for each collection, in per cent,

* of how many matches of each strength what share is right;
* of the right documents among the first three, what share is shown: possible or better;
* of the queries whose answers were left out, and of those that have none, what share hears that
  there is none, and what share hears of nothing good or better.

The numbers judged are those that stand in `matching.strength`. With --fit they are found anew: the
table then judges each collection by numbers found on the others, and the limits are those of all.
There are two tables: with meaning, and by words alone.

A fit takes each collection for as much as another, and then each length of query: a word or two, a
question, a text. Most collections have questions and texts, but many people ask a word.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from bench.judged_matches import Kind, Matches, judged_matches
from bench.ranking import judged_collections
from matching import strength
from matching.arrays import BoolArray, FloatArray
from matching.evaluation import JudgedCollection
from matching.semantic.encoder import E5Encoder
from matching.semantic.vectors import VectorStore
from matching.strength import GOOD, POSSIBLE, STRONG

LONGEST = (2, 12)
"""Terms of the longest query that is a word or two, and of the longest that is a question."""

SHOWN = 3
"""So many places of a ranking are looked at first."""

COLUMNS = (
    "strong", "of", "good", "of", "possible", "of", "shown", "left out: none", "no good",
    "unanswered: none", "no good",
)  # fmt: skip

Coefficients = tuple[float, ...]
"""Intercept, then those of the features."""

Judge = Callable[[int], Coefficients]
"""Gives the numbers that the matches of a collection, by its place, are judged by."""


def fit(judged: Sequence[Matches]) -> Coefficients:
    """Return the numbers of a logistic regression on the matches of collections."""
    fits = np.concatenate([each.fits for each in judged])
    features = np.concatenate([each.features for each in judged])[fits]
    right = np.concatenate([each.right for each in judged])[fits]
    scale = features.std(axis=0)  # Found sooner; the numbers are those of the features as they are.
    model = LogisticRegression(C=1e4, max_iter=1000)
    model.fit(features / scale, right, sample_weight=sample_weights(judged)[fits])
    return (*model.intercept_.tolist(), *(model.coef_[0] / scale).tolist())


def sample_weights(judged: Sequence[Matches]) -> FloatArray:
    """Return what each match counts: all collections the same, then all lengths of queries."""
    weights = np.concatenate([np.full(len(each.ranks), 1 / len(each.ranks)) for each in judged])
    asked = np.concatenate([each.asked[each.queries] for each in judged])
    length = np.digitize(asked, LONGEST, right=True)
    of_length = np.bincount(length, weights, len(LONGEST) + 1)
    found: FloatArray = weights / of_length[length] * len(weights) / np.count_nonzero(of_length)
    return found


def likely(matches: Matches, coefficients: Coefficients) -> FloatArray:
    """Return how likely each match is right; what is for others is possible at most."""
    intercept, *weights = coefficients
    found = 1 / (1 + np.exp(-intercept - matches.features @ np.array(weights)))
    capped: FloatArray = np.where(matches.fits, found, np.minimum(found, POSSIBLE))
    return capped


def cells(matches: Matches, probability: FloatArray) -> list[float]:
    """Return the line of a collection, a cell for each of `COLUMNS`."""
    answered = matches.kinds[matches.queries] == Kind.ANSWERED
    found: list[float] = []
    for least, below in ((STRONG, np.inf), (GOOD, STRONG), (POSSIBLE, GOOD)):
        level = answered & (probability >= least) & (probability < below)
        found += [_share(matches.right[level]), int(level.sum())]
    first = answered & matches.right & (matches.ranks < SHOWN)
    found.append(_share(probability[first] >= POSSIBLE))
    best = np.zeros(len(matches.kinds))
    np.maximum.at(best, matches.queries, probability)
    for kind in (Kind.LEFT_OUT, Kind.UNANSWERED):
        of_kind = best[matches.kinds == kind]
        found += [_share(of_kind < POSSIBLE), _share(of_kind < GOOD)]
    return found


def _share(of: BoolArray) -> float:
    return 100 * float(of.mean()) if len(of) else np.nan


def report(names: Sequence[str], judged: Sequence[Matches], judge: Judge) -> None:
    """Print the table: a line for each collection, and the means."""
    print("collection | " + " | ".join(COLUMNS))
    lines = [cells(each, likely(each, judge(place))) for place, each in enumerate(judged)]
    for name, line in zip(names, lines, strict=True):
        print(name, *map(_shown, line), sep=" | ")
    with warnings.catch_warnings():  # No collection may have queries without an answer.
        warnings.simplefilter("ignore", RuntimeWarning)
        print("mean", *map(_shown, np.nanmean(lines, axis=0).tolist()), sep=" | ", flush=True)


def _shown(value: float) -> str:
    return "–" if np.isnan(value) else f"{value:.0f}"


def main() -> None:
    """Print both tables, and with --fit the numbers that stand in `matching.strength`."""
    parser = argparse.ArgumentParser(prog="python -m bench.strength")
    parser.add_argument("folders", nargs="*")
    parser.add_argument("--vectors", type=Path, help="file of vectors; made where there is none")
    parser.add_argument("--fit", action="store_true", help="find the numbers anew")
    options = parser.parse_args()
    collections = judged_collections(options.folders)
    store = VectorStore(E5Encoder(), options.vectors)
    measure("WITH_MEANING", strength.WITH_MEANING, collections, store, fitted=options.fit)
    measure("BY_WORDS", strength.BY_WORDS, collections, None, fitted=options.fit)


def measure(
    name: str,
    shipped: Coefficients,
    collections: Sequence[JudgedCollection],
    store: VectorStore | None,
    *,
    fitted: bool,
) -> None:
    """Print the table of one way to rank."""
    judged = [judged_matches(each, store) for each in collections]

    def without(place: int) -> Coefficients:
        return fit([*judged[:place], *judged[place + 1 :]])

    found = fit(judged) if fitted else shipped
    print(f"\n{name} = ({', '.join(f'{number:.3f}' for number in found)})")
    report([each.name for each in collections], judged, without if fitted else lambda _: shipped)


if __name__ == "__main__":
    main()
