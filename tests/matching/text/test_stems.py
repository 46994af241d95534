"""Words that are counted as one."""

from __future__ import annotations

from collections import Counter

import pytest

from matching import Document, MatchIndex, Strength
from matching.text import fold, is_stop, root, stem
from matching.text.nynorsk import to_bokmaal
from matching.text.word_lists import forms_of
from tests.matching.examples import query


@pytest.mark.parametrize(
    "alike",
    """
    kafé kafe kaféen kafeer
    idé ide ideer idéane
    båt baat
    skolegård skolegaard
    åsebø aasebø
    göteborg gøteborg
    NAV Nav nav
    går gikk gjekk gått
    sov sover sove
    skrev skriver skreiv
    tok tar tek
    dro drar dra
    bøker bok bøkene
    lærebøker lærebok
    hjelpemidler hjelpemiddel
    menn mann
    hender hånd hand
    føtter fot
    brødre bror
    bedre god betre
    flere fleire flest
    went go goes
    children child
    women woman
    taught teach
    bodde bor bu
    barn born
    skole skule
    hjem heim
    syk sjuk
    sykehjem sjukeheim
    ensom einsam
    ensomhet einsemd
    arbeidsløs arbeidslaus
    veiledning rettleiing
    løsning løysing
    følelse kjensle
    behov trong
    bolig bustad
    ansatte tilsette
    innbyggere innbyggjarar
    framtid fremtid
    bevegelse rørsle
    alene åleine
    hørsel høyrsel
    øye auge
    valg val
    lege lækjar
    lærere lærarar
    elevene elevane
    ungdommer ungdomar
    løsninger løysingar
    aktiviteter aktivitetar
    pårørende pårørande
    mulighet moglegheit
    forebygging førebygging
    videregående vidaregåande
    """.strip().splitlines(),
)
def test_forms_have_one_stem(alike: str) -> None:
    assert len({stem(word) for word in alike.split()}) == 1


@pytest.mark.parametrize(
    "different",
    """
    møte mote
    lån lan
    råd rad
    fôr fare
    far får
    mat måte
    klimaarbeid klimårbeid
    leger lek
    formidler middel
    sang synge
    """.strip().splitlines(),
)
def test_other_words_do_not(different: str) -> None:
    one, other = different.split()
    assert stem(one) != stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("tjenesten", "tenesta"),
        ("kvelder", "kveldar"),
        ("vansker", "vanskar"),
        ("grønn", "gronn"),
        ("grønn", "groenn"),
        ("bodø", "bodo"),
        ("bærekraft", "baerekraft"),
    ],
)
def test_forms_of_other_endings_and_letters_have_one_root(one: str, other: str) -> None:
    words = (one, other)
    assert len({fold(root(stem(word))) for word in words}) == 1 or len(set(map(stem, words))) == 1


def test_a_word_that_is_only_an_acronym_in_capitals_is_its_own_stem() -> None:
    assert (stem("IT"), stem("it"), stem("KI")) == ("IT", "", "ki")


def test_no_form_has_two_words_and_no_word_is_a_form() -> None:
    for names in (("irregular",), ("nynorsk_words", "nynorsk_parts")):
        pairs = [pair for name in names for pair in forms_of(name) if pair[0] != "hovud"]
        forms = Counter(form for form, _ in pairs)
        assert max(forms.values()) == 1
        assert not forms.keys() & {word for _, word in pairs}


def test_what_a_form_stands_for_is_not_folded_again() -> None:
    for name in ("irregular", "nynorsk_words", "nynorsk_parts"):
        for _, word in forms_of(name):
            assert to_bokmaal(word) == word


def test_no_irregular_form_only_binds() -> None:
    assert not [form for form, _ in forms_of("irregular") if is_stop(form)]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("gronn omsorg", "Grønn omsorg på gården"),
        ("Tromso", "Vi holder til i Tromsø"),
        ("nabohjelp paa gaarden", "Nabohjelp på gården"),
        ("kafé", "Åpen kafe hver onsdag"),
        ("ideer", "Kom med din idé!"),
        ("e-post", "Kurs i epost"),
        ("barn leste bøker", "Høytlesing av en bok for born"),
        ("ﬁske", "Vi ﬁsker i elva"),
        ("skole fravær", "Mot skolefravær"),
        ("ungdoms-klubb", "Ungdomsklubb i kjelleren"),
        ("guttegruppe", "Jente- og guttegrupper"),
        ("jentegruppe", "Jente- og guttegrupper"),
        ("IPS", "Vi ansetter en IPS-veileder"),
    ],
)
def test_a_search_finds_the_text(asked: str, text: str) -> None:
    others = [Document(f"o{number}", "", "Sykler lånes ut gratis") for number in range(3)]
    match = MatchIndex.from_documents([Document("a", "", text), *others]).rank(query(asked))[0]
    assert match.document_id == "a"
    assert match.strength is not Strength.NONE
    assert match.reasons
