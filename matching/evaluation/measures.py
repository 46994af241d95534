"""How well one ranking finds what is known to be relevant."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

K = 100
"""How many documents of a ranking are looked at by the measure that looks at most."""


def ndcg(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """Return the normalised discounted cumulative gain of the first `k`.

    Parameters
    ----------
    ranked
        Ids of documents, the best first, each once.
    grades
        Grades of the relevant documents, all above 0; at least one.
    k
        How many of those ranked count, at least 1.

    Returns
    -------
    float
        From 0 to 1: 1 where no order is better.

    Raises
    ------
    ZeroDivisionError
        When there is nothing to gain: `grades` is empty or `k` is 0.

    Notes
    -----
    The gain of a document is its grade (Järvelin and Kekäläinen, "Cumulated gain-based evaluation
    of IR techniques", 2002), and is divided by log2(rank + 1), as by `ndcg_cut` of trec_eval.

    Examples
    --------
    >>> round(ndcg(["x", "a"], {"a": 1.0}, k=10), 3)
    0.631
    """
    ideal = sorted(grades.values(), reverse=True)[:k]
    gained = [grades.get(document, 0.0) for document in ranked[:k]]
    return _discounted(gained) / _discounted(ideal)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def recall(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """Return the share of the relevant documents that is among the first `k`.

    Parameters
    ----------
    ranked
        Ids of documents, the best first.
    grades
        Grades of the relevant documents; at least one. How high they are plays no part.
    k
        How many of those ranked count.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ZeroDivisionError
        When `grades` is empty.

    Notes
    -----
    Manning, Raghavan and Schütze, "Introduction to Information Retrieval", 2008, chapter 8.
    """
    return len(grades.keys() & set(ranked[:k])) / len(grades)


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, float]) -> float:
    """Return one over the rank of the first relevant document.

    Parameters
    ----------
    ranked
        Ids of documents, the best first.
    grades
        Grades of the relevant documents. How high they are plays no part.

    Returns
    -------
    float
        From 0 to 1: 0 where none is found.

    Notes
    -----
    Its mean over the queries is the MRR (Voorhees, "The TREC-8 question answering track report",
    1999).
    """
    return next((1 / rank for rank, each in enumerate(ranked, start=1) if each in grades), 0.0)


def success_at(ranked: Sequence[str], grades: Mapping[str, float], k: int) -> float:
    """Return whether a relevant document is among the first `k`.

    Parameters
    ----------
    ranked
        Ids of documents, the best first.
    grades
        Grades of the relevant documents. How high they are plays no part.
    k
        How many of those ranked count.

    Returns
    -------
    float
        1 or 0; the mean over queries is the share of those who see something right.
    """
    return float(any(document in grades for document in ranked[:k]))


MEASURES: dict[str, Callable[[Sequence[str], Mapping[str, float]], float]] = {
    "nDCG@10": lambda ranked, grades: ndcg(ranked, grades, 10),
    "R@10": lambda ranked, grades: recall(ranked, grades, 10),
    "R@100": lambda ranked, grades: recall(ranked, grades, K),
    "MRR": reciprocal_rank,
    "S@1": lambda ranked, grades: success_at(ranked, grades, 1),
    "S@3": lambda ranked, grades: success_at(ranked, grades, 3),
}
"""What tables show: nDCG, recall (R), mean reciprocal rank and success (S)."""
