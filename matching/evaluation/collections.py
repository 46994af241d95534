"""Judged collections, read from folders in the layout of BEIR.

A folder has `corpus.jsonl` and `queries.jsonl` (`_id`, `title`, `text`) and `qrels.tsv` or, as
downloaded, `qrels/test.tsv` (query id, document id, grade, with or without a header). Queries and
documents are told apart by their file, not by id: the same id on both sides means nothing.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from matching.documents import Document
from matching.files import TableError, read_documents

Qrels = dict[str, dict[str, float]]
"""For each query, by id, the grades above 0 of its relevant documents, by id."""

_COLUMNS = "query id, document id, grade"


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
        Those that `qrels` knows, in their order.
    qrels
        The judgements; see `Qrels`.
    unanswered
        Queries that `qrels` does not know: nothing is right for them.
    """

    name: str
    documents: list[Document]
    queries: list[Document]
    qrels: Qrels
    unanswered: list[Document] = field(default_factory=list)


def collection_folders(paths: Sequence[Path]) -> list[Path]:
    """Return the folders among paths, past files beside them, as "*" gives them.

    Parameters
    ----------
    paths
        Folders, and maybe files.

    Returns
    -------
    list of Path
        Where there are only files, these, so that reading them says what is wrong.
    """
    return [path for path in paths if not path.is_file()] or list(paths)


def read_collection(folder: Path) -> JudgedCollection:
    """Return the collection in a folder.

    Parameters
    ----------
    folder
        Has the three files; the collection is called by its name. Blanks around ids carry nothing.

    Returns
    -------
    JudgedCollection
        With the queries that have a relevant document and those that have none apart.

    Raises
    ------
    TableError
        When the folder or one of its files is missing or not as described, or no query has a
        relevant document.
    """
    if not folder.is_dir():
        raise TableError(folder, "there is no such folder")
    qrels = read_qrels(_qrels_file(folder))
    documents = read_documents(folder / "corpus.jsonl")
    asked = read_documents(folder / "queries.jsonl")
    queries = [each for each in asked if each.id in qrels]
    if not queries:
        raise TableError(folder, "no query has a relevant document")
    unanswered = [each for each in asked if each.id not in qrels]
    return JudgedCollection(folder.resolve().name, documents, queries, qrels, unanswered)


def _qrels_file(folder: Path) -> Path:
    """Return the file with the grades: beside the others, or the test set of a download."""
    beside, downloaded = folder / "qrels.tsv", folder / "qrels" / "test.tsv"
    return downloaded if downloaded.is_file() and not beside.is_file() else beside


def read_qrels(path: Path) -> Qrels:
    """Return the grades above 0 in a file of lines `query id, document id, grade`.

    Parameters
    ----------
    path
        UTF-8, with tabs between the cells; the first line may be a header.

    Returns
    -------
    dict
        By query and document; of two grades for one pair the last stays.

    Raises
    ------
    TableError
        When the file is missing or not as described; says where and why.
    """
    if not path.is_file():
        raise TableError(path, "there is no such file")
    qrels: Qrels = {}
    for number, (query, document, cell) in _judgements(path):
        grade = _number(cell)
        if grade is None and number == 1:
            continue
        if grade is None or not math.isfinite(grade):
            raise TableError(path, f"the grade {cell!r} is not a finite number", number)
        if grade > 0:
            qrels.setdefault(query, {})[document] = grade
    return qrels


def _judgements(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the number and the three cells of each line, without the blanks around them."""
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t"), start=1):
                cells = [cell.strip() for cell in row]
                if not any(cells):
                    continue
                if len(cells) != 3:
                    reason = f"must be three cells, with tabs between: {_COLUMNS}; there are "
                    raise TableError(path, f"{reason}{len(cells)}", number)
                yield number, cells
    except OSError as error:
        raise TableError(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise TableError(path, "is not UTF-8") from error
    except csv.Error as error:
        raise TableError(path, f"is not a table: {error}", number + 1) from error


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None
