"""PDF files that a screen reader reads (PDF/UA-1) and an archive keeps (PDF/A-2a).

A template is a Typst file below `marketplace/`; what it says about the case goes in as JSON, so
nothing that a person has typed is read as markup. The fonts are those inside the `typst` package:
the file looks the same on every machine, and nothing is fetched.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from marketplace.core.clock import now
from marketplace.core.glyphs import shown_text

ROOT = Path(__file__).parents[1]
"""What a template may read: `#import "/core/data/document.typ": *`."""


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def render_pdf(template: Path, data: Mapping[str, Any], *, at: datetime | None = None) -> bytes:
    """The document that the template makes of the data; `at` is the date it carries.

    The same template, data and moment give the same file. What no font has is replaced, and
    `data.some_unshown` is true.
    """
    unshown: list[str] = []
    values = _shown(data, unshown)
    return compile_pdf(template, {**values, "some_unshown": bool(unshown)}, at or now())


def compile_pdf(template: Path, values: Mapping[str, Any], at: datetime) -> bytes:
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


def _shown(value: Any, unshown: list[str]) -> Any:
    """The same with texts that the fonts have; those of which something is missing are noted."""
    if isinstance(value, str):
        text, some_unshown = shown_text(value)
        unshown += [value] * some_unshown
        return text
    if isinstance(value, Mapping):
        return {name: _shown(part, unshown) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [_shown(part, unshown) for part in value]
    return value
