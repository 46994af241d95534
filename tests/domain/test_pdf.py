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
from marketplace.core.glyphs import REPLACEMENT, glyphs
from tools.glyphs import can_show

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


@pytest.mark.parametrize(
    "odd", ["😀", "中", "\ue000", "👩\u200d👩\u200d👧", "\u20e9", "\u0915\u093f"]
)
def test_replaces_what_no_font_has_and_says_so(template: Path, odd: str) -> None:
    shown = _text(_read(template, body=f"før{odd}etter", pairs=[{"name": "a", "text": odd}]))
    assert f"før{REPLACEMENT}" in shown
    assert "etter" in shown
    assert "Noen tegn vises ikke." in shown


def test_leaves_out_what_nobody_sees_without_a_word(template: Path) -> None:
    body = "1\ufe0f\u20e3 Opp\xad\u200bstart\x0b\u202e2. \x00Slutt\u2066"
    shown = _text(_read(template, body=body))
    assert "1 Oppstart" in shown
    assert "2. Slutt" in shown
    assert "Noen tegn vises ikke." not in shown


MARKS = [chr(code) for code in (*range(0x300, 0x370), *range(0x20D0, 0x20F1))]
HEBREW_AND_ARABIC_MARKS = [chr(code) for code in (*range(0x591, 0x5C8), *range(0x64B, 0x660))]
BASES = ("e", "1", " ", "\n", "✓", "中", "😀", "ж", "ש", "ع", "\u200d", "")


@pytest.mark.parametrize("mark", [*MARKS, *HEBREW_AND_ARABIC_MARKS], ids=ascii)
def test_any_mark_on_any_sign_gives_a_file(template: Path, mark: str) -> None:
    marked = "".join(f"{base}{mark} {base}{mark}{mark}{base}\n" for base in BASES)
    pairs = [{"name": f"{mark}{base}{mark}", "text": base + mark * 40} for base in BASES]
    shown = _text(_read(template, heading=mark, title=f"a{mark}", body=marked, pairs=pairs))
    assert "Navn" not in shown


@pytest.mark.parametrize(
    "signs",
    [
        "0️⃣ 9️⃣ #️⃣ *️⃣ 🏴\U000e0067\U000e007f 🇳🇴 👍🏽 ❤️\u200d🔥 ☑️ ✓",
        "\u200fעברית\u200e العربية فارسی\u200cها \u202aab\u202c",
        "".join(map(chr, range(0x4E00, 0x4E00 + 10_000))),
        "".join(map(chr, range(1, 0x3000))),
        " ".join(map(chr, (*range(0xFE00, 0xFFFF), *range(0x1F300, 0x1FB00)))),
        "g\u0308\u0323" * 300 + "\u0301" * 3000,
        "क्षि ไทยน้ำ 한글 각 ខ្មែរ မြန်မာ",
    ],
)
def test_any_signs_give_a_file(template: Path, signs: str) -> None:
    assert "Første" in _text(_read(template, body=signs, footer=signs[:200]))


def test_typst_is_asked_once_however_many_signs_it_does_not_know(
    template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    compile_pdf = pdf.compile_pdf

    def counted(template: Path, values: Mapping[str, Any], at: datetime) -> bytes:
        asked.append(template)
        return compile_pdf(template, values, at)

    monkeypatch.setattr(pdf, "compile_pdf", counted)
    _read(template, body="".join(map(chr, range(0xAC00, 0xAC00 + 10_000))))
    assert asked == [template]


def test_the_list_of_glyphs_is_that_of_the_fonts() -> None:
    """Else the fonts have changed, and `python -m tools.glyphs` writes the list anew."""
    assert can_show(" ".join(sorted(glyphs())))
    assert set("abcæøåÆØÅčđŋšŧž«»–—…€§×½✓☐☑•→αжא") <= glyphs()


def test_keeps_empty_texts_and_lists(template: Path) -> None:
    shown = _text(_read(template, body="", pairs=[]))
    assert "Første" in shown
