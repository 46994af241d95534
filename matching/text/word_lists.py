"""The lists of words in `data/`: plain text, in which what follows a # is a comment."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def lines_of(name: str) -> Iterator[str]:
    """Return the lines of a list, without comments and empty lines."""
    text = (files("matching.text") / "data" / f"{name}.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        content = line.partition("#")[0].strip()
        if content:
            yield content


def words_of(name: str) -> list[str]:
    """Return the words of a list."""
    return [word for line in lines_of(name) for word in line.split()]


def forms_of(name: str) -> Iterator[tuple[str, str]]:
    """Return each form of a list with what stands before it and a colon: "gå: går gikk"."""
    for line in lines_of(name):
        lemma, _, forms = line.partition(":")
        for form in forms.split():
            yield form, lemma.strip()
