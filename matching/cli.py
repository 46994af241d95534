"""The command line: `python -m matching rank|evaluate`."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from matching.cluster import INSTALL as INSTALL_CLUSTER
from matching.cluster import ClusterMissing, cluster, rank_all
from matching.documents import Document
from matching.encoding import INSTALL, E5Encoder, EncoderMissing
from matching.evaluation import (
    Ranker,
    collection_folders,
    rank_by_words_and_meaning,
    read_collection,
)
from matching.evaluation.comparison import Rankers, compare
from matching.evaluation.table import Table
from matching.index import MatchIndex
from matching.results import Match
from matching.table_readers import TableError
from matching.table_writers import Cell, csv_rows
from matching.tables import check_output, read_documents, write_table

if TYPE_CHECKING:
    from matching.semantic import SemanticIndex
    from matching.vectors import VectorStore

PAIR_COLUMNS = ("need_id", "concept_id", "rank", "score", "strength", "reasons")

REFUSED = 2

_AT_ONCE = 20_000  # Needs that are ranked together.

_RANK_HELP = """\
Rank concepts for each need, by what their texts have in common.

NEEDS and CONCEPTS are files with the columns id, title and text; title may be missing, other
columns are ignored. The suffix tells the kind: .csv, .jsonl (one JSON object a line) or .xlsx
(first sheet). In CSV files the encoding (UTF-8 or Windows-1252) and the separator (semicolon,
comma or tab) are found by themselves.

The answer has the columns need_id, concept_id, rank, score, strength and reasons. The score is
the share of what the need asks that the concept answers, from 0 to 1; strength is strong, good,
possible or none. Concepts that share no word with a need are left out."""

_RANK_END = """\
CSV is written for Norwegian Excel: UTF-8 with byte order mark, semicolons, decimal commas. A cell
that begins with = + - or @ gets an apostrophe before it in CSV and is of type text in XLSX, so
that no spreadsheet takes it for a formula."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code, 2 where the input is refused."""
    options = _parser().parse_args(arguments)
    try:
        if options.command == "evaluate":
            return _evaluate(options)
        _rank(options)
    except (TableError, ValueError, EncoderMissing, ClusterMissing) as error:
        sys.stderr.write(f"matching: {error}\n")
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m matching", description="Rank texts against texts, and say why."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    rank = commands.add_parser(
        "rank",
        help="rank concepts for needs",
        description=_RANK_HELP,
        epilog=_RANK_END,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    rank.add_argument("needs", type=Path, metavar="NEEDS", help="file with the needs")
    rank.add_argument("concepts", type=Path, metavar="CONCEPTS", help="file with the concepts")
    rank.add_argument(
        "--top", type=_positive, default=20, metavar="N", help="pairs a need at most (20)"
    )
    rank.add_argument(
        "--output",
        type=Path,
        metavar="PAIRS",
        help="file to write (.csv, .jsonl or .xlsx); without it, CSV goes to standard output",
    )
    rank.add_argument(
        "--reverse",
        action="store_true",
        help="rank needs for each concept instead; the columns keep their meaning, and the rank "
        "is within the concept",
    )
    _add_cluster(rank)
    _add_semantic(
        rank,
        "let similar meaning count beside shared words, and add the column "
        "similar_meaning: its share of the score",
    )
    evaluate = commands.add_parser(
        "evaluate",
        help="measure the ranking on test collections",
        description="Measure nDCG@10, recall@10, recall@100, MRR, success@1 and success@3 on "
        "folders with corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv), and their "
        "mean. A folder that cannot be used is named on standard error; the others are measured.",
    )
    evaluate.add_argument(
        "folders",
        nargs="+",
        type=Path,
        metavar="FOLDER",
        help="folders with test collections; files beside them are passed over",
    )
    evaluate.add_argument(
        "--compare",
        action="store_true",
        help="add nDCG@10 of the usual rankings (TF-IDF and BM25 of words and of character "
        "n-grams, bm25s; with --semantic also e5), ours as a ratio to the best of them, and how "
        "far the difference depends on the luck of the queries",
    )
    _add_semantic(evaluate, "add nDCG@10 with similar meaning, and the ratio to that without")
    return parser


def _add_cluster(command: argparse.ArgumentParser) -> None:
    where = command.add_mutually_exclusive_group()
    where.add_argument(
        "--workers",
        type=_positive,
        metavar="N",
        help=f"rank in N processes of this machine; the pairs are the same ({INSTALL_CLUSTER})",
    )
    where.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="rank on the Dask cluster whose scheduler has this address; the pairs are the same",
    )


def _add_semantic(command: argparse.ArgumentParser, explained: str) -> None:
    command.add_argument("--semantic", action="store_true", help=f"{explained} ({INSTALL})")
    command.add_argument(
        "--vectors",
        type=Path,
        metavar="FILE",
        help="with --semantic: keep the vectors of texts here, so that each is made only once",
    )


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return number


