"""Whether one ranking is better than another, or was only lucky with the queries."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from matching.arrays import FloatArray

SAMPLES = 10_000
_AT_ONCE = 500


def paired_bootstrap(
    ours: Sequence[float], theirs: Sequence[float], name: str = "", samples: int = SAMPLES
) -> FloatArray:
    """Return the mean difference in `samples` sets of queries drawn at random, with replacement.

    What would other queries of the same kind have shown?

    Parameters
    ----------
    ours, theirs
        Value of each query under either ranking, in the same order.
    name
        Of the collection. The same name draws the same sets each time; another name draws others,
        so the means of several collections can be put together.
    samples
        Number of sets.

    Returns
    -------
    array of float
        Of `samples` differences, ours less theirs.

    Raises
    ------
    ValueError
        When there is no query, or when not both rankings have a value for each.

    Notes
    -----
    Efron and Tibshirani, "An Introduction to the Bootstrap", 1993; for rankings Sakai, "Evaluating
    evaluation metrics based on the bootstrap", 2006.
    """
    differences = np.array(ours, dtype=np.float64) - np.array(theirs, dtype=np.float64)
    if len(differences) == 0:
        raise ValueError("no query to draw from")
    random = np.random.default_rng(crc32(name.encode()))
    found = np.empty(samples)
    for first in range(0, samples, _AT_ONCE):
        shape = (min(_AT_ONCE, samples - first), len(differences))
        drawn = random.integers(0, len(differences), shape)
        found[first : first + _AT_ONCE] = differences[drawn].mean(axis=1)
    return found


def confidence_interval(differences: FloatArray) -> tuple[float, float]:
    """Return the limits that 95 % of the differences lie within, half of the rest on each side.

    Parameters
    ----------
    differences
        As `paired_bootstrap` gives them, or their mean over several collections.

    Returns
    -------
    tuple of float
        The lower and the upper limit. Zero between them: the queries cannot tell.
    """
    low, high = np.percentile(differences, [2.5, 97.5]).tolist()
    return low, high
