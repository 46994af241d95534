"""What can be asked for on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from matching.cluster.connection import INSTALL as INSTALL_CLUSTER
from matching.semantic.encoder import INSTALL as INSTALL_SEMANTIC

_RANK_HELP = """\
Rank concepts for each need, by what their texts have in common.

NEEDS and CONCEPTS are files with the columns id, title and text; title may be missing, other
columns are ignored. The suffix tells the kind: .csv, .jsonl (one JSON object a line) or .xlsx
(first sheet). In CSV files the encoding (UTF-8 or Windows-1252) and the separator (semicolon,
comma or tab) are found by themselves.

The answer has the columns need_id, concept_id, rank, score, strength and reasons. The score is
the share of what the need asks that the concept answers, from 0 to 1; strength is strong, good,
possible or none. Where the language model is installed, similar meaning counts beside shared words,
and the column similar_meaning has its share of the score. Concepts that have nothing in common
with a need are left out, and those that are by their texts for others than the need come last."""

_RANK_END = """\
CSV is written for Norwegian Excel: UTF-8 with byte order mark, semicolons, decimal commas. A cell
that begins with = + - or @ gets an apostrophe before it in CSV and is of type text in XLSX, so
that no spreadsheet takes it for a formula."""

_EVALUATE_HELP = (
    "Measure nDCG@10, recall@10, recall@100, MRR, success@1 and success@3 on folders with "
    "corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv), and their mean. A folder that "
    "cannot be used is named on standard error; the others are measured."
)


def parser() -> argparse.ArgumentParser:
    """Return what reads the arguments."""
    found = argparse.ArgumentParser(
        prog="python -m matching", description="Rank texts against texts, and say why."
    )
    commands = found.add_subparsers(dest="command", required=True)
    _add_rank(commands)
    _add_evaluate(commands)
    return found


def _add_rank(commands: Any) -> None:
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
    _add_meaning(rank)
    _add_cluster(rank)


def _add_meaning(rank: argparse.ArgumentParser) -> None:
    how = rank.add_mutually_exclusive_group()
    how.add_argument(
        "--words-only", action="store_true", help="leave similar meaning out: shared words alone"
    )
    how.add_argument(
        "--semantic",
        action="store_true",
        help="insist on similar meaning: refuse to rank where the language model is not installed "
        f"({INSTALL_SEMANTIC})",
    )
    _add_vectors(rank)


def _add_vectors(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--vectors",
        type=Path,
        metavar="FILE",
        help="keep what similar meaning needs to know of each text here, so that each is read once",
    )


def _add_cluster(rank: argparse.ArgumentParser) -> None:
    where = rank.add_mutually_exclusive_group()
    where.add_argument(
        "--workers",
        type=_positive,
        metavar="N",
        help="rank in N processes of this machine; the pairs are those of --words-only "
        f"({INSTALL_CLUSTER})",
    )
    where.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="rank on the Dask cluster whose scheduler has this address; the pairs are those of "
        "--words-only",
    )


def _add_evaluate(commands: Any) -> None:
    evaluate = commands.add_parser(
        "evaluate", help="measure the ranking on test collections", description=_EVALUATE_HELP
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
    evaluate.add_argument(
        "--semantic",
        action="store_true",
        help="add nDCG@10 with similar meaning, and the ratio to that without "
        f"({INSTALL_SEMANTIC})",
    )
    _add_vectors(evaluate)


def _positive(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of 1 or more")
    return number