def _rank(options: argparse.Namespace) -> None:
    if options.semantic and (options.workers or options.cluster):
        raise ValueError("--semantic ranks in one process: leave out --workers and --cluster")
    if options.output is not None:
        check_output(options.output)
    needs, concepts = read_documents(options.needs), read_documents(options.concepts)
    asking, asked = (concepts, needs) if options.reverse else (needs, concepts)
    total, quiet = len(asking), not sys.stderr.isatty()

    def rows() -> Iterator[tuple[Cell, ...]]:
        found = _found(options, asking, asked)
        for document_id, matches in tqdm(found, "ranking", total, disable=quiet):
            for rank, match in enumerate(matches, start=1):
                pair = (document_id, match.document_id)
                need, concept = reversed(pair) if options.reverse else pair
                score = round(match.score, 6)
                by_meaning = [round(match.semantic / match.score, 3)] if options.semantic else []
                reasons = ", ".join(match.reasons)
                yield need, concept, rank, score, match.strength.value, reasons, *by_meaning

    columns = (*PAIR_COLUMNS, *(["similar_meaning"] if options.semantic else []))
    if options.output is not None:
        write_table(options.output, columns, rows())
        return
    _use_utf8()
    found = rows()
    first = list(islice(found, 1))  # Before the header: until here the work may be refused.
    csv_rows(sys.stdout, columns, chain(first, found))
    sys.stdout.flush()


def _found(
    options: argparse.Namespace, asking: Sequence[Document], asked: Sequence[Document]
) -> Iterator[tuple[str, list[Match]]]:
    """Yield the id and the matches of each of those who ask."""
    if options.workers or options.cluster:
        with cluster(options.cluster, options.workers or 1) as client:
            yield from rank_all(client, asking, asked, options.top)
        return
    if options.semantic:
        semantic = _semantic(asked, asking, options.vectors)
        yield from ((document.id, semantic.rank(document, options.top)) for document in asking)
        return
    index = MatchIndex.fit(tqdm(asked, "reading", disable=not sys.stderr.isatty()))
    for start in range(0, len(asking), _AT_ONCE):
        part = asking[start : start + _AT_ONCE]
        yield from index.rank_all(part, options.top, threads=os.cpu_count() or 1)


def _semantic(
    asked: Sequence[Document], asking: Sequence[Document], vectors: Path | None
) -> SemanticIndex:
    """Return an index that knows similar meaning, the vectors of both sides already made."""
    from matching.semantic import SemanticIndex  # noqa: PLC0415 - only where it is asked for

    store = _store(vectors)
    _encode(store, [*asked, *asking])
    return SemanticIndex.fit(asked, store)


def _store(vectors: Path | None) -> VectorStore:
    from matching.vectors import VectorStore  # noqa: PLC0415 - only where it is asked for

    return VectorStore(E5Encoder(threads=os.cpu_count() or 1), vectors)


def _encode(store: VectorStore, documents: Sequence[Document]) -> None:
    """Make the vectors that are not known, and show how far that has come."""
    from matching.vectors import BATCH  # noqa: PLC0415 - only where it is asked for

    starts = range(0, len(documents), BATCH)
    for start in tqdm(starts, "reading meanings", disable=not sys.stderr.isatty()):
        store.vectors(documents[start : start + BATCH])


def _evaluate(options: argparse.Namespace) -> int:
    rankers = _rankers(options)
    _use_utf8()
    folders = collection_folders(options.folders)
    table = Table(sys.stdout.write, max(len(folder.resolve().name) for folder in folders))
    refused = False
    for folder in folders:
        try:
            table.add(folder.resolve().name, compare(read_collection(folder), rankers))
            sys.stdout.flush()
        except TableError as error:
            sys.stderr.write(f"matching: {error}\n")
            refused = True
        except ValueError as error:
            sys.stderr.write(f"matching: {folder}: {error}\n")
            refused = True
    table.close()
    return REFUSED if refused else 0


def _rankers(options: argparse.Namespace) -> Rankers:
    """Return what is measured: ours, its peers, and ours with meaning, as was asked for."""
    store = _store(options.vectors) if options.semantic else None
    semantic = None if store is None else _with_progress(store)
    if not options.compare:
        return Rankers(semantic=semantic)
    from matching.evaluation.peers import (  # noqa: PLC0415 - scikit-learn takes long to import
        e5,
        lexical_peers,
    )

    dense = {} if store is None else {"e5": e5(store)}
    return Rankers(peers=lexical_peers(), semantic=semantic, dense=dense)


def _with_progress(store: VectorStore) -> Ranker:
    ranker = rank_by_words_and_meaning(store)

    def rank(documents: Sequence[Document], queries: Sequence[Document], k: int) -> list[list[str]]:
        _encode(store, [*documents, *queries])
        return ranker(documents, queries, k)

    return rank


def _use_utf8() -> None:
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
