"""Our ranking beside its peers on one judged collection."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matching.arrays import FloatArray
from matching.evaluation.bootstrap import paired_bootstrap
from matching.evaluation.collections import JudgedCollection
from matching.evaluation.rankers import Retriever, rank_by_words
from matching.evaluation.runs import evaluate_run, make_run, mean

MAIN = "nDCG@10"
"""The measure that rankings are compared by."""

RATIO, SEMANTIC, GAIN, SEMANTIC_RATIO = "ratio", "meaning", "gain", "m-ratio"


@dataclass(frozen=True, slots=True)
class Rankers:
    """What is measured on each collection.

    Attributes
    ----------
    ours
        All measures of it are shown.
    peers
        By name; ours is compared with the best of them, in each collection anew.
    semantic
        Ours with similar meaning, where it is asked for.
    dense
        Peers by name that compare meanings: `semantic` is compared with these too, `ours` is not.
    """

    ours: Retriever = rank_by_words
    peers: Mapping[str, Retriever] = field(default_factory=dict)
    semantic: Retriever | None = None
    dense: Mapping[str, Retriever] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was measured on one collection.

    Attributes
    ----------
    values
        By column; not a number where there is none, as for a ratio to nothing.
    differences
        Of ours and the best peer, as `paired_bootstrap` gives them; None without peers.
    """

    values: dict[str, float]
    differences: FloatArray | None = None


def compare(collection: JudgedCollection, rankers: Rankers) -> Comparison:
    """Return what rankers are worth on a collection.

    Parameters
    ----------
    collection
        What is asked.
    rankers
        Ours and its peers.

    Returns
    -------
    Comparison
        Measures of ours; then nDCG@10 of each peer and the ratio of ours to the best; then that of
        ours with meaning, its ratio to ours without, that of each dense peer, and the ratio of
        ours with meaning to the best peer of all.

    Raises
    ------
    ValueError
        When no query has a relevant document.
    """
    ours = evaluate_run(make_run(collection, rankers.ours), collection.qrels)
    values = {name: mean(each) for name, each in ours.items()}
    peers = _measured(collection, rankers.peers)
    values |= {name: mean(each) for name, each in peers.items()}
    differences = None
    if peers:
        best = max(peers.values(), key=sum)
        values[RATIO] = _ratio(ours[MAIN], best)
        differences = paired_bootstrap(ours[MAIN], best, collection.name)
    if rankers.semantic:
        (semantic,) = _measured(collection, {SEMANTIC: rankers.semantic}).values()
        values |= {SEMANTIC: mean(semantic), GAIN: _ratio(semantic, ours[MAIN])}
        dense = _measured(collection, rankers.dense)
        values |= {name: mean(each) for name, each in dense.items()}
        if peers | dense:
            best = max((peers | dense).values(), key=sum)
            values[SEMANTIC_RATIO] = _ratio(semantic, best)
    return Comparison(values, differences)


def _measured(
    collection: JudgedCollection, rankers: Mapping[str, Retriever]
) -> dict[str, list[float]]:
    return {
        name: evaluate_run(make_run(collection, ranker), collection.qrels)[MAIN]
        for name, ranker in rankers.items()
    }


def _ratio(values: Sequence[float], others: Sequence[float]) -> float:
    return sum(values) / sum(others) if sum(others) else math.nan
