"""`python -m matching evaluate`: how good the ranking is on test collections."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Sequence

from matching.cli.meaning import encode, vector_store
from matching.documents import Document
from matching.evaluation import (
    Retriever,
    collection_folders,
    rank_by_words_and_meaning,
    read_collection,
)
from matching.evaluation.comparison import Rankers, compare
from matching.evaluation.table import Table
from matching.files import TableError
from matching.semantic.vectors import VectorStore


def evaluate(options: argparse.Namespace) -> bool:
    """Measure the ranking on collections, and print a table; return whether all could be used."""
    if options.vectors is not None and not options.semantic:
        raise ValueError("--vectors is of no use without --semantic: leave it out")
    rankers = _rankers(options)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    folders = collection_folders(options.folders)
    table = Table(sys.stdout.write, max(len(folder.resolve().name) for folder in folders))
    complete = True
    for folder in folders:
        try:
            table.add(folder.resolve().name, compare(read_collection(folder), rankers))
            sys.stdout.flush()
        except TableError as error:
            sys.stderr.write(f"matching: {error}\n")
            complete = False
        except ValueError as error:
            sys.stderr.write(f"matching: {folder}: {error}\n")
            complete = False
    table.close()
    return complete


def _rankers(options: argparse.Namespace) -> Rankers:
    """Return what is measured: ours, its peers, and ours with meaning, as was asked for."""
    store = vector_store(options.vectors) if options.semantic else None
    semantic = None if store is None else _with_progress(store)
    if not options.compare:
        return Rankers(semantic=semantic)
    from matching.evaluation.peers import (  # noqa: PLC0415 - scikit-learn takes long to import
        e5,
        lexical_peers,
    )

    dense = {} if store is None else {"e5": e5(store)}
    return Rankers(peers=lexical_peers(), semantic=semantic, dense=dense)


def _with_progress(store: VectorStore) -> Retriever:
    ranker = rank_by_words_and_meaning(store)

    def rank(documents: Sequence[Document], queries: Sequence[Document], k: int) -> list[list[str]]:
        encode(store, [*documents, *queries])
        return ranker(documents, queries, k)

    return rank
