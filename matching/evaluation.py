"""How well a ranking finds what is known to belong together.

A collection is a folder with `corpus.jsonl` and `queries.jsonl` (`_id`, `title`, `text`) and
`qrels.tsv` (header, then query id, document id, grade), as in BEIR. Queries and documents are
told apart by their folder, not by id: the same id on both sides means nothing.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from matching.documents import Document
from matching.index import MatchIndex
from matching.table_readers import TableError
from matching.tables import read_documents

DEPTH = 100
MEASURES = ("nDCG@10", "recall@10", "recall@100", "MRR")

Runner = Callable[[Sequence[Document], Sequence[Document]], list[list[str]]]
"""Takes documents and queries; gives for each query the ids of at most `DEPTH` documents."""


@dataclass(frozen=True, slots=True)
class JudgedCollection:
    """Documents, queries that have an answer among them, and the grades of the answers."""

    name: str
    documents: list[Document]
    queries: list[Document]
    grades: dict[str, dict[str, float]]


def read_collection(folder: Path) -> JudgedCollection:
    """Return the collection in a folder.

    Raises
    ------
    TableError
        When the folder or one of its files is missing or not as described.
    """
    if not folder.is_dir():
        raise TableError(folder, "there is no such folder")
    grades = _grades(folder / "qrels.tsv")
    documents = read_documents(folder / "corpus.jsonl")
    queries = [each for each in read_documents(folder / "queries.jsonl") if each.id in grades]
    return JudgedCollection(folder.name, documents, queries, grades)


def _grades(path: Path) -> dict[str, dict[str, float]]:
    if not path.is_file():
        raise TableError(path, "there is no such file")
    grades: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
            if number == 1 or not row:
                continue
            try:
                query, document, grade = row[0], row[1], float(row[2])
            except (IndexError, ValueError) as error:
                reason = "is not query id, document id and grade"
                raise TableError(path, reason, number) from error
            if grade > 0:
                grades.setdefault(query, {})[document] = grade
    return grades


def ndcg(found: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Return the normalised discounted cumulative gain at `depth`, in [0, 1].

    The gain of a document is its grade, its discount log2(rank + 1) (Järvelin and Kekäläinen,
    "Cumulated gain-based evaluation of IR techniques", 2002).
    """
    ideal = sorted(grades.values(), reverse=True)[:depth]
    gained = [grades.get(document, 0.0) for document in found[:depth]]
    return _discounted(gained) / _discounted(ideal)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def recall(found: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Return the share of the relevant documents among the first `depth` found."""
    return len(grades.keys() & set(found[:depth])) / len(grades)


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, float]) -> float:
    """Return one over the rank of the first relevant document, 0.0 where none is found."""
    return next((1 / rank for rank, each in enumerate(found, start=1) if each in grades), 0.0)


def values_per_query(collection: JudgedCollection, runner: Runner) -> dict[str, list[float]]:
    """Return each of `MEASURES` for each query of a collection, in the order of its queries.

    Raises
    ------
    ValueError
        When no query has a relevant document.
    """
    if not collection.queries:
        raise ValueError(f"{collection.name}: no query has a relevant document")
    values: dict[str, list[float]] = {name: [] for name in MEASURES}
    answers = runner(collection.documents, collection.queries)
    for query, found in zip(collection.queries, answers, strict=True):
        grades = collection.grades[query.id]
        values["nDCG@10"].append(ndcg(found, grades, 10))
        values["recall@10"].append(recall(found, grades, 10))
        values["recall@100"].append(recall(found, grades, DEPTH))
        values["MRR"].append(reciprocal_rank(found, grades))
    return values


def measured(collection: JudgedCollection, runner: Runner) -> dict[str, float]:
    """Return the mean of each of `MEASURES` over the queries of a collection.

    Raises
    ------
    ValueError
        When no query has a relevant document.
    """
    return means(values_per_query(collection, runner))


def means(values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the mean of each measure."""
    return {name: sum(each) / len(each) for name, each in values.items()}


def our_ranking(documents: Sequence[Document], queries: Sequence[Document]) -> list[list[str]]:
    """Rank by this library."""
    index = MatchIndex.fit(documents)
    return [
        [match.document_id for match in matches] for _, matches in index.rank_all(queries, DEPTH)
    ]
