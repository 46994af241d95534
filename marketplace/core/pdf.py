"""PDF files that a screen reader reads (PDF/UA-1) and an archive keeps (PDF/A-2a).

A template is a Typst file below `marketplace/`; what it says about the case goes in as JSON, so
nothing that a person has typed is read as markup. The fonts are those inside the `typst` package:
the file looks the same on every machine, and nothing is fetched.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from marketplace.core.clock import now

ROOT = Path(__file__).parents[1]
"""What a template may read: `#import "/core/data/document.typ": *`."""
PROBE = ROOT / "core/data/probe.typ"
"""A document of nothing but the one text it is given."""
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
PLAIN = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180)))) | {"\n", "\r", "\t"}
"""Characters of the languages of this country, which are known to be in the fonts."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def render_pdf(template: Path, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """The document that the template makes of the data; `at` is the date it carries.

    The same template, data and moment give the same file. A character that no font has would
    break the promise of both standards: it is replaced, and `data.some_unshown` is true.
    """
    unshown = {c for text in _texts(data) for c in text if not _is_shown(c)}
    values = _replaced(data, str.maketrans(dict.fromkeys(unshown, REPLACEMENT)))
    return _compile(template, {**values, "some_unshown": bool(unshown)}, at or now())


def _compile(template: Path, values: Mapping[str, Any], at: datetime) -> bytes:
    """PDF/A-4 rests on PDF 2.0 and cannot be had together with PDF/UA-1; PDF/A-2a can."""
    return typst.compile(
        template,
        root=ROOT,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(values, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
        format="pdf",
    )


# ---------------------------------------------------------------- characters without a glyph


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)


def _replaced(value: Any, table: dict[int, str]) -> Any:
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, Mapping):
        return {name: _replaced(part, table) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_replaced(part, table) for part in value]
    return value


def _is_shown(character: str) -> bool:
    return character in PLAIN or _has_glyph(character)


@lru_cache(maxsize=20_000)
def _has_glyph(character: str) -> bool:
    """Asked of Typst itself, once for each character, as it alone knows its fonts."""
    try:
        _compile(PROBE, {"text": character}, datetime.fromtimestamp(0, UTC))
    except typst.TypstError:
        return False
    return True
