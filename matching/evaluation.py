"""How well a ranking finds what is known to belong together.

A collection is a folder with `corpus.jsonl` and `queries.jsonl` (`_id`, `title`, `text`) and
`qrels.tsv` (query id, document id, grade, with or without a header), as in BEIR. Queries and
documents are told apart by their file, not by id: the same id on both sides means nothing.
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
_COLUMNS = "query id, document id, grade"
MEASURES = ("nDCG@10", "recall@10", "recall@100", "MRR")

Runner = Callable[[Sequence[Document], Sequence[Document]], list[list[str]]]
"""Takes documents and queries; gives for each query the ids of at most `DEPTH` documents."""


@dataclass(frozen=True, slots=True)
class JudgedCollection:
    """Documents, queries that have an answer among them, and the grades of the answers.

    Attributes
    ----------
    name
        Stands in tables.
    documents
        What is ranked.
    queries
        Those that `grades` knows, in their order.
    grades
        For each query, by id, the grades above 0 of its relevant documents, by id.
    """

    name: str
    documents: list[Document]
    queries: list[Document]
    grades: dict[str, dict[str, float]]


def read_collection(folder: Path) -> JudgedCollection:
    """Return the collection in a folder.

    Parameters
    ----------
    folder
        Has the three files; the collection is called by its name.

    Returns
    -------
    JudgedCollection
        With those queries only that have a relevant document.

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
    return JudgedCollection(folder.resolve().name, documents, queries, grades)


def read_collections(paths: Sequence[Path]) -> list[JudgedCollection]:
    """Return the collections in folders; files beside them, as "*" gives them, are passed over.

    Parameters
    ----------
    paths
        Folders, and maybe files.

    Returns
    -------
    list of JudgedCollection
        In the order of the folders.

    Raises
    ------
    TableError
        When there is no folder, or one is not as described.
    """
    return [read_collection(path) for path in [p for p in paths if not p.is_file()] or paths]


def _grades(path: Path) -> dict[str, dict[str, float]]:
    if not path.is_file():
        raise TableError(path, "there is no such file")
    grades: dict[str, dict[str, float]] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
            if not row:
                continue
            if len(row) != 3:
                reason = f"must be three cells, with tabs between: {_COLUMNS}; there are {len(row)}"
                raise TableError(path, reason, number)
            query, document, cell = row
            grade = _number(cell)
            if grade is None and number == 1:
                continue
            if grade is None or not math.isfinite(grade):
                raise TableError(path, f"the grade {cell!r} is not a finite number", number)
            if grade > 0:
                grades.setdefault(query, {})[document] = grade
    return grades


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def ndcg(found: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Return the normalised discounted cumulative gain at `depth`.

    Parameters
    ----------
    found
        Ids of documents, the best first, each once.
    grades
        Grades of the relevant documents, all above 0; at least one.
    depth
        How many of those found count, at least 1.

    Returns
    -------
    float
        From 0 to 1: 1 where no order is better.

    Raises
    ------
    ZeroDivisionError
        When there is nothing to gain: `grades` is empty or `depth` is 0.

    Notes
    -----
    The gain of a document is its grade (Järvelin and Kekäläinen, "Cumulated gain-based evaluation
    of IR techniques", 2002), and is divided by log2(rank + 1), as by `ndcg_cut` of trec_eval.
    """
    ideal = sorted(grades.values(), reverse=True)[:depth]
    gained = [grades.get(document, 0.0) for document in found[:depth]]
    return _discounted(gained) / _discounted(ideal)


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def recall(found: Sequence[str], grades: Mapping[str, float], depth: int) -> float:
    """Return the share of the relevant documents that is among the first `depth` found.

    Parameters
    ----------
    found
        Ids of documents, the best first.
    grades
        Grades of the relevant documents; at least one. How high they are plays no part.
    depth
        How many of those found count.

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
    return len(grades.keys() & set(found[:depth])) / len(grades)


def reciprocal_rank(found: Sequence[str], grades: Mapping[str, float]) -> float:
    """Return one over the rank of the first relevant document.

    Parameters
    ----------
    found
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
    return next((1 / rank for rank, each in enumerate(found, start=1) if each in grades), 0.0)


def values_per_query(collection: JudgedCollection, runner: Runner) -> dict[str, list[float]]:
    """Return each of `MEASURES` for each query of a collection.

    Parameters
    ----------
    collection
        What is asked.
    runner
        The ranking that answers; see `Runner`.

    Returns
    -------
    dict
        By measure one value for each query, in the order of the queries.

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

    Parameters
    ----------
    collection, runner
        As for `values_per_query`.

    Returns
    -------
    dict
        By measure.

    Raises
    ------
    ValueError
        When no query has a relevant document.
    """
    return means(values_per_query(collection, runner))


def means(values: Mapping[str, Sequence[float]]) -> dict[str, float]:
    """Return the mean of each measure.

    Parameters
    ----------
    values
        As `values_per_query` gives them, for at least one query.

    Returns
    -------
    dict
        By measure.
    """
    return {name: sum(each) / len(each) for name, each in values.items()}


def our_ranking(documents: Sequence[Document], queries: Sequence[Document]) -> list[list[str]]:
    """Rank by this library.

    Parameters
    ----------
    documents
        What is ranked.
    queries
        What is asked.

    Returns
    -------
    list of list of str
        For each query the ids of the best documents, at most `DEPTH`.
    """
    index = MatchIndex.fit(documents)
    return [
        [match.document_id for match in matches] for _, matches in index.rank_all(queries, DEPTH)
    ]
