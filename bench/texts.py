"""Made-up needs, concepts and questions to measure with; texts of nobody.

Text number n is the same on every machine. Its words are made of syllables, but have what real
ones have: four tokens of ten are words that only bind, the others follow Zipf's law, have endings
and are compounds as often as in Norwegian, and a text keeps to one or two topics, so that rare
words come together. The hostile ones are not like real ones: their words are three or four out of
thirty syllables, so that each has letter sequences in common with thousands of others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from matching import Document
from matching.arrays import FloatArray

BINDING = (
    "og i å det som er på en for til av med at den ikke har de vi et kan om fra så eller men når "
    "skal blir være ved seg var også etter bare mange får må dem noen vil denne dette hva der her "
    "alle ut inn opp ned mot over under mellom uten før fordi hvis enn da nå mer mest andre disse "
    "sin sitt sine vår vårt våre deres hun han jeg du oss ha hadde ble blitt kunne skulle ville "
    "hver hvert både enten hvor hvordan hvorfor hvem hvilke selv slik samme gjennom innen hos"
).split()

ONSETS = (
    "b bl br d dr f fj fl fr g gl gr h hj hv j k kj kl kn kr kv l m n p pl pr r s sj sk skj skr sl "
    "sm sn sp spr st str sv t tj tr tv v"
).split()
VOWELS = "a a e e i o u y ø å ei au".split()
MIDDLES = "b d f g gl k l m n p r s st t tr v".split()
LAST = "e a i el en er ing ne om ar".split()
CODAS = "- d f ft g k kk kt l ld ll lm lt m n nd ng nk nn p r rd rk rm rn rt s sk st t tt v".split()
DERIVED = "ing het else sjon lig skap dom eri".split()
ENDINGS = ("- en er ene".split(), "- et a s".split(), "e er te t".split(), "- e t ere".split())
HOSTILE = (
    "bakk dal elv fjell gard hus inn kom land mark nord opp prest rik sam tid ung vest yr ås bygd "
    "drift eng fag grunn helse kurs lag mot nett"
).split()

ROOTS, DERIVATIONS, COMPOUNDS = 4000, 1500, 5500
TOPICS, OF_TOPIC = 300, 160
HOSTILE_WORDS = 200_000

FORMS = (0.4, 0.25, 0.2, 0.15)
"""How often each form of a word is used."""

SHARES = (0.43, 0.18, 0.27, 0.12)
"""Of tokens: words that bind, words of any topic, of the first topic and of the second."""


@dataclass(frozen=True)
class Source:
    """Words, and their odds added up, from 0 to 1."""

    words: np.typing.NDArray[np.object_]
    odds: FloatArray

    @classmethod
    def of(cls, words: Sequence[Sequence[str]], offset: float) -> Source:
        """Return a source of words in their forms, the most frequent first, by Zipf's law."""
        forms = np.array(FORMS) if len(words[0]) == len(FORMS) else np.ones(1)
        weights = np.outer(1 / (np.arange(len(words)) + offset), forms).ravel()
        return cls(np.array(words, dtype=object).ravel(), np.cumsum(weights) / weights.sum())

    def draw(self, random: np.random.Generator, count: int) -> np.typing.NDArray[np.object_]:
        """Return words by lot."""
        places = np.searchsorted(self.odds, random.random(count))
        return self.words[np.minimum(places, len(self.words) - 1)]


@dataclass(frozen=True)
class Language:
    """Where the tokens of a text come from, in the order of `SHARES`."""

    binding: Source
    general: Source
    topics: list[Source]


@cache
def language() -> Language:
    """Return the language of all texts but the hostile ones."""
    random = np.random.default_rng(11)
    words = [_forms(random, lemma) for lemma in _lemmas(random)]
    usual = 1 / np.sqrt(np.arange(len(words)) + 10)
    chosen = (
        np.sort(random.choice(len(words), OF_TOPIC, replace=False, p=usual / usual.sum()))
        for _ in range(TOPICS)
    )
    topics = [Source.of([words[place] for place in places], 4) for places in chosen]
    return Language(Source.of([[word] for word in BINDING], 2), Source.of(words, 10), topics)


@cache
def hostile_language() -> Language:
    """Return the language in which most words resemble each other."""
    random = np.random.default_rng(12)
    words = {
        "".join(HOSTILE[place] for place in random.integers(len(HOSTILE), size=size)): None
        for size in random.integers(3, 5, HOSTILE_WORDS)
    }
    source = Source.of([[word] for word in words], 100)
    return Language(source, source, [source] * TOPICS)


