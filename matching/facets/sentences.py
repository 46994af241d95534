"""A text as sentences of words in lower case, each knowing where it stands in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,400}>")
_END = re.compile(r"(?<!\d[.])(?<=[.!?…;])\s+(?=[\"«“'(]?[^\W_a-zæøå])|[\r\n]\s*|\s[•·]\s")
"""Not after the point of "8. trinn"."""
_WORD = re.compile(r"\d+|[^\W\d_]+(?:[-'’][^\W\d_]+)*|[^\w\s]")

_ENGLISH = frozenset("the and of who with our we are is their".split())

LONGEST = 1000
"""Characters after which a sentence is cut: what stands so far away belongs to something else."""


@dataclass(frozen=True)
class Sentence:
    """A sentence; offsets of words are into `text`, which begins at `start` of the whole."""

    text: str
    start: int
    in_title: bool = False

    @cached_property
    def lower(self) -> str:
        """The text in lower case, letter for letter."""
        lower = self.text.lower()
        if len(lower) == len(self.text):
            return lower
        return "".join(low if len(low := each.lower()) == 1 else each for each in self.text)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where each word or mark begins and ends."""
        return [found.span() for found in _WORD.finditer(self.lower)]

    @cached_property
    def words(self) -> list[str]:
        """The words and marks."""
        return [self.lower[start:end] for start, end in self.spans]

    @cached_property
    def english(self) -> bool:
        """Whether it is English, where "to" is no number."""
        return not _ENGLISH.isdisjoint(self.words)

    def word(self, place: int) -> str:
        """Return the word in a place, or nothing outside the sentence."""
        return self.words[place] if 0 <= place < len(self.words) else ""


def sentences(text: str, *, in_title: bool = False) -> Iterator[Sentence]:
    """Yield the sentences of a text, tags left out."""
    text = _TAG.sub(lambda tag: " " * len(tag.group()), text)
    start = 0
    for end in _END.finditer(text):
        yield from _pieces(text, start, end.start(), in_title)
        start = end.end()
    yield from _pieces(text, start, len(text), in_title)


def _pieces(text: str, start: int, end: int, in_title: bool) -> Iterator[Sentence]:
    for first in range(start, end, LONGEST):
        yield Sentence(text[first : min(first + LONGEST, end)], first, in_title)
