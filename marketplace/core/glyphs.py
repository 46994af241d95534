"""Which characters a PDF can show, and what stands in the place of the others.

A character that no font has, and a mark with no letter to stand on, would break the promise of
both standards, so Typst refuses them. What the fonts have stands in `data/glyphs.txt`, as asking
Typst takes a whole document for each character; `python -m tools.glyphs` asks anew.
"""

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

from marketplace.core.cleaning import clean_text

FILE = Path(__file__).with_name("data") / "glyphs.txt"
"""First and last of each row of characters that the fonts have, as hexadecimal numbers."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_STYLES = re.compile("[\u200c\u200d\u20e3\ufe0e\ufe0f]")
"""What only says how its neighbours are drawn, such as the frame of a key around a digit."""


def shown_text(text: str) -> tuple[str, bool]:
    """The text as it can be shown, and whether something in it had to be replaced."""
    plain = _STYLES.sub("", clean_text(text))
    if text.strip() and not plain:
        return REPLACEMENT, True  # A heading may not be empty.
    unknown = dict.fromkeys(map(ord, set(plain) - glyphs()), REPLACEMENT)
    shown = _lone_marks().sub(REPLACEMENT, plain.translate(unknown))
    return shown, shown != plain


@lru_cache(maxsize=1)
def glyphs() -> frozenset[str]:
    rows = (line.split() for line in FILE.read_text("ascii").splitlines())
    codes = (range(int(first, 16), int(last, 16) + 1) for first, last in rows)
    return frozenset({"\n", "\t", *(chr(code) for row in codes for code in row)})


@lru_cache(maxsize=1)
def _lone_marks() -> re.Pattern[str]:
    marks = "".join(sorted(c for c in glyphs() if unicodedata.combining(c)))
    return re.compile(rf"(?:^|(?<=\s))[{marks}]", re.MULTILINE)
