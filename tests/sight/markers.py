"""Texts that are nowhere else, so that a page that shows one shows it by intent."""

import re
from itertools import count
from pathlib import Path
from string import ascii_lowercase

MARKER = re.compile(r"zq[a-z]{4}qz|[a-z._]+@(?:person|enhet)\.example", re.IGNORECASE)
"""The town's e-mail addresses are nowhere else either."""
_numbers = count()


def text() -> str:
    number, letters = next(_numbers), ""
    for _ in range(4):
        number, letter = divmod(number, len(ascii_lowercase))
        letters = ascii_lowercase[letter] + letters
    return f"Zq{letters}qz"


def markers_in(written: str) -> set[str]:
    return {found.lower() for found in MARKER.findall(written)}


def write_marked(source: Path, target: Path) -> None:
    """The files of `source`, with a text of its own for each "?"."""
    for file in source.glob("*.toml"):
        marked = re.sub(r'"\?', lambda _: f'"{text()}', file.read_text(encoding="utf-8"))
        (target / file.name).write_text(marked, encoding="utf-8")
