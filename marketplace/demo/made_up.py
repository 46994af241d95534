"""Made-up needs and concepts, as many as one asks for: sentences of the demo's own texts, mixed
with those of a small grammar.

Text number n is the same on every machine. Names of places and programmes and compound words are
put together from parts, so that the vocabulary goes on growing, as it does with real texts.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from random import Random
from typing import Any

from marketplace.accounts.states import Language
from marketplace.demo.texts import DATA, rows

SEED = "behovstorget"
TITLE_LENGTH = 200
LANGUAGES = (Language.BOKMAL,) * 14 + (Language.NYNORSK,) * 4 + (Language.ENGLISH,) * 2
"""Of twenty texts so many are in each language."""

NEED = {
    "target_group": "target",
    "tried": "tried_before",
    "wanted_effect": "results",
    "effect_measure": "measure",
    "contribution": "gives",
}
CONCEPT = {
    "target_group": "target",
    "evidence": "evidences",
    "used_where": "used",
    "price_indication": "price",
    "needs_from_municipality": "asks",
}
"""Which sentence of the grammar a field is made of."""


class Writer(Mapping[str, str]):
    """Fills the slots of sentences: `writer["place"]` is another place each time."""

    def __init__(self, kind: str, number: int) -> None:
        self.random = Random(f"{SEED} {kind} {number}")
        self.language = self.random.choice(LANGUAGES)
        self.words = _words(self.language)

    def __getitem__(self, slot: str) -> str:
        if slot[0].isupper():
            text = self[slot.lower()]
            return text[0].upper() + text[1:]
        maker = MAKERS.get(slot)
        return maker(self) if maker else str(self.some(slot)).format_map(self)

    def __iter__(self) -> Iterator[str]:
        return iter((*MAKERS, *self.words))

    def __len__(self) -> int:
        return len(MAKERS) + len(self.words)

    def some(self, name: str) -> Any:
        """One of the words or sentences; those at the beginning of a list are the common ones."""
        choices = self.words[name]
        return choices[int(len(choices) * self.random.random() ** 2)]

    @cached_property
    def programme(self) -> str:
        """A text is about one programme, and names it again."""
        count = self.random.choice((2, 3, 3, 4))
        return "".join(self.some("syllables") for _ in range(count)).capitalize()

    @cached_property
    def group(self) -> str:
        """Whom the text is about."""
        return str(self.some("groups"))

    def place(self) -> str:
        name = f"{self.some('place_starts')}{self.some('place_ends')}"
        return f"{self.some('place_sides')} {name}" if self.random.random() < 0.2 else name

    def compound(self, *, definite: bool) -> str:
        """A compound word of two parts or three, with its article."""
        article, *forms = self.some("compound_ends")
        middle = [self.some("compound_middles")] if self.random.random() < 0.3 else []
        parts = [self.some("compound_starts"), *middle, forms[definite]]
        if self.language is Language.ENGLISH:
            return f"{'the' if definite else article} {' '.join(parts)}"
        return "".join(parts) if definite else f"{article} {''.join(parts)}"

    def borrowed(self, file: str, kind: str, field: str) -> list[str]:
        """Some sentences of one demo text and one of another; the demo has few in English."""
        texts = _sentences(file, kind, field, self.language)
        if not texts:
            return []
        main, other = self.random.choice(texts), self.random.choice(texts)
        few = sorted(self.random.sample(range(len(main)), min(2, len(main))))
        return [*(main[place] for place in few), self.random.choice(other)]

    def mixed(self, sentences: Sequence[str], *kinds: str) -> str:
        """The sentences, with one to three of each kind of the grammar among them."""
        made = [self[kind] for kind in kinds for _ in range(self.random.randint(1, 3))]
        places = sorted(self.random.sample(range(len(made) + 1), min(len(sentences), len(made))))
        for offset, (place, sentence) in enumerate(zip(places, sentences, strict=False)):
            made.insert(place + offset, sentence)
        return " ".join(made)


MAKERS: dict[str, Callable[[Writer], str]] = {
    "place": Writer.place,
    "programme": lambda writer: writer.programme,
    "groups": lambda writer: writer.group,
    "a_compound": lambda writer: writer.compound(definite=False),
    "the_compound": lambda writer: writer.compound(definite=True),
    "number": lambda writer: str(writer.random.randint(8, 480)),
    "small": lambda writer: str(writer.random.randint(2, 18)),
}


def need_texts(writer: Writer) -> dict[str, str]:
    """The title and the texts of a made-up need, by the names of its fields."""
    borrowed = writer.borrowed("needs", "need", "problem")
    return {
        "title": writer["need_titles"][:TITLE_LENGTH],
        "problem": writer.mixed(borrowed, "openings", "details"),
        **{field: writer[sentence] for field, sentence in NEED.items()},
    }


def concept_texts(writer: Writer) -> dict[str, str]:
    """The same for a concept."""
    borrowed = writer.borrowed("concepts", "concept", "description")
    return {
        "title": writer["concept_titles"][:TITLE_LENGTH],
        "description": writer.mixed(borrowed, "promises", "results"),
        **{field: writer[sentence] for field, sentence in CONCEPT.items()},
    }


@cache
def _words(language: Language) -> Mapping[str, Any]:
    """What all languages share, and what is one's own; a string is a list of words."""
    with (DATA / "made_up.toml").open("rb") as file:
        whole = tomllib.load(file)
    shared = {name: part for name, part in whole.items() if not isinstance(part, dict)}
    words = shared | whole[language.value]
    return {name: part.split() if isinstance(part, str) else part for name, part in words.items()}


@cache
def _sentences(file: str, kind: str, field: str, language: Language) -> Sequence[Sequence[str]]:
    """The sentences of each demo text in that language."""
    texts = (row[field] for row in rows(file, kind) if row["language"] == language.value)
    return [re.split(r"(?<=[.!?]) (?=[A-ZÆØÅ])", text) for text in texts]
