"""Texts made to take long: so long that more than linear work would never end."""

from __future__ import annotations

import pytest

from matching import Document, MatchIndex
from matching.text import sentences, words

SIZE = 300_000


@pytest.mark.parametrize(
    "part",
    [
        *"< & - . ( « 😀 ﬁ a A a- ab- A. a&a& <a <!-- <script> <script></script> &#1 a.b.".split(),
        *(" ", "\n", "\0", "\u0301", "a- ", "a- og ", "ab-, ", "a-/", ". ", " •", "KI IT OG\n"),
    ],
)
def test_long_texts_of_one_part_are_read(part: str) -> None:
    text = part * (SIZE // len(part))
    assert len(words(text)) == sum(len(sentence.tokens) for sentence in sentences(text))


@pytest.mark.parametrize("start", [".", ". ", "<", "<!-- ", "</a ", "&", "a- og ", "1", "«"])
@pytest.mark.parametrize("part", [" ", "(", ")", "a", "\u0301", "<", "-"])
def test_long_texts_of_one_part_after_another_are_read(start: str, part: str) -> None:
    sentences(start + part * SIZE)
    words(start + part * SIZE)


def test_a_hostile_document_is_indexed_and_explained() -> None:
    text = "turgruppe " + "-&<" * (SIZE // 10) + "jente- og " * (SIZE // 50)
    index = MatchIndex.from_documents([Document("a", "", text)])
    assert [match.document_id for match in index.rank(Document("", "", "turgruppe"))] == ["a"]
    assert index.explain(Document("", "", "turgruppe"), "a").passage
