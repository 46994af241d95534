"""Indexes in files, so that a fresh process need not read and analyse every text.

A file's name says all about it: which index, of which texts, at which revision of the database,
and the mark of that revision. A file is only believed when the database knows the mark. Nothing
here is truth: whatever goes wrong is logged, and the index is made from the database.
"""

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from marketplace.core.revision import Point
from marketplace.private import private_folder
from matching import MatchIndex

TEXTS = 5
"""Raise it when other parts of a row are indexed: files with another number are not read."""

SUFFIX = ".index"
LEFTOVER_SECONDS = 3600
"""After so long a file that is still not whole belongs to a process that died."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Snapshot:
    path: Path
    point: Point


def name_of(index: str, point: Point, words: str = "") -> str:
    return f"{index}.{TEXTS}{words}.{point.revision}.{point.mark}{SUFFIX}"


def newest_snapshots(folder: Path, index: str, words: str = "") -> list[Snapshot]:
    """What there is of an index, the newest first; `words` tells one vocabulary from another."""
    found = []
    for path in folder.glob(f"{index}.{TEXTS}{words}.*.*{SUFFIX}"):
        _, _, revision, mark, *_ = path.name.split(".")
        if revision.isdecimal():
            found.append(Snapshot(path, Point(int(revision), mark)))
    return sorted(found, key=lambda each: each.point.revision, reverse=True)


def load_newest(
    folder: Path,
    index: str,
    believed: Callable[[Point], bool],
    load: Callable[[Path], MatchIndex] = MatchIndex.load,
    words: str = "",
) -> tuple[MatchIndex, Point] | None:
    for snapshot in newest_snapshots(folder, index, words):
        if not believed(snapshot.point):
            continue
        try:
            return load(snapshot.path), snapshot.point
        except FileNotFoundError:
            log.info("snapshot %s was replaced while it was looked for", snapshot.path.name)
        except OSError as error:
            log.warning("snapshot %s could not be read: %s", snapshot.path.name, error)
        except ValueError as error:
            log.warning("snapshot %s is removed: %s", snapshot.path.name, error)
            with suppress(OSError):
                snapshot.path.unlink()
    return None


def save(folder: Path, index: str, made: MatchIndex, point: Point, words: str = "") -> None:
    """Write a snapshot and take older ones away.

    A reader sees a whole file or none. Processes that write at once do so to the same name or to
    names of their own; whoever has mapped a file that is taken away keeps it until the end.
    """
    path = folder / name_of(index, point, words)
    try:
        private_folder(folder)
        made.save(path)
    except OSError as error:
        log.warning("snapshot %s could not be written: %s", path.name, error)
        return
    with suppress(OSError):
        _take_away_older(folder, index, path)


def _take_away_older(folder: Path, index: str, written: Path) -> None:
    """Earlier snapshots of the index, of whatever database, and what dead processes left behind."""
    newest = written.stat().st_mtime
    for path in folder.glob(f"{index}.*"):
        age = newest - path.stat().st_mtime
        if age > (0 if path.suffix == SUFFIX else LEFTOVER_SECONDS):
            path.unlink()
