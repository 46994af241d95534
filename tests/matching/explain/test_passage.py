"""The part of a document that is shown."""

from __future__ import annotations

from matching import Document, MatchIndex, Passage

OTHERS = [Document("b", "", "Sykkelverksted for ungdom."), Document("c", "", "Kor og korps.")]


def passage(asked: str, document: Document) -> Passage | None:
    return MatchIndex.from_documents([document, *OTHERS]).explain(asked, document.id).passage


def text(asked: str, document: Document) -> str:
    found = passage(asked, document)
    assert found is not None
    return found.text


def test_where_nothing_is_shared_there_is_none() -> None:
    assert passage("isbrytere", Document("a", "Turvenn", "Vi går tur med hunder.")) is None
    assert passage("folk som bor hjemme", Document("a", "", "Folk er hjemme.")) is None
    assert passage("isbrytere", Document("a")) is None


def test_a_field_may_answer_best() -> None:
    document = Document(
        "a", "Turvenn", "Vi går i skogen.", fields=(("effect", "Eldre sover bedre."),)
    )
    assert text("eldre som ikke sover", document) == "Eldre sover bedre."


def test_the_text_comes_before_a_field_that_says_the_same() -> None:
    document = Document("a", "", "Tur med eldre.", fields=(("effect", "Flere eldre på tur."),))
    assert text("eldre på tur", document) == "Tur med eldre."


def test_a_title_is_shown_where_the_text_says_nothing() -> None:
    assert text("eldre", Document("a", "Tur for eldre", "Vi går i skogen.")) == "Tur for eldre"


def test_the_next_sentence_is_shown_where_it_adds_something() -> None:
    document = Document("a", "", "Vi maler hus. Vi besøker eldre. De får middag. Pris på nett.")
    assert text("eldre uten middag", document) == "Vi besøker eldre. De får middag."


def test_phrases_of_the_thesaurus_are_marked_whole() -> None:
    document = Document("a", "", "Kafé mot sosial isolasjon i bygda.")
    found = passage("ensomhet", document)
    assert found is not None
    assert [found.text[start:end] for start, end in found.marks] == ["sosial isolasjon"]


def test_words_in_many_sentences_are_looked_at_once_each() -> None:
    long = Document("a", "", "Vi går tur med eldre. " * 20_000)
    assert text("eldre på tur", long) == "Vi går tur med eldre."
