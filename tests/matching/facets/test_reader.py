"""Whom texts are for, and whom they are not."""

from __future__ import annotations

import sys
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.facets import (
    TARGET_GROUP_RULES,
    Agreement,
    FacetTable,
    Group,
    Range,
    School,
    agreements,
    read_target_group,
    verdict,
)
from matching.facets.groups import GROUPS
from matching.facets.mentions import forms
from matching.facets.phases import PHASES, SCHOOLS
from matching.facets.reader import MOST_MENTIONS
from matching.facets.sentences import LONGEST, sentences
from tests.matching.facets.judged import Judged, Outcome, judged, names


def ages(text: str, title: str = "") -> list[tuple[float, float]]:
    return [(each.low, each.high) for each in read_target_group(text, title=title).ages]


def groups(text: str) -> set[str]:
    return set(map(str, read_target_group(text).groups))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vi har drevet i 10 år",
        "For 12 år siden startet vi",
        "En 3-årig avtale, en 3 år lang prøve og 15 års erfaring",
        "Prosjektet går over 3 år, fra 2027",
        "Over 67 prosent er fornøyde, og over 40 personer venter",
        "18 timer i uka, kl. 10-14, i grupper på 6-8 personer",
        "Taket er 30 år gammelt, og møblene er over 20 år gamle",
        "Eldre bygg, gamle bygg, eldre utstyr og unge bedrifter",
        "Firmaet er eldre enn de andre",
        "Første trinn i prosjektet, og trinn 2 i planen",
        "Eldrerådet, ungdomsklubben, eldresenteret og aldershjemmet",
        "Foreldre til barn i 1. trinn",
        "Ansatte i barnehage, lærere på ungdomstrinnet og barnevernsansatte",
        "Ikke for barn under 12 år",
        "De eldste elevene",
        "Solbakken barnehage trenger ny sandkasse",
        "Elever hjelper til i kantina",
        "Vi er medlem av Unge Entreprenører",
        "Jobbsøkere over 2 år ledige",
        "Vi fyller 80 år og feirer",
        "Trinn 3 i saneringen, og klasse 3 til ladere",
        "Ny lekeplass ved barnehagen",
        "Vi vil ha en app for påmelding til SFO",
        "Hvordan få ned sykefraværet i barnehagene?",
        "Menn i 40-åra? Nei, alle som vil",
        "Det er ikke et kurs for barn, men for oss",
        "Sykefraværet hos oss som jobber med barn",
        "Barn under 12 og alle over 12 år",
    ],
)
def test_what_only_looks_like_an_age_is_left_alone(text: str) -> None:
    assert ages(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pensjonister hjelper elever med lekser", {"pupils"}),
        ("Ungdom lærer eldre å bruke nettbrett", {"older_people"}),
        ("Studenter besøker eldre", {"older_people"}),
        ("Eldre får hjelp av studenter", {"older_people"}),
        ("Besøk fra barnehagebarn til eldre", {"older_people"}),
        ("Lesevennene er pensjonister, og elevene trenger dem", {"pupils"}),
        ("Vi trenger pensjonister som kan lese for elever", {"pupils"}),
        ("Foreldre etterlyser tilbud til barn", {"children"}),
        ("Elderly residents are taught by students", {"older_people"}),
        ("Ansatte som jobber med barn trenger kurs", {"employees"}),
        ("Barn av foreldre med psykisk sykdom", {"children"}),
        ("Pårørende til personer med demens", {"carers"}),
        ("Foredrag om rus for elevene", {"pupils"}),
        ("Gravide som ikke har familie her", {"pregnant"}),
        ("Gravide flyktninger uten familie", {"pregnant", "immigrants_refugees"}),
        ("Barn med eller uten innvandrerbakgrunn", {"children"}),
        ("En kommune med 23 000 innbyggere", set()),
        ("Skolen har 380 elever og taket lekker", set()),
        ("25 ansatte skal flytte inn i nytt bygg", set()),
        ("Både elever og ansatte er slitne", {"pupils", "employees"}),
        ("Flere møter for ansatte? Nei, elevene trenger ro", {"pupils"}),
        ("Vi når ikke foreldrene, men vi når elevene", {"pupils"}),
        ("Jeg har ansvar for 1200 elever, og foreldrene trenger råd", {"parents"}),
        ("Samtalekveld for voksne barn og ektefeller", {"carers"}),
        ("Søsken til barn med kreft", set()),
        ("Relatives of people with dementia", {"carers"}),
        ("Vi er studenter som handler for eldre", {"older_people"}),
        ("Men vi har ingen", set()),
        ("Institutional kitchens and canteens", set()),
    ],
)
def test_it_is_for_those_who_are_helped(text: str, expected: set[str]) -> None:
    assert groups(text) == expected


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("ungdom 13–16 år", 13, 16),
        ("barn mellom 6 og 12 år", 6, 12),
        ("barn mellom seks og tolv år", 6, 12),
        ("for alle fra 16 år", 16, inf),
        ("hjemmeboende over 67", 67, inf),
        ("arbeidsledige under 30", 0, 30),
        ("unge under 30", 13, 30),
        ("15-17 åringer", 15, 17),
        ("fire- og femåringer", 4, 5),
        ("young people aged 13 to 18", 13, 18),
        ("trening 65+", 65, inf),
        ("i alderen 18 til 30", 18, 30),
        ("som har fylt 18", 18, inf),
        ("musikk 0-6 år", 0, 6),
        ("barn fra 0 til skolestart", 0, 6),
        ("babyer 0–18 måneder", 0, 2),
        ("8. og 9. trinn", 13, 15),
        ("1.-4. trinn", 6, 10),
        ("elever ved en skole (8.-10.)", 13, 16),
        ("åttende trinn", 13, 14),
        ("tiandeklassingar", 15, 16),
        ("1. og 2. klasse på vgs", 16, 18),
        ("elever på VG1 - VG3", 16, 19),
        ("for mellomtrinnet", 10, 13),
        ("leksehjelp på barneskulen", 6, 13),
        ("barn og eldre på 1. trinn", 6, 7),
        ("for ungdomsskolen, særlig 8. og 9. trinn", 13, 15),
        ("edlre", 67, inf),
        ("gutter mellom 13 og 18", 13, 18),
        ("gutter 13-18 lærer å lage mat", 13, 18),
        ("tilbudet er for deg på 13-15 år", 13, 15),
        ("for 1. og 2. året på vgs", 16, 18),
        ("småbarn mellom null og fem år", 0, 5),
        ("naboer over 67 år", 67, inf),
        ("skolefravær for elever på u-skolen", 13, 16),
    ],
)
def test_ages_are_read_in_numbers_grades_and_words(text: str, low: float, high: float) -> None:
    assert ages(text)[:1] == [(low, high)]


