"""Texts that people type or paste, brought to one form before they are checked, kept or sent.

What nobody sees is taken out: control characters, marks of direction, blanks without width. Letters
are composed (NFC), so that a name has one spelling, whatever keyboard it came from.
"""

import re
import unicodedata
from itertools import groupby, islice

MOST_MARKS = 8
"""On one letter. No script needs more, and the time of composing grows with their square."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad"  # control characters and the soft hyphen
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\uffa0"  # joiners and fillers
    "\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"  # without width, of direction
    "\ufe00-\ufe0d\U000e0000-\U000e0fff"  # variants and tags
    "\ufdd0-\ufdef\ufff0-\ufffc\ufffe\uffff"  # no characters at all
    "\ud800-\udfff]"  # halves of one
)
_STRAY_STYLE = re.compile("(?<![^\\s\u200c\u200d\ufe0e\ufe0f])[\ufe0e\ufe0f]")
"""The choice of how a sign is drawn, where there is no sign before it."""
_STRAY_JOINER = re.compile(
    "(?<![\u0370-\u1fff\u2070-\U0010ffff])[\u200c\u200d]"
    "|[\u200c\u200d](?![\u0370-\u1fff\u2070-\ufdff\ufe10-\U0010ffff])"
)
"""Joiners belong between letters of other scripts, and between the parts of an emoji."""
_BREAKS = str.maketrans("\n\t", "  ")


def clean_text(text: str) -> str:
    """A text of many lines, with one kind of line end and no blanks around it."""
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    if not text.isascii():
        text = _STRAY_JOINER.sub("", _STRAY_STYLE.sub("", text))
        text = _few_marks(unicodedata.normalize("NFC", _few_marks(text)))
    return text.strip()


def clean_line(text: str) -> str:
    """The same as one line: what broke it is a blank, and there is never more than one."""
    return " ".join(filter(None, clean_text(text).translate(_BREAKS).split(" ")))


def _few_marks(text: str) -> str:
    runs = groupby(text, key=lambda character: unicodedata.combining(character) > 0)
    return "".join(
        "".join(islice(run, MOST_MARKS) if are_marks else run) for are_marks, run in runs
    )
