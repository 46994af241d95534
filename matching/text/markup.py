"""From a text as it was written, perhaps in HTML, to the text that a reader sees."""

from __future__ import annotations

import html
import re
from html.entities import html5

from matching.text.characters import is_common, visible

# Possessive quantifiers give nothing back, so that no hostile text is read twice.
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*+|!)[^<>]*+>")
_ENTITY = re.compile(r"&(?:#(?:[0-9]{1,7}|[xX][0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,31}));")

_HIDDEN = tuple(
    (re.compile(opening, re.IGNORECASE), re.compile(closing, re.IGNORECASE))
    for opening, closing in (
        ("<!--", "-->"),
        (r"<script(?=[\s/>])", r"</script\b[^<>]*+>"),
        (r"<style(?=[\s/>])", r"</style\b[^<>]*+>"),
    )
)

_WITHIN_WORDS = frozenset(
    "b bdi bdo big del em font i ins mark s small span strike strong sub sup tt u wbr".split()
)
_ENDS_LINE = frozenset(
    """
    address article aside blockquote body br caption dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav ol option p pre section
    summary table tbody td tfoot th thead title tr ul
    """.split()
)


def plain_text(text: str) -> str:
    """Return what a reader sees of a text.

    Tags are left out, and what HTML does not show; a paragraph, a table's cell and the like end a
    line. Entities are decoded where a semicolon closes them: "R&D" and "budsjett&regnskap" are no
    entities. Invisible characters are left out. Characters stand in composed form (Unicode's
    NFC), and are otherwise those of the writer.

    Examples
    --------
    >>> plain_text("<p>Budsjett&regnskap &amp; <b>r</b>åd</p>").strip()
    'Budsjett&regnskap & råd'
    """
    text = without_markup(text)
    return text if is_common(text) else visible(text)


def without_markup(text: str) -> str:
    """Return a text without tags, and with entities decoded."""
    if "<" in text:
        for opening, closing in _HIDDEN:
            text = _without(text, opening, closing)
        text = _TAG.sub(_in_place_of, text)
    return _ENTITY.sub(_decoded, text) if "&" in text else text


def _without(text: str, opening: re.Pattern[str], closing: re.Pattern[str]) -> str:
    """Leave out what stands from each opening to the next closing."""
    kept, position = [], 0
    while (first := opening.search(text, position)) is not None:
        last = closing.search(text, first.end())
        if last is None:
            break
        kept.append(text[position : first.start()])
        position = last.end()
    return " ".join([*kept, text[position:]])


def _in_place_of(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    if name in _WITHIN_WORDS:
        return ""
    return "\n" if name in _ENDS_LINE else " "


def _decoded(entity: re.Match[str]) -> str:
    if entity[1] is None:
        return html.unescape(entity[0])
    return html5.get(f"{entity[1]};", entity[0])