def test_a_school_tells_the_age_of_its_pupils_and_of_nobody_else() -> None:
    assert ages("Elevene trenger ro.", "Fjell ungdomsskole") == [(13, 16)]
    assert ages("Personalet trenger ro.", "Fjell ungdomsskole") == []


def test_several_ages_named_together_are_all_meant_and_others_make_it_silent() -> None:
    assert ages("Vi samler barn og eldre") == [(0, 18), (67, inf)]
    assert ages("For elever på 2. trinn. De er med for alle over 70 år.") == []


def test_the_word_for_the_target_group_decides() -> None:
    text = "Barn og eldre møtes. Målgruppen er ungdom 13–16 år. Foreldre kan bli med."
    assert ages(text) == [(13, 16)]
    assert groups(text) == {"youth"}


def test_everyone_is_meant_only_where_nobody_narrower_is() -> None:
    assert groups("Åpent for alle innbyggere") == {"everyone"}
    assert groups("For innbyggere over 67 år") == set()
    assert ages("For alle aldre") == []


@pytest.mark.parametrize(
    ("need", "concept", "expected"),
    [
        ("Elever på 8. og 9. trinn", "Leksehjelp på 1.-4. trinn", Agreement.DOES_NOT_MEET),
        ("Elever på vgs", "Opplegg for ungdomsskolen", Agreement.DOES_NOT_MEET),
        ("7. trinn trenger ro", "Opplegg for 8. trinn", Agreement.DOES_NOT_MEET),
        ("Kurs for ansatte", "Kurs for elever", Agreement.DOES_NOT_MEET),
        ("10. klasse trenger jobb", "Jobb for ungdom 16–19 år", Agreement.UNKNOWN),
        ("Elever på 8. trinn", "Opplegg for ungdomsskolen", Agreement.MEETS),
        ("Ensomme eldre", "Kafé for alle innbyggere", Agreement.MEETS),
        ("Ensomme eldre", "Vi pusser opp lokaler", Agreement.UNKNOWN),
        ("Arbeidsledige", "Arbeid for flyktninger", Agreement.UNKNOWN),
    ],
)
def test_needs_and_concepts_meet_by_whom_they_are_for(
    need: str, concept: str, expected: Agreement
) -> None:
    asked, offered = (read_target_group(text).facets() for text in (need, concept))
    assert verdict(agreements(asked, offered, TARGET_GROUP_RULES).values()) == expected


def test_ages_that_share_an_edge_are_not_known_to_meet() -> None:
    asked, offered = (
        read_target_group(text).facets() for text in ("Ungdom 13–15 år", "For ungdom 15–18 år")
    )
    assert agreements(asked, offered, TARGET_GROUP_RULES) == {"age": "unknown", "group": "meets"}


