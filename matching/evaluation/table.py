"""The table of an evaluation: a line for each collection as it is measured, then means."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from matching.arrays import FloatArray
from matching.evaluation.bootstrap import confidence_interval
from matching.evaluation.comparison import GAIN, RATIO, SEMANTIC, SEMANTIC_RATIO, Comparison

DIFFERENCE = "difference, 95 %"
NOTHING = "–"

_RATIOS = (RATIO, GAIN, SEMANTIC_RATIO)

LEGEND = {
    "R@10": "recall among the first 10; S@1: share of queries whose first answer is right",
    "TF-IDF": "scikit-learn, words; TF-IDFc: character n-grams within words (char_wb), 3 to 5",
    "BM25": "Snowball stems without stop words; BM25c: as TF-IDFc; BM25cf: letters without marks",
    "bm25s": "the library, with its own tokenizer and stop words, and Snowball",
    RATIO: "nDCG@10 to that of the best peer so far in the line; – where that found nothing",
    DIFFERENCE: "to the best peer, limits when the queries are drawn again by lot",
    SEMANTIC: "nDCG@10 with similar meaning; gain: ratio to that without",
    "e5": "cosine of the vectors alone",
    SEMANTIC_RATIO: "ratio of meaning to the best of all peers",
}
"""What columns mean, those alike together under the first."""


class Table:
    """Writes comparisons as lines of a table; all have the same columns.

    Parameters
    ----------
    write
        Takes text.
    width
        Letters that the longest name has.
    """

    def __init__(self, write: Callable[[str], object], width: int) -> None:
        self._write = write
        self._width = max(width, len("collection"))
        self._rows: list[Comparison] = []

    def add(self, name: str, row: Comparison) -> None:
        """Write the line of a collection, and the header before the first."""
        if not self._rows:
            header = [f"{column:>{_size(column)}}" for column in row.values]
            self._line("collection", header, DIFFERENCE if row.differences is not None else "")
        self._rows.append(row)
        self._line(name, _cells(row.values), _limits(row.differences))

    def close(self) -> None:
        """Write the means and, where there are ratios, the lowest; then what columns mean."""
        if not self._rows:
            return
        columns = {
            name: [row.values[name] for row in self._rows if not math.isnan(row.values[name])]
            for name in self._rows[0].values
        }
        means = {name: _or_nan(np.mean, found) for name, found in columns.items()}
        drawn = [row.differences for row in self._rows if row.differences is not None]
        self._line("mean", _cells(means), _limits(np.mean(drawn, axis=0) if drawn else None))
        if any(name in columns for name in _RATIOS):
            lowest = {name: _or_nan(min, found) for name, found in columns.items()}
            shown = zip(lowest, _cells(lowest), strict=True)
            self._line("lowest", [c if name in _RATIOS else " " * len(c) for name, c in shown], "")
            self._legend(columns)

    def _legend(self, columns: Mapping[str, object]) -> None:
        self._write("\n")
        for name, meaning in LEGEND.items():
            if name in columns or (name == DIFFERENCE and RATIO in columns):
                self._write(f"{name}: {meaning}\n")

    def _line(self, name: str, cells: Sequence[str], last: str) -> None:
        self._write(" ".join([f"{name:<{self._width}}", *cells, last]).rstrip() + "\n")


def _size(column: str) -> int:
    return max(len(column), len("0.000"))


def _cells(values: Mapping[str, float]) -> list[str]:
    return [
        f"{NOTHING if math.isnan(value) else f'{value:.3f}':>{_size(name)}}"
        for name, value in values.items()
    ]


def _limits(differences: FloatArray | None) -> str:
    if differences is None:
        return ""
    low, high = confidence_interval(differences)
    return f"{low:+.3f} {high:+.3f}"


def _or_nan(reduce: Callable[[list[float]], float], values: list[float]) -> float:
    return float(reduce(values)) if values else math.nan
