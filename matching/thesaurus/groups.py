"""Groups of words that stand for each other, and the text file that lists them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from matching.thesaurus.normal import split


class ThesaurusError(ValueError):
    """A file holds no thesaurus; says which file, why, and in which line where that is known."""

    def __init__(self, path: Path, reason: str, line: int | None = None) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class Group:
    """Words and phrases that stand for each other.

    Parameters
    ----------
    id
        Names the group for good: without white space, colon or semicolon.
    members
        The first is the label shown to people. The others have no order, and are sorted.

    Raises
    ------
    ValueError
        Where the id is empty or has characters it must not have, where there is no member, or
        where a member holds no word or stands twice.
    """

    id: str
    members: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.id or any(character.isspace() or character in ":;" for character in self.id):
            raise ValueError(f"{self.id!r} is no id of a group")
        if not self.members:
            raise ValueError(f"group {self.id} has no members")
        if wordless := [member for member in self.members if not split(member)]:
            raise ValueError(f"group {self.id} has a member without a word: {wordless[0]!r}")
        if len(set(self.members)) < len(self.members):
            raise ValueError(f"group {self.id} has a member twice")
        object.__setattr__(self, "members", (self.members[0], *sorted(self.members[1:])))

    @property
    def label(self) -> str:
        """The member shown to people."""
        return self.members[0]


def read_groups(path: Path) -> list[Group]:
    """Return the groups of a text file, one a line: `id: member; member; ...`.

    Empty lines, and lines that begin with "#", are passed over.

    Raises
    ------
    ThesaurusError
        Where the file is no UTF-8, a line is no group, or an id stands twice.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ThesaurusError(path, "not in UTF-8") from error
    groups: dict[str, Group] = {}
    for number, line in _group_lines(lines):
        try:
            group = _parsed(line)
        except ValueError as error:
            raise ThesaurusError(path, f"line {number}: {error}") from error
        if group.id in groups:
            raise ThesaurusError(path, f"line {number}: group {group.id} stands twice")
        groups[group.id] = group
    return list(groups.values())


def _group_lines(lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            yield number, line


def _parsed(line: str) -> Group:
    group_id, colon, members = line.partition(":")
    if not colon:
        raise ValueError("no colon after the id")
    return Group(group_id, tuple(member.strip() for member in members.split(";")))
