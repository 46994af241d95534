"""Constants of the ranking as cross-validation would choose them, beside those that are shipped.

Usage: python -m bench.choose FOLDER...
Each constant is changed alone, by scikit-learn's `GridSearchCV` with nDCG@10 over halves of the
queries. The table has for each collection the value that is best there, and what it gains on the
shipped one, in thousandths; `all` is the value of the best mean over the collections. What a choice
is worth elsewhere shows in the last line: each collection with the value chosen on all the others.
Without a folder it takes the demo's own texts.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import numpy as np
from sklearn.model_selection import GridSearchCV, KFold

from bench.ranking import judged_collections
from matching import Document
from matching.arrays import FloatArray
from matching.evaluation import JudgedCollection, JudgedRanking
from matching.parameters import Parameters

GRID: dict[str, tuple[float, ...]] = {
    "k1": (0.7, 1.0, 1.3, 1.8, 2.5),
    "b": (0.3, 0.5, 0.7, 0.85),
    "word_weight": (0.2, 0.5, 1.0, 2.0),
    "ngram_power": (0.75, 1.0, 1.5, 2.0),
    "ngram_saving": (0.02, 0.05, 0.08, 0.11),
    "thesaurus_weight": (0.0, 0.25, 0.5, 1.0),
}
"""The values tried; the shipped ones are among them."""

MOST_QUERIES = 200
"""Queries of a collection, by lot: the time is in proportion to them."""

FOLDS = KFold(2, shuffle=True, random_state=0)


def scores(collection: JudgedCollection, name: str) -> FloatArray:
    """Return the cross-validated nDCG@10 of each value of a constant."""
    queries = _some(collection.queries)
    grades = [collection.qrels[query.id] for query in queries]
    search = GridSearchCV(
        JudgedRanking(collection.documents),
        {f"parameters__{name}": list(GRID[name])},
        cv=FOLDS,
        refit=False,
        error_score="raise",
    )
    found: FloatArray = search.fit(queries, grades).cv_results_["mean_test_score"]
    return found


def _some(queries: Sequence[Document]) -> list[Document]:
    lot = np.random.default_rng(0).permutation(len(queries))
    return [queries[place] for place in lot[:MOST_QUERIES]]


def report(collections: Sequence[JudgedCollection], name: str) -> None:
    """Print the table of one constant."""
    values = GRID[name]
    shipped = values.index(Parameters().get_params()[name])
    print(f"\n{name}, shipped {values[shipped]:g}")
    table = np.array([scores(each, name) for each in collections])
    gains = 1000 * (table - table[:, [shipped]])
    for collection, row in zip(collections, gains, strict=True):
        _line(collection.name, row, name)
    _line("all", gains.mean(axis=0), name)
    if len(collections) > 1:
        elsewhere = [
            row[np.delete(gains, place, axis=0).mean(axis=0).argmax()]
            for place, row in enumerate(gains)
        ]
        print(f"{'chosen on the others':<30}{np.mean(elsewhere):+8.1f}", flush=True)


def _line(label: str, gains: FloatArray, name: str) -> None:
    best = int(gains.argmax())
    print(f"{label:<22}{GRID[name][best]:8g}{gains[best]:+8.1f}", flush=True)


if __name__ == "__main__":
    found = judged_collections(sys.argv[1:])
    for constant in GRID:
        report(found, constant)
