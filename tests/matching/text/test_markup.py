"""What a reader sees of a text that may be HTML."""

from __future__ import annotations

import pytest

from matching.text import plain_text


@pytest.mark.parametrize(
    "text",
    [
        "R&D",
        "budsjett&regnskap",
        "B&B",
        "Berg&lt",
        "&copyright",
        "&",
        "&;",
        "&#;",
        "&#x;",
        "&notin",
        "a < b",
    ],
)
def test_without_a_semicolon_an_ampersand_is_no_entity(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize("text", ["&rekneskap;", "&notit;", "&regnskap;"])
def test_an_unknown_entity_stays(text: str) -> None:
    assert plain_text(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("sopp &amp; b&aelig;r", "sopp & bær"),
        ("&#229;pent &#xE5;r", "åpent år"),
        ("&lt;b&gt;", "<b>"),
        ("mai&ndash;juni", "mai–juni"),
        ("u&shy;ke", "uke"),
    ],
)
def test_entities_are_decoded(text: str, shown: str) -> None:
    assert plain_text(text) == shown


def test_a_tag_within_a_word_does_not_part_it() -> None:
    assert plain_text("<em>u</em>ke<wbr>slutt") == "ukeslutt"


def test_a_paragraph_ends_a_line() -> None:
    assert plain_text("<p>En dag</p><li>To</li>").split("\n") == ["", "En dag", "", "To", ""]


@pytest.mark.parametrize(
    "hidden", ["<!-- a > b -->", "<script>if (a < b) {}</script>", "<STYLE type='a'>p {}</Style >"]
)
def test_what_html_hides_is_not_shown(hidden: str) -> None:
    assert plain_text(f"før {hidden} etter").split() == ["før", "etter"]


def test_what_is_opened_and_never_closed_is_shown() -> None:
    assert plain_text("før <script> etter").split() == ["før", "etter"]


def test_characters_stay_those_of_the_writer() -> None:
    assert plain_text("½ m² ﬁne ①…") == "½ m² ﬁne ①…"


def test_invisible_characters_and_decomposed_ones_are_mended() -> None:
    assert plain_text("u\u200bke\ufeff a\u030ar") == "uke år"
