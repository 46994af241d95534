"""School grades: "8. og 9. trinn", "sjuande klasse", "VG1".

Who is in grade n turns n + 5 in the autumn and n + 6 before the summer, so grades 8 and 9 are for
those from 13 to 15 years of age.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matching.facets.codes import School
from matching.facets.model import Range

_ORDINALS = {
    word: grade
    for grade, words in enumerate(
        (
            "første fyrste first",
            "andre second",
            "tredje third",
            "fjerde fourth",
            "femte fifth",
            "sjette sixth",
            "sjuende syvende sjuande seventh",
            "åttende åttande eighth",
            "niende niande ninth",
            "tiende tiande tenth",
        ),
        start=1,
    )
    for word in words.split()
}
_NUMBER = rf"(?:10|[1-9]|{'|'.join(_ORDINALS)})"
_JOINED = r"\s?-?\s?(?:-|–|—|/|,|&|\+|\bog|\btil|\beller|\bto|\band)\s?"
_STEP = (
    r"(?:klassetrinn|årstrinn|trinnet|trinna|trinns?(?:elev\w{0,4})?|steget|steg"
    r"|klass(?:ingane|ingene|ingen|inger|ingar|ing)|klasse(?:n|r|ne|elev\w{0,4})?|klassane|klassar"
    r"|klassa|kl\.?(?!\.?\s?\d)|graders?|grades?)"
)
_HINT = re.compile(r"\d|klass|trinn|steg|grade|års")
"""Something of this stands wherever a grade does."""

_BEFORE = re.compile(
    rf"(?<![\w.,-]){_NUMBER}(?:\.|st|nd|rd|th)?(?:{_JOINED}{_NUMBER}(?:\.|st|nd|rd|th)?){{0,5}}"
    rf"\s?[-.]?\s?{_STEP}(?!\w)(?! (?:i|av|mot|på veien|in|of) (?:en |ei |the )?"
    r"\w{0,20}(?:prosess|plan|prosjekt|stige|trapp|løp|forløp|arbeid|strategi))"
)
_AFTER = re.compile(
    rf"(?<!\w)(?:klassetrinn|trinna?|klasse|grades?)\s({_NUMBER}(?:{_JOINED}{_NUMBER}){{0,5}})"
    r"(?![\w%])"
)
_SCHOOL = re.compile(
    rf"(?<=skole|skule|kolen|kulen|kulan)(?: (?:vår|vårt))?\s?\({_NUMBER}\.?{_JOINED}{_NUMBER}\.?\)"
    rf"|(?<![\w.,-]){_NUMBER}\.?\s?[-–]\s?{_NUMBER}\.?\s?-?\s?sk[ou]le(?:n|r)?(?!\w)"
)
_STEPS = re.compile(
    r"prosjekt|prosess|pilot|fase|kartlegging|opptrapping|planen|utbygg|bygge|project"
)
"""What tells that "trinn 1" is a step of something else than school."""

_OF_SCHOOL = re.compile(r"elev|sk[ou]le|lærer|lærar|barn|born|lekse|pupil|school|teacher|children")
"""What tells that a single "trinn 1" is one of school."""

_UPPER = re.compile(
    r"(?<!\w)vg\s?-?\s?[1-3](?:\s?(?:-|–|/|,|og|til|and|to)\s?(?:vg\s?)?[1-3]){0,2}(?!\w)"
)
_UPPER_YEAR = re.compile(
    rf"(?<![\w.,-]){_NUMBER}\.?(?:{_JOINED}{_NUMBER}\.?)?\s?års?(?:et|elev\w{{0,4}})?"
    r"\s(?:på|ved|i|in|at)\s(?:vgs|vid\w{0,3}re?g)"
)
_AT_UPPER = re.compile(r"[\s,(]{0,2}(?:på |ved |i |at |in )?(?:vgs|videreg|vidareg)")
_PART = re.compile(rf"({_NUMBER})|(-|–|—|til|to)(?!\w)")

LOWEST_LOWER, LOWEST_UPPER, HIGHEST = 8, 11, 13
"""The first grades of lower and of upper secondary school, and the last."""

Found = tuple[int, int, Range, frozenset[School]]


def grades(lower: str) -> Iterator[Found]:
    """Yield where a text in lower case names grades, for which ages, and in what schools."""
    if not _HINT.search(lower):
        return
    for pattern in (_UPPER, _UPPER_YEAR, _SCHOOL, _BEFORE, _AFTER):
        for found in pattern.finditer(lower):
            if _other(found.group()) or (pattern is _AFTER and _is_step(found.group(), lower)):
                continue
            first, last = _ends(found.group())
            upper = pattern in {_UPPER, _UPPER_YEAR} or _AT_UPPER.match(lower, found.end())
            if upper and last <= HIGHEST - LOWEST_UPPER + 1:
                first, last = first + LOWEST_UPPER - 1, last + LOWEST_UPPER - 1
            yield found.start(), found.end(), Range(first + 5, last + 6), schools(first, last)


def _other(words: str) -> bool:
    """Whether these are "other classes" or "first steps" and no second or first grade."""
    parts = words.split()
    start, end = parts[0], parts[-1]
    if start not in _ORDINALS:
        return False
    return end in {"steg", "steget"} or (start == "andre" and end in {"klasser", "klassar"})


def _is_step(words: str, lower: str) -> bool:
    """Whether "trinn 1" is of a project, or "klasse 3" of things."""
    one = len(_PART.findall(words)) == 1
    return bool(_STEPS.search(lower)) or (one and not _OF_SCHOOL.search(lower))


def _ends(words: str) -> tuple[int, int]:
    """Return the lowest and the highest grade named."""
    named = [
        _ORDINALS.get(found.group(1)) or int(found.group(1))
        for found in _PART.finditer(words)
        if found.group(1)
    ]
    return min(named), min(max(named), HIGHEST)


def schools(first: int, last: int) -> frozenset[School]:
    """Return the schools that have the grades from `first` to `last`.

    Examples
    --------
    >>> sorted(map(str, schools(5, 8)))
    ['lower_secondary', 'primary']
    """
    levels = {
        School.PRIMARY: first < LOWEST_LOWER,
        School.LOWER_SECONDARY: first < LOWEST_UPPER and last >= LOWEST_LOWER,
        School.UPPER_SECONDARY: last >= LOWEST_UPPER,
    }
    return frozenset(school for school, has in levels.items() if has)