def _lemmas(random: np.random.Generator) -> list[str]:
    """Return roots, what is derived of them, and compounds; the more usual first."""

    def some(choices: Sequence[str], count: int) -> list[str]:
        return [choices[place].strip("-") for place in random.integers(len(choices), size=count)]

    def joined(count: int, *parts: Sequence[str]) -> list[str]:
        return ["".join(word) for word in zip(*(some(each, count) for each in parts), strict=True)]

    roots = joined(ROOTS // 3, ONSETS, VOWELS, CODAS)
    roots += joined(ROOTS - len(roots), ONSETS, VOWELS, MIDDLES, LAST)
    made = joined(DERIVATIONS, roots, DERIVED) + joined(COMPOUNDS, roots, ("-", "-", "s"), roots)
    late = {word: 0.4 + random.random() for word in made}
    late |= {word: random.random() for word in roots}
    return sorted(late, key=late.__getitem__)


def _forms(random: np.random.Generator, lemma: str) -> list[str]:
    return [lemma + ending.strip("-") for ending in ENDINGS[random.integers(len(ENDINGS))]]


def _document(
    spoken: Language, kind: int, number: int, lengths: tuple[int, int], title: int
) -> Document:
    """Return text `number` of a kind: as many words as one of `lengths`, and those of a title."""
    random = np.random.default_rng((kind, number))
    topics = [spoken.topics[place] for place in random.integers(TOPICS, size=2)]
    sources = (spoken.binding, spoken.general, *topics)
    drawn = random.choice(len(SHARES), p=SHARES, size=random.integers(lengths[0], lengths[1] + 1))
    drawn[0] = 2  # No text is without a word of its topic.
    words = np.empty(len(drawn), dtype=object)
    for place, source in enumerate(sources):
        here = drawn == place
        words[here] = source.draw(random, int(here.sum()))
    titled = " ".join(topics[0].draw(random, title)).capitalize()
    return Document(str(number), titled, _sentences(random, words.tolist()))


def _sentences(random: np.random.Generator, words: list[str]) -> str:
    """Return words as sentences of some fourteen."""
    ends = [0, *(np.flatnonzero(random.random(len(words)) < 1 / 14) + 1).tolist(), len(words)]
    parts = (" ".join(words[a:b]).capitalize() for a, b in pairwise(ends))
    return " ".join(f"{part}." for part in parts if part)


def concepts(count: int, first: int = 0) -> list[Document]:
    """Return concepts of 40 to 110 words, from number `first` on; their ids are their numbers."""
    return [_document(language(), 1, n, (40, 110), 3) for n in range(first, first + count)]


def needs(count: int, first: int = 0) -> list[Document]:
    """Return needs of 60 to 120 words, from number `first` on; their ids are their numbers."""
    return [_document(language(), 2, n, (60, 120), 4) for n in range(first, first + count)]


def questions(count: int, first: int = 0) -> list[Document]:
    """Return questions of 4 to 9 words, from number `first` on; their ids are their numbers."""
    return [_document(language(), 3, n, (4, 9), 0) for n in range(first, first + count)]


def hostile_concepts(count: int, first: int = 0) -> list[Document]:
    """Return as `concepts`, of words that resemble each other."""
    spoken = hostile_language()
    return [_document(spoken, 4, n, (40, 110), 3) for n in range(first, first + count)]


def hostile_needs(count: int, first: int = 0) -> list[Document]:
    """Return as `needs`, of words that resemble each other."""
    spoken = hostile_language()
    return [_document(spoken, 5, n, (60, 120), 4) for n in range(first, first + count)]


Texts = Callable[[int], list[Document]]


def main() -> None:
    """Show one text of each kind, and how words are spread."""
    for kind in (concepts, needs, questions, hostile_concepts, hostile_needs):
        print(kind(1)[0].title, kind(1)[0].text, sep="\n", end="\n\n")
    texts = (each.text.lower().replace(".", "") for each in concepts(10_000))
    counts = Counter(word for text in texts for word in text.split())
    binding = sum(counts[word] for word in BINDING) / counts.total()
    print(f"{len(counts)} different words in {counts.total()}; {binding:.0%} bind")


if __name__ == "__main__":  # `make bench` runs every program here.
    main()
