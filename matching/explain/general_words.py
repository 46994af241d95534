"""Words that count like others, but convince nobody that two texts are about the same.

The files in `data/general_words`, one for each language, have one word a line, inflections too: a
stem would not do, for it is often that of a word with much to say ("måte" and "mat").
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "data" / "general_words"


def is_general(word: str) -> bool:
    """Return whether a word, or every word of a phrase, says little on its own.

    Numbers say little too.

    Examples
    --------
    >>> [word for word in ("heime", "timar", "symjehall", "25") if not is_general(word)]
    ['symjehall']
    """
    if " " in word:
        return all(map(is_general, word.split(" ")))
    return word.isdigit() or word.lower() in _words()


@cache
def _words() -> frozenset[str]:
    found: set[str] = set()
    for path in sorted(_FOLDER.glob("*.txt")):
        found.update(path.read_text(encoding="utf-8").split())
    return frozenset(found)
