"""Anchors: what the ends of the chains were on a day, kept in a file outside of the database.

One JSON object a line. A line of the other kind is written by hand: that what an event told had to
be removed (`{"emptied": 57, "why": "…"}`).
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.core.audit_chain import Head
from marketplace.core.audit_rows import AuditLink
from marketplace.core.clock import now


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the file says; `unreadable` are the numbers of lines that say nothing."""

    heads: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    emptied: set[int] = field(default_factory=set)
    unreadable: list[int] = field(default_factory=list)

    def furthest(self) -> dict[int, int]:
        """How far each chain had come at its furthest."""
        reached: dict[int, int] = {}
        for chain, sequence in self.heads:
            reached[chain] = max(sequence, reached.get(chain, 0))
        return reached


def read_anchors(path: Path) -> Anchors:
    anchors = Anchors()
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, start=1):
        if line.strip() and not _understood(anchors, line):
            anchors.unreadable.append(number)
    return anchors


def _understood(anchors: Anchors, line: str) -> bool:
    try:
        said: Any = json.loads(line)
        if "emptied" in said:
            anchors.emptied.add(int(said["emptied"]))
        else:
            place = int(said["chain"]), int(said["sequence"])
            anchors.heads.setdefault(place, set()).add(str(said["hash"]))
    except (ValueError, TypeError, KeyError):
        return False
    return True


def list_heads(session: Session) -> Sequence[Head]:
    last = (
        select(AuditLink.chain, func.max(AuditLink.sequence).label("sequence"))
        .group_by(AuditLink.chain)
        .subquery()
    )
    statement = (
        select(AuditLink.chain, AuditLink.sequence, AuditLink.hash)
        .join(last, (last.c.chain == AuditLink.chain) & (last.c.sequence == AuditLink.sequence))
        .order_by(AuditLink.chain)
    )
    return [Head(*row) for row in session.execute(statement)]


def anchor_lines(heads: Sequence[Head]) -> str:
    at = now().isoformat(timespec="seconds")
    said = [
        {"at": at, "chain": head.chain, "sequence": head.sequence, "hash": head.hash}
        for head in heads
    ]
    return "".join(json.dumps(line) + "\n" for line in said)


def append_anchors(path: Path, lines: str) -> None:
    """In one write, on disk before it returns: what was half written would be of no use."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(lines)
        file.flush()
        os.fsync(file.fileno())
