"""Which sentences of a need a concept answers, and which it says nothing about."""

from __future__ import annotations

from matching import Document, Explanation, MatchIndex
from matching.parameters import Parameters

CONCEPT = Document("a", "Besøksvenn", "Vi besøker ensomme eldre hver uke.")
LONELY, BUS = "Eldre er ensomme.", "Bussruta til ferjekaia er lagt ned."
OTHERS = [Document("b", "", "Sykkelverksted for ungdom."), Document("c", "", "Kor og korps.")]


def told(need: Document, parameters: Parameters = Parameters()) -> Explanation:  # noqa: B008 - is frozen
    return MatchIndex.from_documents([CONCEPT, *OTHERS], parameters).explain(need, "a")


def test_the_sentences_that_ask_are_the_same_for_every_document() -> None:
    need = Document("", "", f"{LONELY} {BUS} Vi ønsker at flere får gode tilbud.")
    index = MatchIndex.from_documents([CONCEPT, *OTHERS])
    told = [index.explain(need, document.id) for document in (CONCEPT, *OTHERS)]
    assert [each.asking for each in told] == [(LONELY, BUS)] * len(told)
    assert [len(each.answered) for each in told] == [1, 0, 0]


def test_what_is_only_hinted_at_asks_and_is_in_neither_list() -> None:
    need = Document("", "", f"{LONELY} Ensrettede gater stenges.")
    found = told(need)
    assert (found.answered, found.unanswered) == ((LONELY,), ())
    assert found.asking == (LONELY, "Ensrettede gater stenges.")


def test_a_sentence_that_asks_nothing_is_not_answered() -> None:
    found = told(Document("", "", "Kommunen har i mange år hatt flere gode tilbud til eldre."))
    assert (found.asking, found.answered) == ((), ())


def test_titles_ask_nothing() -> None:
    found = told(Document("", "Reparasjon av isbrytere", "Eldre er ensomme."))
    assert (found.answered, found.unanswered) == (("Eldre er ensomme.",), ())


def test_sentences_of_general_words_are_in_neither_list() -> None:
    found = told(Document("", "", "Eldre er ensomme. Vi ønsker at flere får gode tilbud."))
    assert (found.answered, found.unanswered) == (("Eldre er ensomme.",), ())


def test_what_the_document_says_nothing_of_is_unanswered() -> None:
    found = told(Document("", "", "Eldre er ensomme. Bussruta til ferjekaia er lagt ned."))
    assert found.unanswered == ("Bussruta til ferjekaia er lagt ned.",)


def test_fields_in_full_weight_ask() -> None:
    need = Document("", "", "Eldre er ensomme.", fields=(("goal", "Isbrytere med bedre radar."),))
    assert told(need).unanswered == ("Isbrytere med bedre radar.",)


def test_background_asks_nothing() -> None:
    need = Document("", "", "Eldre er ensomme.", fields=(("goal", "Isbrytere med bedre radar."),))
    for weight in (0.0, 0.5):
        parameters = Parameters(query_field_weights=(("goal", weight),))
        assert told(need, parameters).unanswered == ()


def test_a_weak_match_leaves_open_what_it_has_no_words_for() -> None:
    found = told(Document("", "", "Isbrytere med atomdrift. Radaren svikter i tett snøvær."))
    assert found.answered == ()
    assert found.unanswered == ("Isbrytere med atomdrift.", "Radaren svikter i tett snøvær.")
