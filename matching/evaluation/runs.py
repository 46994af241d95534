"""Runs: what a ranking answers to all queries of a collection, and what that is worth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matching.evaluation.collections import JudgedCollection
from matching.evaluation.measures import MEASURES, K
from matching.evaluation.rankers import Retriever

Run = dict[str, list[str]]
"""For each query, by id, the ids of the documents found, the best first."""


def make_run(collection: JudgedCollection, ranker: Retriever, k: int = K) -> Run:
    """Return what a ranker answers to the queries of a collection.

    Parameters
    ----------
    collection
        What is asked, and of which documents.
    ranker
        Answers; see `Retriever`.
    k
        At most so many documents for each query.

    Returns
    -------
    dict
        By query, in the order of the queries.

    Raises
    ------
    ValueError
        When the ranker does not answer each query once.
    """
    answers = ranker(collection.documents, collection.queries, k)
    return {query.id: ranked for query, ranked in zip(collection.queries, answers, strict=True)}


def evaluate_run(run: Run, qrels: Mapping[str, Mapping[str, float]]) -> dict[str, list[float]]:
    """Return each of `MEASURES` for each query of a run.

    Parameters
    ----------
    run
        What was found for each query.
    qrels
        What is right for each of them, and maybe for others; see `Qrels`.

    Returns
    -------
    dict
        By measure one value for each query, in the order of the run.

    Raises
    ------
    KeyError
        When `qrels` does not know a query.

    Examples
    --------
    >>> values = evaluate_run({"q": ["x", "a"], "r": ["b"]}, {"q": {"a": 1.0}, "r": {"b": 1.0}})
    >>> values["MRR"]
    [0.5, 1.0]
    """
    return {
        name: [measure(ranked, qrels[query]) for query, ranked in run.items()]
        for name, measure in MEASURES.items()
    }


def mean(values: Sequence[float]) -> float:
    """Return the mean of the values of all queries.

    Parameters
    ----------
    values
        One for each query.

    Returns
    -------
    float
        The mean.

    Raises
    ------
    ValueError
        When there is no query.
    """
    if not values:
        raise ValueError("no query has a relevant document")
    return sum(values) / len(values)
