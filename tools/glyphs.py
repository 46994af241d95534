"""Asks Typst which characters its fonts have, and writes them down for core/glyphs.py.

Takes some minutes: a document for each half of what a document could not show. Needed when the
`typst` package brings other fonts, which tests/domain/test_pdf.py notices.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import typst

from marketplace.core.glyphs import FILE
from marketplace.core.pdf import ROOT, compile_pdf

PROBE = ROOT / "core/data/probe.typ"
NO_SIGNS = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
MARKED = (*range(0x0300, 0x034F), *range(0x0350, 0x0370), *range(0x0483, 0x0488),
          *range(0x0591, 0x05C7))  # fmt: skip
"""Where marks stand well on any letter: Latin, Greek, Cyrillic and Hebrew.

The last Hebrew one is left out: Typst shows it after a space, and after nothing else."""
AT_ONCE = 64


def main() -> None:
    every = [chr(code) for code in range(0x20, 0x20000) if _is_sign(chr(code))]
    parts = (every[start : start + AT_ONCE] for start in range(0, len(every), AT_ONCE))
    codes = [ord(sign) for part in parts for sign in _shown(part)]
    FILE.write_text("".join(f"{first:x} {last:x}\n" for first, last in _rows(codes)), "ascii")


def _is_sign(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind not in NO_SIGNS and (kind[0] != "M" or ord(character) in MARKED)


def _shown(signs: Sequence[str]) -> list[str]:
    if can_show(" ".join(signs)):
        return list(signs)
    middle = len(signs) // 2
    return _shown(signs[:middle]) + _shown(signs[middle:]) if middle else []


def can_show(text: str) -> bool:
    try:
        compile_pdf(PROBE, {"text": text}, datetime.fromtimestamp(0, UTC))
    except typst.TypstError:
        return False
    return True


def _rows(codes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken row."""
    known = set(codes)
    firsts = (code for code in codes if code - 1 not in known)
    lasts = (code for code in codes if code + 1 not in known)
    return zip(firsts, lasts, strict=True)


if __name__ == "__main__":
    main()
