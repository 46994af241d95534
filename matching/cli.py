"""The command line: `python -m matching rank|evaluate`."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tqdm import tqdm

from matching.evaluation import MEASURES, Runner, measured, our_ranking, read_collection
from matching.index import MatchIndex
from matching.table_readers import TableError
from matching.table_writers import Cell, csv_rows
from matching.tables import check_output, read_documents, write_table

PAIR_COLUMNS = ("need_id", "concept_id", "rank", "score", "strength", "reasons")

REFUSED = 2

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
        command = _rank if options.command == "rank" else _evaluate
        command(options)
    except (TableError, ValueError) as error:
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
    evaluate = commands.add_parser(
        "evaluate",
        help="measure the ranking on test collections",
        description="Measure nDCG@10, recall@10, recall@100 and MRR on folders with "
        "corpus.jsonl, queries.jsonl and qrels.tsv, and their mean.",
    )
    evaluate.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    evaluate.add_argument(
        "--compare",
        action="store_true",
        help="add nDCG@10 of scikit-learn's TF-IDF and of BM25 with Snowball, and ours as a "
        "ratio to the better one",
    )
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _rank(options: argparse.Namespace) -> None:
    if options.output is not None:
        check_output(options.output)
    needs, concepts = read_documents(options.needs), read_documents(options.concepts)
    asking, asked = (concepts, needs) if options.reverse else (needs, concepts)
    index = MatchIndex.fit(tqdm(asked, "reading", disable=not sys.stderr.isatty()))

    def rows() -> Iterator[tuple[Cell, ...]]:
        for document in tqdm(asking, "ranking", disable=not sys.stderr.isatty()):
            for rank, match in enumerate(index.rank(document, options.top), start=1):
                pair = (document.id, match.document_id)
                need, concept = reversed(pair) if options.reverse else pair
                score = round(match.score, 6)
                yield need, concept, rank, score, match.strength.value, ", ".join(match.reasons)

    if options.output is not None:
        write_table(options.output, PAIR_COLUMNS, rows())
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="")
    csv_rows(sys.stdout, PAIR_COLUMNS, rows())
    sys.stdout.flush()


def _evaluate(options: argparse.Namespace) -> None:
    collections = [read_collection(folder) for folder in options.folders]
    peers = _peers() if options.compare else {}
    header = [*MEASURES, *peers, *(["ratio"] if peers else [])]
    width = max(12, *(len(each.name) for each in collections))
    line = "{:<{width}}" + "  {:>10}" * len(header) + "\n"
    sys.stdout.write(line.format("collection", *header, width=width))
    rows = []
    for collection in collections:
        values = list(measured(collection, our_ranking).values())
        others = [measured(collection, runner)["nDCG@10"] for runner in peers.values()]
        ratio = [values[0] / max(others)] if others else []
        rows.append([*values, *others, *ratio])
        shown = (f"{value:.3f}" for value in rows[-1])
        sys.stdout.write(line.format(collection.name, *shown, width=width))
        sys.stdout.flush()
    means = (f"{sum(column) / len(rows):.3f}" for column in zip(*rows, strict=True))
    sys.stdout.write(line.format("mean", *means, width=width))


def _peers() -> dict[str, Runner]:
    from matching.peers import bm25, tfidf  # noqa: PLC0415 - scikit-learn takes long to import

    return {"TF-IDF": tfidf, "BM25": bm25}
