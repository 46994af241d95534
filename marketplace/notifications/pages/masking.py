"""Taking out of a typed text what points to a person, before it leaves in a mail.

What is certain goes: addresses, telephone and national identity numbers. Names are known only of
those who belong to the organisations of the case, so these are taken out, whole and in parts.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from flask_babel import gettext as _

from marketplace.core.cleaning import clean_text
from marketplace.core.personal_data import PersonalData, find_personal_data

SHORTEST_NAME = 3
PARTICLES = frozenset({"von", "van", "der", "den", "del", "dos", "bin", "ibn"})
ALSO_WORDS = frozenset(
    """
    alle are ask august bakke bakken berg berge bjørk bjørn bo borg bro brun by bye dag dagen
    dahl dal dalen dyr eik eli enger even fjell foss frank glad gran gro gull hage hagen hans
    haug haugen hav heia helge hell holm holt hus juni kant kirke krog land lande lang lie
    lien lilje line liten liv lund lunde lykke lykken løken mai mark mild mo moe nes ness ny
    odd or per pål rise rose rud sand siv skog sol solberg stein sten stig stor storm strand
    strøm sund sunde sunn sunniva svane svart tone tor torg vang var vik viken voll vår ås
    åsen øy øyen
    """.split()
)
"""Names that are words too: only where they are written as names, «Dag» and not «dag»."""

_WORD = re.compile("[\\w\u0300-\u036f]+")
_PART = re.compile(r"[\s-]+")
_BETWEEN = re.compile(r"[\s.'’-]{0,3}")
_GENITIVE = re.compile(r"['’]s?(?!\w)")
Names = Mapping[str, Sequence[tuple[str, ...]]]
"""By their first word; the longest of each first."""


def mask_numbers(text: str) -> str:
    """Without addresses and numbers of people; titles are typed too."""
    instead = {
        PersonalData.EMAIL: _("[e-postadresse]"),
        PersonalData.IDENTITY_NUMBER: _("[fødselsnummer]"),
        PersonalData.PHONE: _("[telefonnummer]"),
    }
    found = ((each.start, each.end, instead[each.what]) for each in find_personal_data(text))
    return _replaced(text, sorted(found))


def mask(text: str, names: Iterable[str]) -> str:
    """The same without the names, however they are spelled; what stays is as it was."""
    text = mask_numbers(clean_text(text))
    known = _by_first_word(names)
    return _replaced(text, _names_in(text, known, _("[navn]"))) if known else text


def _replaced(text: str, parts: Iterable[tuple[int, int, str]]) -> str:
    kept, at = [], 0
    for start, end, instead in parts:
        kept += [text[at:start], instead]
        at = end
    return "".join([*kept, text[at:]])


# ---------------------------------------------------------------- names


def _by_first_word(names: Iterable[str]) -> Names:
    """Whole names and their parts."""
    known: dict[str, set[tuple[str, ...]]] = {}
    for name in map(clean_text, names):
        for called in (name, *_parts(name)):
            if words := tuple(word.casefold() for word in _WORD.findall(called)):
                known.setdefault(words[0], set()).add(words)
    return {first: sorted(those, key=lambda w: (-len(w), w)) for first, those in known.items()}


def _parts(name: str) -> Iterator[str]:
    for part in _PART.split(name):
        if len(part) >= SHORTEST_NAME and part.casefold() not in PARTICLES:
            yield part


def _names_in(text: str, known: Names, instead: str) -> Iterator[tuple[int, int, str]]:
    """In the genitive too: the last word may end in an s."""
    words = list(_WORD.finditer(text))
    longest = max(len(name) for those in known.values() for name in those)
    at = 0
    while at < len(words):
        count = _length_at(text, words[at : at + longest], known)
        if count:
            end = words[at + count - 1].end()
            genitive = _GENITIVE.match(text, end)
            yield words[at].start(), genitive.end() if genitive else end, instead
        at += count or 1


def _length_at(text: str, words: Sequence[re.Match[str]], known: Names) -> int:
    """How many of the words, from the first on, are a name; 0 where they are none."""
    said = [word.group().casefold() for word in words]
    names = [*known.get(said[0], ()), *known.get(said[0].removesuffix("s"), ())]
    for name in sorted(names, key=len, reverse=True):
        count = len(name)
        own = (*said[: count - 1], said[count - 1].removesuffix("s")) if count <= len(said) else ()
        if name in {tuple(said[:count]), own} and _is_name(text, words[:count]):
            return count
    return 0


def _is_name(text: str, words: Sequence[re.Match[str]]) -> bool:
    """Written together, and not a word of everyday that begins with a small letter."""
    joined = all(
        _BETWEEN.fullmatch(text, one.end(), other.start()) for one, other in pairwise(words)
    )
    word = words[0].group()
    everyday = len(words) == 1 and word.casefold().removesuffix("s") in ALSO_WORDS
    return joined and not (everyday and word[0].islower())
