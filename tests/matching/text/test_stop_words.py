"""Words that only bind, and short words that do not."""

from __future__ import annotations

import pytest

from matching import Document, MatchIndex, Strength
from matching.text import is_stop, stem
from matching.text.word_lists import words_of
from tests.matching.examples import query


@pytest.mark.parametrize(
    "word",
    """
    KI ki MS ms ME IT CV cv AI ai by bo sy gå lage tid far kor fôr mat måte ro ski øy
    home work help group people near same arbeid folk navn rett punkt start god ny lang
    vare bade bor svart matte sann
    """.split(),
)
def test_what_has_a_meaning_is_no_stop_word(word: str) -> None:
    assert not is_stop(word)
    assert stem(word)


@pytest.mark.parametrize(
    "word",
    """
    først foerst forst fyrst forsøke forsoeke forsoke forsøk forsøker forsöker gjøre gjoere gjore
    gjere gjer gjør ikke ikkje også ogsaa ogsa òg våre vaare vårt vaart å på paa pa når naar
    være vaere vere frå fraa korleis hvordan eg jeg dei de it me the whose cannot eks AS SA
    """.split(),
)
def test_a_word_that_only_binds_does_so_in_any_spelling(word: str) -> None:
    assert is_stop(word)
    assert stem(word) == ""


def test_single_characters_are_no_words() -> None:
    assert all(map(is_stop, "aå7X中"))


def test_the_list_has_words_without_signs() -> None:
    words = words_of("stop_words")
    assert all(word.isalpha() and (word.islower() or word.isupper()) for word in words)
    assert len(words) < 700


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("KI", "Vi lærer deg KI"),
        ("ME", "Møteplass for folk med ME"),
        ("me-syke", "Støtte til ME-syke"),
        ("it-hjelp", "Studenter gir IT-hjelp"),
        ("Trenger CV", "Skriv CV-en din"),
        ("Nav", "I samarbeid med NAV"),
        ("gå", "Gå sammen"),
        ("sy", "Lær å sy om klær"),
        ("bor i byen", "Et sted å bo i en by"),
        ("far", "For far og mor"),
    ],
)
def test_short_names_are_found(asked: str, text: str) -> None:
    others = [Document(f"o{number}", "", "Sykler lånes ut") for number in range(3)]
    found = MatchIndex.from_documents([Document("a", "", text), *others]).rank(query(asked))
    assert [match.document_id for match in found if match.strength is not Strength.NONE] == ["a"]


def test_the_pronoun_does_not_find_the_acronym() -> None:
    index = MatchIndex.from_documents([Document("a", "", "Hjelp til deg med ME")])
    assert index.rank(query("Kan me få det?")) == []


def test_binding_words_match_nothing() -> None:
    text = "Først vil vi forsøke, og så må vi gjøre det selv før de andre."
    index = MatchIndex.from_documents([Document("a", "", text)])
    for asked in (text, "Foerst forsoeker dei aa gjere det", "fyrst gjer me det sjølve òg"):
        assert index.rank(query(asked)) == []