def test_the_words_that_told_it_are_given_with_their_places() -> None:
    text, title = "Norsk &amp; <b>matte</b>. Ungdom\n8. og 9. trinn", "For elever"
    found = read_target_group(text, title=title)
    assert [each.text for each in found.evidence] == ["elever", "Ungdom", "8. og 9. trinn"]
    for each in found.evidence:
        assert (title if each.in_title else text)[each.start : each.end] == each.text


def test_what_is_read_can_be_hashed_and_compared() -> None:
    found = read_target_group("Elever på 8. trinn")
    assert found == read_target_group("Elever på 8. trinn")
    assert hash(found.facets()) == hash(read_target_group("Elever på 8. trinn").facets())
    assert found.schools == {School.LOWER_SECONDARY}
    assert found.groups == {Group.PUPILS}


WORDS = st.sampled_from(
    "barn eldre og på 8. trinn 13-16 år over 67 ikke for fra til som hjelper ansatte i barnehage"
    " vg1 åringer åring med rus ( ) , . – mellom 6 12 skole (8.-10.) NAV Unge alderen 0 måneder"
    " syv fylt under + klasse İ <b> &amp; foreldre sine snitt 99 119 tiende to".split()
)


@given(st.lists(WORDS, max_size=30).map(" ".join), st.text(max_size=40))
def test_any_text_is_read_and_its_words_stand_where_they_are_said_to(text: str, title: str) -> None:
    found = read_target_group(text, title=title)
    assert all(0 <= each.low <= each.high for each in found.ages)
    for each in found.evidence:
        assert (title if each.in_title else text)[each.start : each.end] == each.text
    FacetTable(TARGET_GROUP_RULES, [found.facets()]).compare(found.facets())


@pytest.mark.parametrize(
    "part",
    [
        *("barn ", "13-15 år ", "1, ", "8. og ", "8. trinn ", " ", "a", "<a", "fra 1 til ", "a-"),
        *("-", "\n", ". A", "til 8 og ", "8-", "vg1 og ", "målgruppe barn ", "åring ", "9-åring, "),
        *("skole (8.-", "ansatte i ", "\t", "İ", "12 år og "),
    ],
)
def test_a_hostile_text_is_cut_into_pieces_so_that_its_length_costs_no_more_than_its_size(
    part: str,
) -> None:
    text = part * (100_000 // len(part))
    found = list(sentences(text))
    assert all(len(each.text) <= LONGEST for each in found)
    assert sum(len(each.text) for each in found) <= len(text)
    assert len(read_target_group(text).evidence) <= MOST_MENTIONS


@pytest.mark.parametrize(
    "part",
    [
        *("ansatte og ", "barn og eldre ", "lærere på barnehage og trenger ", "over 2 år "),
        *("unge med rus eller uten ", "studenter er ", "8. og 9. året på vgs ", "Ja? Nei, "),
        *("1-2 år, 3-9 år 5 år. ", "som jobber med barn, men ", "ved barnehage taket "),
    ],
)
def test_twice_the_text_is_at_most_twice_the_work(part: str) -> None:
    once, twice = (part * (length // len(part)) for length in (5_000, 10_000))
    assert calls_to_read(twice) <= 2.1 * calls_to_read(once)


def calls_to_read(text: str) -> int:
    """Count the functions called, once what is remembered of words is known."""
    count = 0

    def called(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    read_target_group.__wrapped__(text)
    before = sys.getprofile()
    sys.setprofile(called)
    try:
        read_target_group.__wrapped__(text)
    finally:
        sys.setprofile(before)
    return count


def test_no_word_stands_in_two_lines_of_the_tables() -> None:
    words = [
        form
        for people in (*PHASES, *SCHOOLS, *GROUPS)
        for form in {form for entry in people.words.split() for form in forms(entry)}
    ]
    assert sorted(form for form in set(words) if words.count(form) > 1) == []


def test_ages_of_the_tables_are_those_of_people() -> None:
    years = [people.ages for people in (*PHASES, *SCHOOLS)]
    assert all(each is not None and Range(0).low <= each.low < each.high for each in years)


def test_the_rules_know_only_codes_that_exist_and_never_both_relate_and_exclude() -> None:
    rule = TARGET_GROUP_RULES["group"]
    assert rule.exclusive is not None
    assert not rule.exclusive & rule.related
    assert frozenset().union(*rule.exclusive, *rule.related, rule.universal) <= set(Group)


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("of", [Judged.of_ages, Judged.of_groups])
def test_the_reader_is_right_or_silent_and_rarely_silent(name: str, of: object) -> None:
    assert callable(of)
    outcomes = [of(each) for each in judged(name)]
    assert outcomes.count(Outcome.WRONG) <= 0.05 * len(outcomes)
    assert outcomes.count(Outcome.SILENT) < len(outcomes) / 3
