"""`python -m matching rank`: from two files to one with pairs."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from tqdm import tqdm

from matching.cli.meaning import encode, vector_store
from matching.cluster import cluster, rank_all
from matching.documents import Document, with_target_group
from matching.files import Cell, check_output, csv_rows, read_documents, write_table
from matching.index.match_index import MatchIndex
from matching.results import Match
from matching.semantic.encoder import EncoderMissing
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorStore

PAIR_COLUMNS = ("need_id", "concept_id", "rank", "score", "strength", "reasons")

_AT_ONCE = 5_000  # Needs that are ranked together.

Ranked = Iterable[tuple[str, list[Match]]]


def rank(options: argparse.Namespace) -> None:
    """Rank the concepts in one file for the needs in another, and write the pairs."""
    _check(options)
    needs, concepts = read_documents(options.needs), read_documents(options.concepts)
    asking, asked = (concepts, needs) if options.reverse else (needs, concepts)
    store = _store(options)
    found = tqdm(
        _found(options, asking, asked, store),
        "ranking",
        len(asking),
        disable=not sys.stderr.isatty(),
    )
    rows = _rows(found, reverse=options.reverse, meaning=store is not None)
    columns = PAIR_COLUMNS if store is None else (*PAIR_COLUMNS, "similar_meaning")
    if options.output is not None:
        write_table(options.output, columns, rows)
    else:
        _print(columns, rows)


def _check(options: argparse.Namespace) -> None:
    """Refuse what does not go together, before the work begins."""
    if options.semantic and _is_shared(options):
        raise ValueError("--semantic ranks in one process: leave out --workers and --cluster")
    if options.vectors is not None and (options.words_only or _is_shared(options)):
        raise ValueError("--vectors is of no use without similar meaning: leave it out")
    if options.output is not None:
        check_output(options.output)


def _is_shared(options: argparse.Namespace) -> bool:
    return bool(options.workers or options.cluster)


def _store(options: argparse.Namespace) -> VectorStore | None:
    """Return where meaning comes from, None where words alone are to count."""
    if options.words_only or _is_shared(options):
        return None
    try:
        return vector_store(options.vectors)
    except EncoderMissing as error:
        if options.semantic or options.vectors is not None:
            raise
        sys.stderr.write(f"matching: ranked by words alone: {error}\n")
        return None


def _found(
    options: argparse.Namespace,
    asking: Sequence[Document],
    asked: Sequence[Document],
    store: VectorStore | None,
) -> Iterator[tuple[str, list[Match]]]:
    """Yield the id and the matches of each of those who ask."""
    if _is_shared(options):
        with cluster(options.cluster, options.workers or 1) as client:
            yield from rank_all(client, asking, asked, options.top, preprocess=with_target_group)
        return
    index = _index(asking, asked, store)
    for start in range(0, len(asking), _AT_ONCE):
        part = map(with_target_group, asking[start : start + _AT_ONCE])
        yield from index.rank_all(part, options.top, n_jobs=os.cpu_count() or 1)


def _index(
    asking: Sequence[Document], asked: Sequence[Document], store: VectorStore | None
) -> MatchIndex:
    documents = map(with_target_group, tqdm(asked, "reading", disable=not sys.stderr.isatty()))
    if store is None:
        return MatchIndex.from_documents(documents)
    encode(store, [*asked, *asking])
    return SemanticIndex.from_documents(documents, store=store)


def _rows(found: Ranked, *, reverse: bool, meaning: bool) -> Iterator[tuple[Cell, ...]]:
    """Yield a row for each pair."""
    for document_id, matches in found:
        for place, match in enumerate(matches, start=1):
            pair = (document_id, match.document_id)
            need, concept = reversed(pair) if reverse else pair
            score, reasons = round(match.score, 6), ", ".join(match.reasons)
            by_meaning = [round(match.semantic / match.score, 3)] if meaning else []
            yield need, concept, place, score, match.strength.value, reasons, *by_meaning


def _print(columns: Sequence[str], rows: Iterator[tuple[Cell, ...]]) -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    first = list(islice(rows, 1))  # Before the header: until here the work may be refused.
    csv_rows(sys.stdout, columns, chain(first, rows))
    sys.stdout.flush()
