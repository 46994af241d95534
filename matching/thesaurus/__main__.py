"""`python -m matching.thesaurus FILE` prints what a SKOS file has, as JSON, at a bounded cost.

The parsers of rdflib take time that grows with the square of some files, and memory beside it. So
who reads a stranger's file has it read by a process of its own, which the system stops.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from matching.thesaurus.groups import ThesaurusError
from matching.thesaurus.skos import read_skos

SECONDS = 20
"""Of a processor: a file of two megabytes takes some five."""
BYTES = 2_000_000_000


def main(path: str, seconds: str = str(SECONDS)) -> None:
    _limit(resource.RLIMIT_CPU, int(seconds))
    _limit(resource.RLIMIT_AS, BYTES)
    try:
        groups = [[group.id, group.members] for group in read_skos(Path(path))]
        answer: dict[str, object] = {"groups": groups}
    except ThesaurusError as error:
        answer = {"fault": error.reason, "line": error.line}
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit(what: int, most: int) -> None:
    _, hard = resource.getrlimit(what)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(*sys.argv[1:])
