"""PDF files: the standards they declare, and that typed text stays text."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from pypdf import PdfReader

from marketplace.core import pdf

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
MARKUP = "#let x = 1 *fet* _skrå_ $x^2$ \\ [a] <b> @c `d` // e = f - g + h ~ https://ås.no/a_b"
TEMPLATE = """#import "/core/data/document.typ": *
#show: accessible
= #data.heading
#prose(data.body)
#facts(data.pairs)
#rows(data.head, data.body-rows, columns: (1fr, auto), numbers: (1,))
"""


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A template outside the application; it still reads the frame that all share."""
    copytree(pdf.ROOT / "core/data", tmp_path / "core/data")
    monkeypatch.setattr(pdf, "ROOT", tmp_path)
    monkeypatch.setattr(pdf, "PROBE", tmp_path / "core/data/probe.typ")
    made = tmp_path / "made.typ"
    made.write_text(TEMPLATE, "utf-8")
    return made


def _data(**changed: Any) -> Mapping[str, Any]:
    return {
        "lang": "nn",
        "title": "Prøve – «ett»",
        "kind": "Protokoll",
        "footer": "Sak 7",
        "unshown": "Noen tegn vises ikke.",
        "heading": "Første",
        "body": "Et avsnitt\r\nmed to linjer\r\n\r\nEt til",
        "pairs": [{"name": "Navn", "text": "Tekst"}],
        "head": ["Hva", "Tall"],
        "body-rows": [["a", "1"], ["b", "2"]],
    } | changed


def _read(template: Path, **changed: Any) -> PdfReader:
    return PdfReader(BytesIO(pdf.render_pdf(template, _data(**changed), at=AT)))


def _text(reader: PdfReader) -> str:
    return "\n".join(page.extract_text() for page in reader.pages)


def _root(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def test_declares_both_standards(template: Path) -> None:
    metadata = _root(_read(template))["/Metadata"].get_data().decode()
    for declared in ("pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<"):
        assert declared in metadata


def test_has_title_language_and_tags(template: Path) -> None:
    reader = _read(template)
    root = _root(reader)
    assert reader.metadata is not None
    assert reader.metadata.title == "Prøve – «ett»"
    assert root["/Lang"] == "nn"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]


def test_is_the_same_file_for_the_same_moment(template: Path) -> None:
    once, again = (pdf.render_pdf(template, _data(), at=AT) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("field", ["heading", "body", "title", "footer", "kind"])
def test_what_looks_like_markup_stays_text(template: Path, field: str) -> None:
    text = _text(_read(template, **{field: MARKUP}))
    assert "".join(MARKUP.split()) in "".join(text.split())


def test_shows_norwegian_and_sami_letters(template: Path) -> None:
    letters = "æøå ÆØÅ – « » „ “ ” … čđŋšŧž kr \N{MINUS SIGN}1\N{NARROW NO-BREAK SPACE}000"
    shown = _text(_read(template, body=letters))
    assert "".join(letters.split()) in "".join(shown.split())
    assert "Noen tegn vises ikke." not in shown


@pytest.mark.parametrize("odd", ["😀", "中", "\x00", "\x07", "\ue000", "👩‍👩‍👧"])
def test_replaces_what_no_font_has_and_says_so(template: Path, odd: str) -> None:
    shown = _text(_read(template, body=f"før{odd}etter", pairs=[{"name": "a", "text": odd}]))
    assert f"før{pdf.REPLACEMENT}" in shown
    assert "etter" in shown
    assert "Noen tegn vises ikke." in shown


def test_keeps_empty_texts_and_lists(template: Path) -> None:
    shown = _text(_read(template, body="", pairs=[]))
    assert "Første" in shown
