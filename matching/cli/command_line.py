"""Reads the command line, runs the command, and tells what was refused."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from matching.cli.options import parser
from matching.cluster import ClusterMissing
from matching.files import TableError
from matching.semantic.encoder import EncoderMissing

REFUSED = 2
"""Exit code where the input is refused."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code, `REFUSED` where the input is refused."""
    options = parser().parse_args(arguments)
    try:
        return 0 if _run(options) else REFUSED
    except (TableError, ValueError, EncoderMissing, ClusterMissing) as error:
        sys.stderr.write(f"matching: {error}\n")
        return REFUSED
    except BrokenPipeError:
        sys.stderr.close()
    return 0


def _run(options: argparse.Namespace) -> bool:
    """Run a command; return whether all of its input could be used."""
    if options.command == "evaluate":
        from matching.cli.evaluate import evaluate  # noqa: PLC0415 - only what the command needs

        return evaluate(options)
    from matching.cli.rank import rank  # noqa: PLC0415 - likewise

    rank(options)
    return True
