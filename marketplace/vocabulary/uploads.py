"""SKOS files that somebody sends, read at a bounded cost."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from marketplace.core.errors import InvalidField
from marketplace.vocabulary.states import VocabularyRefusal
from matching.thesaurus import Group

LEAST_WORDS = 2
LARGEST_FILE = 2_000_000
MOST_GROUPS = 2_000
"""More in one file are another vocabulary, and take longer to read in than a page may."""
KINDS = (".ttl", ".rdf", ".xml", ".jsonld", ".nt")
SECONDS = 20
"""Of a processor; by the clock three times as many, when the machine has other things to do."""


def read_file(name: str, content: bytes, seconds: int = SECONDS) -> list[Group]:
    """The groups of a SKOS file that say of at least two words that they are alike."""
    kind = Path(name).suffix.lower()
    if kind not in KINDS:
        raise InvalidField("file", VocabularyRefusal.FILE_KIND)
    if len(content) > LARGEST_FILE:
        raise InvalidField("file", VocabularyRefusal.FILE_TOO_LARGE)
    groups = [
        group for group in _groups(kind, content, seconds) if len(group.members) >= LEAST_WORDS
    ]
    if len(groups) > MOST_GROUPS:
        raise InvalidField("file", VocabularyRefusal.FILE_TOO_MANY, most=MOST_GROUPS)
    return groups


def _groups(kind: str, content: bytes, seconds: int) -> list[Group]:
    """Read by a process of its own: some files would keep this one busy for many minutes."""
    with TemporaryDirectory() as folder:
        path = Path(folder, f"file{kind}")
        path.write_bytes(content)
        answer = _answer([str(path), str(seconds)], seconds * 3)
    if "groups" in answer:
        return [Group(group_id, tuple(members)) for group_id, members in answer["groups"]]
    if answer["line"] is None:
        raise InvalidField("file", VocabularyRefusal.FILE_UNREADABLE)
    raise InvalidField("file", VocabularyRefusal.FILE_UNREADABLE_AT, line=answer["line"])


def _answer(given: Sequence[str], patience: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "matching.thesaurus", *given]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=patience)  # noqa: S603  no shell, and our own program
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise InvalidField("file", VocabularyRefusal.FILE_TOO_SLOW) from error
    return dict(json.loads(done.stdout))
