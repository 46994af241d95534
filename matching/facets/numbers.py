"""How ages are written in numbers, in digits or in words."""

from __future__ import annotations

import re

_SPELLED = {
    word: number
    for number, words in {
        0: "null",
        1: "ett",
        2: "to",
        3: "tre",
        4: "fire",
        5: "fem",
        6: "seks",
        7: "sju syv",
        8: "åtte",
        9: "ni",
        10: "ti",
        11: "elleve",
        12: "tolv",
        13: "tretten",
        14: "fjorten",
        15: "femten",
        16: "seksten",
        17: "sytten",
        18: "atten",
        19: "nitten",
        20: "tjue",
        30: "tretti",
        40: "førti",
        50: "femti",
        60: "seksti",
        70: "sytti",
        80: "åtti",
        90: "nitti",
    }.items()
    for word in words.split()
}
NAMED = {"skolestart": 6, "skulestart": 6, "skolealder": 6, "skulealder": 6} | {
    "pensjonsalder": 67,
    "pensjonsalderen": 67,
}
"""Words for an age, which need no "år" after them."""

LEAST_ADULT = 13
"""Below, "over 2 år" may be how long something has lasted."""

LEAST_OLD = 50
"""From here on "70+" is an age, whatever stands around it."""

OLDEST = 110
_N = rf"(?:1[01]\d|\d{{1,2}}|{'|'.join(sorted(_SPELLED | NAMED, key=len, reverse=True))})"
_START, _STOP = r"(?<![\w.,/])", r"(?!\w|[.,]\d|\s?%|\s?prosent)"
DASHES = frozenset("-–—")
_DASH = r"(?:-|–|—)"
_YEARS = r"(?:års|år|years?|yrs?)"
_ONES = r"(?:åring\w{0,4}|year-?\s?olds?|yo\b)"
"""Ends of words for those of an age: "16-åringer"."""

HINT = re.compile(
    rf"\d|år|alder|over |under |fylt|{'|'.join(w for w in _SPELLED | NAMED if len(w) > 2)}"
)
"""Something of this stands wherever an age does."""

LIST = re.compile(
    rf"{_START}{_N}(?:{_ONES})?"
    rf"(?:\s?-?\s?(?:-|–|—|,|/|\bog|\beller|\btil|\bto|\band)\s?{_N}){{0,4}}"
    rf"\s?(?:-|–)?\s?(?:{_ONES})(?!\w)"
)
BETWEEN = re.compile(
    rf"{_START}(?P<cue>mellom |between |i alderen |alderen |alder |aged |ages? |fra |frå |from )?"
    rf"(?:fylte )?(?P<low>{_N})\s?(?:{_YEARS}\s?)?"
    rf"(?P<join>{_DASH}|\b(?:og til|opp til|til og med|til|to|og|and|through)\b)\s?"
    rf"(?P<high>{_N})(?P<unit>\s?-?{_YEARS}(?:\s(?:old|of age))?)?(?:\s?alder(?:en)?)?{_STOP}"
)
ABOVE = re.compile(
    rf"{_START}(?P<cue>over|above|fra og med|fra|frå|from|fylt|fylte|fyller|minst|"
    r"at least|older than|eldre enn|aldersgrens\w{1,3}(?: er| på|:)?|"
    r"(?:fra|når) (?:du|en|man) er)\s"
    rf"(?:fylte\s|de\s)?(?P<low>{_N})(?P<unit>\s?{_YEARS})?{_STOP}"
)
BELOW = re.compile(
    rf"{_START}(?P<cue>under|below|opptil|opp til|opp mot|inntil|til og med|yngre enn|younger than|"
    rf"up to|før fylte|til fylte|til)\s(?:fylte\s)?(?P<high>{_N})(?P<unit>\s?{_YEARS})?{_STOP}"
)
AND_ABOVE = re.compile(
    rf"{_START}(?:fra |aged |ages? |på |over )?(?P<low>{_N})\s?(?P<unit>{_YEARS})?"
    r"(?:\s?\+|\s(?:og|eller|and|or)\s"
    r"(?:oppover|eldre|over|opp|older|above|up|up))(?!\w)"
)
AND_BELOW = re.compile(
    rf"{_START}(?P<high>{_N})\s?(?P<unit>{_YEARS})?\s(?:og|eller|and|or)\s"
    r"(?:nedover|yngre|under|younger|below)(?!\w)"
)
ONE = re.compile(
    rf"{_START}(?P<cue>på |i alderen |aged |age |\()?(?P<low>{_N})(?P<unit>\s?{_YEARS})?{_STOP}"
)
MONTHS = re.compile(
    rf"{_START}0\s?(?:{_DASH}|til|to)\s?(?P<months>\d{{1,2}})\s?(?:måned|månad|mnd|month)"
)
DECADE = re.compile(
    rf"{_START}(?P<cue>i |in (?:their |the )?)(?P<low>[2-9]0|{_N})-?\s?(?:årene|åra|s)(?!\w)"
)


def numbers_in(words: str) -> list[str]:
    """Return the numbers of a list; where it has digits, "to" is no number."""
    return re.findall(r"\d+", words) or re.findall(rf"(?<!\w){_N}(?={_ONES}|\W|$)", words)


def number(word: str) -> float:
    """Return the number that a word of these patterns stands for."""
    named = _SPELLED | NAMED
    return float(named[word] if word in named else int(word))
