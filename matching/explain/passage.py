"""The passage of a document that answers a query best, with the words that do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from matching.text import Sentence

CLEARLY_MORE = 1.2
"""A sentence of a field is shown where it says so many times as much as the best of the text, and
a sentence beside the best one where both do."""

TITLE_SAYS_MORE = 2.0
"""A title is shown where it says so many times as much as the best sentence: it is read anyway."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One or two sentences of the document, with `(start, end)` offsets of words to mark."""

    text: str
    marks: tuple[tuple[int, int], ...]


class Answers:
    """The words of a document that say what a query asks.

    Parameters
    ----------
    values
        For each word, or phrase of several words, the terms that it answers, with what each
        answer is worth.
    """

    def __init__(self, values: Mapping[str, Mapping[int, float]]) -> None:
        self._values = values
        self._phrases: dict[str, list[tuple[str, ...]]] = {}
        for words in (tuple(word.split(" ")) for word in values if " " in word):
            self._phrases.setdefault(words[0], []).append(words)

    def places(self, sentence: Sentence) -> Iterator[tuple[str, int, int]]:
        """Yield each word and phrase of a sentence that answers, with its offsets."""
        words = [token.word for token in sentence.tokens]
        for at, token in enumerate(sentence.tokens):
            if token.word in self._values:
                yield token.word, token.start, token.end
            for phrase in self._phrases.get(token.word, ()):
                if tuple(words[at : at + len(phrase)]) == phrase:
                    yield " ".join(phrase), token.start, sentence.tokens[at + len(phrase) - 1].end

    def worth(self, part: Iterable[Sentence]) -> float:
        """Return what sentences answer together: each term counts once."""
        best: dict[int, float] = {}
        for sentence in part:
            for word, _, _ in self.places(sentence):
                for term, value in self._values[word].items():
                    best[term] = max(value, best.get(term, 0.0))
        return sum(best.values())


def best_passage(
    title: Sequence[Sentence], parts: Sequence[Sequence[Sentence]], answers: Answers
) -> Passage | None:
    """Return the sentence that answers most, with one beside it where that adds something new.

    Parameters
    ----------
    title
        The sentences of the title; it is shown where it says clearly more than the rest.
    parts
        The sentences of the text, and of each field.
    answers
        What answers.
    """
    worth = [[answers.worth([sentence]) for sentence in part] for part in parts]
    worth[1:] = [[value / CLEARLY_MORE for value in values] for values in worth[1:]]
    places = [(part, row) for part, values in enumerate(worth) for row in range(len(values))]
    best = max(places, key=lambda place: worth[place[0]][place[1]], default=None)
    value = answers.worth([parts[best[0]][best[1]]]) if best else 0.0
    if (own := answers.worth(title)) > TITLE_SAYS_MORE * value:
        return marked(title, answers)
    if best is None or own == value == 0:
        return None
    return marked(_with_neighbour(parts[best[0]], best[1], value, answers), answers)


def _with_neighbour(
    part: Sequence[Sentence], row: int, value: float, answers: Answers
) -> Sequence[Sentence]:
    chosen, least = part[row : row + 1], CLEARLY_MORE * value
    for first in (row - 1, row):
        both = part[max(first, 0) : first + 2]
        if len(both) == 2 and (worth := answers.worth(both)) > least:
            chosen, least = both, worth
    return chosen


def marked(part: Iterable[Sentence], answers: Answers) -> Passage:
    """Return sentences as one text, with the words that answer marked."""
    text = ""
    marks: list[tuple[int, int]] = []
    for sentence in part:
        text += " " if text else ""
        spans = sorted((start, end) for _, start, end in answers.places(sentence))
        marks.extend((len(text) + start, len(text) + end) for start, end in _joined(spans))
        text += sentence.text
    return Passage(text, tuple(marks))


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return sorted spans with those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
