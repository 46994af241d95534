"""Why a document has its score, in words of both texts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from matching import Document, MatchIndex, Strength
from matching.text import sentences
from tests.matching.examples import CONCEPTS, NEEDS, query


@pytest.fixture(scope="module")
def concepts() -> MatchIndex:
    return MatchIndex.from_documents(CONCEPTS.values())


def test_compound_is_answered_by_its_parts(concepts: MatchIndex) -> None:
    told = concepts.explain(NEEDS["jobless"], "jobless")
    pairs = {word: term for term in told.shared_terms for word in term.query_words}
    assert {"arbeidsledige", "ungdommer"} <= set(pairs["ungdomsarbeidsledighet"].document_words)


def test_words_that_together_say_what_a_compound_asks_are_shown() -> None:
    text = "Vi hjelper arbeidsledige ungdommer ut i jobb."
    index = MatchIndex.from_documents(
        [Document("a", "", text), Document("b", "", "Ungdommer går på tur.")]
    )
    asked = Document("", "", "ungdomsarbeidsledighet")
    (shared,) = index.explain(asked, "a").shared_terms
    assert shared.is_certain
    assert set(shared.document_words) == {"arbeidsledige", "ungdommer"}
    reasons = {match.document_id: match.reasons for match in index.rank(asked)}
    assert reasons["a"] == ("ungdomsarbeidsledighet",)


def test_bokmaal_is_answered_in_nynorsk(concepts: MatchIndex) -> None:
    told = concepts.explain(NEEDS["lonely"], "lonely")
    pairs = {word: term.document_words for term in told.shared_terms for word in term.query_words}
    assert pairs["ensomhet"] == ("einsemd",)
    assert pairs["hjemmetjenesten"] == ("heimetenesta",)


def test_passage_has_the_answer_and_marks_words(concepts: MatchIndex) -> None:
    passage = concepts.explain(NEEDS["lonely"], "lonely").passage
    assert passage is not None
    marked = [passage.text[start:end] for start, end in passage.marks]
    assert {"eldre", "einsemd", "middag"} <= set(marked)
    assert list(passage.marks) == sorted(passage.marks)


def test_passage_is_plain_text() -> None:
    text = "<p>Vi selger brus &amp; is.</p>\n<p>Vi hjelper ensomme eldre.</p>"
    index = MatchIndex.from_documents([Document("a", "Om oss", text)])
    passage = index.explain(NEEDS["lonely"], "a").passage
    assert passage is not None
    assert passage.text == "Vi hjelper ensomme eldre."
    assert [passage.text[a:b] for a, b in passage.marks] == ["ensomme", "eldre"]


def test_what_stays_unanswered() -> None:
    need = query("Eldre er ensomme. Bussen går for sjelden.", "Besøk hos eldre")
    index = MatchIndex.from_documents([Document("a", "Besøksvenn", "Vi besøker ensomme eldre.")])
    told = index.explain(need, "a")
    assert told.unanswered == ("Bussen går for sjelden.",)
    assert told.answered == ("Eldre er ensomme.",)


def test_nothing_shared(concepts: MatchIndex) -> None:
    told = concepts.explain(query("isbrytere"), "bikes")
    assert told.strength is Strength.NONE
    assert not any(term.is_certain for term in told.shared_terms)
    assert told.passage is None
    assert told.unanswered == ("isbrytere",)


def test_unknown_document_is_refused(concepts: MatchIndex) -> None:
    with pytest.raises(KeyError):
        concepts.explain(query("skole"), "unknown")


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "Vi har 3.5 årsverk. «Det er bra!» Ny linje\n- punkt en\n• punkt to\n\n..."
    assert [each.text for each in sentences(text)] == [
        "Vi har 3.5 årsverk.",
        "«Det er bra!»",
        "Ny linje",
        "- punkt en",
        "• punkt to",
    ]


def test_text_without_full_stops_is_cut() -> None:
    assert all(len(each.text) <= 400 for each in sentences("ord " * 1000))


def test_words_that_only_share_letters_are_no_reason() -> None:
    index = MatchIndex.from_documents(
        [
            Document("bord", "Bordet", "Bordet er dekket med jakke 25 ganger."),
            Document("regn", "Regnbed", "Vi graver regnbed mot overvann i gata."),
        ]
    )
    found = index.explain(
        Document("", "", "De snakker og bor alene 25 dager, ved et bord."), "bord"
    )
    certain = {word for term in found.shared_terms if term.is_certain for word in term.query_words}
    assert certain == {"bord"}
    assert abs(sum(term.contribution for term in found.shared_terms) - found.score) < 1e-9
    assert found.passage
    marked = [found.passage.text[start:end].lower() for start, end in found.passage.marks]
    assert "bordet" in marked
    assert "jakke" not in marked


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("fisketur", "Bli med på ﬁs\u00adketur!", ["ﬁsketur"]),
        ("jentegruppe", "Jente- og guttegruppe.", ["Jente-"]),
        ("ungdomsklubb", "Vår ungdoms-klubb er åpen.", ["ungdoms-klubb"]),
        ("IPS", "Snakk med en IPS-veileder.", ["IPS"]),
        ("båt", "Tur med ba\u030at &amp; kano.", ["båt"]),
        ("epost", "Skriv en e-post.", ["e-post"]),
        ("gronn", "Et grønn\u0304 liv.", ["grønn\u0304"]),
    ],
)
def test_marks_stand_on_what_is_shown(asked: str, text: str, marked: list[str]) -> None:
    passage = (
        MatchIndex.from_documents([Document("a", "", text)]).explain(query(asked), "a").passage
    )
    assert passage is not None
    assert [passage.text[start:end] for start, end in passage.marks] == marked


def test_marks_do_not_overlap() -> None:
    index = MatchIndex.from_documents([Document("a", "", "Vår natur-reservat og fugle-reservat")])
    passage = index.explain(query("natur reservat naturreservat"), "a").passage
    assert passage is not None
    assert all(end <= start for (_, end), (start, _) in pairwise(passage.marks))
