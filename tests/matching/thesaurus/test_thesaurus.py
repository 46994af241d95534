"""Which groups are mentioned where in a text."""

from __future__ import annotations

import doctest
import pickle
import subprocess
import sys

import pytest

from matching.thesaurus import LONGEST_PHRASE, Group, Mention, Thesaurus, normal, normalize
from matching.thesaurus import thesaurus as module

SMALL = Thesaurus.from_groups(
    [
        Group("ensomhet", ("ensom", "einsam", "ensomhet", "einsemd", "lonely")),
        Group("skulk", ("skulk", "skolevegring", "school refusal")),
        Group("bpa", ("BPA", "brukerstyrt personlig assistanse")),
        Group("assistanse", ("assistanse", "bistand")),
        Group("me", ("ME", "kronisk utmattelsessyndrom")),
        Group("mat", ("mat på hjul", "matombringing")),
        Group("demens", ("demens", "dementia")),
    ]
)


def found(text: str, thesaurus: Thesaurus = SMALL) -> list[tuple[str, int, int]]:
    return [
        (mention.group_id, mention.start, mention.end) for mention in thesaurus.find(text.split())
    ]


def test_two_groups_of_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        Thesaurus.from_groups([Group("rus", ("rus",)), Group("rus", ("misbruk",))])


def test_a_group_that_is_not_there_is_refused() -> None:
    with pytest.raises(KeyError):
        SMALL.group("rus")
    with pytest.raises(KeyError):
        SMALL.without("rus")


def test_it_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        SMALL.groups = ()  # type: ignore[misc]  # that is what is tested
    with pytest.raises(TypeError):
        SMALL.phrases["a", "b"] = ("c",)  # type: ignore[index]  # that is what is tested


@pytest.mark.parametrize("word", "ensom Ensomme ENSOMHETEN einsame einsemd einsam lonely".split())
def test_inflected_words_of_both_written_forms_are_found(word: str) -> None:
    assert found(f"mange {word} mennesker") == [("ensomhet", 1, 2)]


@pytest.mark.parametrize("word", "skulk skulkar skulker skulking skulevegringa".split())
def test_verbs_and_nouns_in_ing_are_found(word: str) -> None:
    assert found(word) == [("skulk", 0, 1)]


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("opplæring", "opplæringen"),
        ("rekruttering", "rekrutteringen"),
        ("flyktning", "flyktningane"),
        ("innbygger", "innbyggerne"),
        ("pensjonist", "pensjonistane"),
        ("livskvalitet", "livskvaliteten"),
        ("anskaffelse", "anskaffelsene"),
        ("sjukefråværet", "sykefravær"),
    ],
)
def test_inflections_share_a_normal_form(word: str, other: str) -> None:
    assert normalize(word) == normalize(other)


def test_a_phrase_is_found_and_its_words_are_not_looked_at_again() -> None:
    assert found("får brukerstyrt personlig assistanse hjemme") == [("bpa", 1, 4)]
    assert found("får personlig assistanse") == [("assistanse", 2, 3)]


def test_a_phrase_is_found_in_its_inflections_and_over_words_that_only_bind() -> None:
    assert found("Mat på hjulene til ensomme") == [("mat", 0, 3), ("ensomhet", 4, 5)]
    assert found("mat hjul") == []


def test_the_longest_phrase_wins() -> None:
    both = SMALL.with_group(Group("kort", ("brukerstyrt personlig", "styrt av bruker")))
    assert found("brukerstyrt personlig assistanse", both) == [("bpa", 0, 3)]
    assert found("brukerstyrt personlig hjelp", both) == [("kort", 0, 2)]


def test_a_phrase_at_the_end_that_is_not_complete_is_not_found() -> None:
    assert found("brukerstyrt personlig") == []


def test_a_short_abbreviation_is_found_in_capitals_only() -> None:
    assert found("rammet av ME") == [("me", 2, 3)]
    assert found("she told me") == []
    assert found("BPA eller bpa") == [("bpa", 0, 1)]


def test_a_word_that_only_binds_mentions_nothing() -> None:
    assert normalize("dem") == normalize("demens")
    assert found("hjelp dem med demens") == [("demens", 3, 4)]


def test_a_word_of_two_groups_mentions_both() -> None:
    two = SMALL.with_group(Group("hjelp", ("hjelp", "bistand")))
    assert found("bistand", two) == [("assistanse", 0, 1), ("hjelp", 0, 1)]
    assert two.groups_of("bistanden") == ("assistanse", "hjelp")


def test_nothing_is_found_in_no_words() -> None:
    assert SMALL.find([]) == []
    assert SMALL.find([""]) == []


def test_a_group_can_be_added_put_in_place_and_switched_off() -> None:
    added = SMALL.with_group(Group("krise", ("krise", "crisis")))
    assert found("en crisis", added) == [("krise", 1, 2)]
    assert found("krise", added.with_group(Group("krise", ("katastrofe",)))) == []
    assert added.without("krise") == SMALL
    assert "krise" not in SMALL
    assert len(added) == len(SMALL) + 1


def test_groups_are_gone_through_by_their_id() -> None:
    assert [group.id for group in SMALL] == sorted(group.id for group in SMALL)
    assert SMALL.group("me").label == "ME"


def test_phrases_and_words_serve_an_index() -> None:
    key = tuple(normalize(word) for word in "brukerstyrt personlig assistanse".split())
    assert SMALL.phrases[key] == ("bpa",)
    assert SMALL.groups_of("Ensomheten") == ("ensomhet",)
    assert SMALL.groups_of("refusal") == ()


def test_the_fingerprint_follows_the_content_and_not_the_order() -> None:
    assert Thesaurus.from_groups(reversed(SMALL.groups)).fingerprint == SMALL.fingerprint
    assert SMALL.without("me").fingerprint != SMALL.fingerprint
    assert Thesaurus.from_groups([Group("a", ("b", "c"))]).fingerprint == (
        "9fcb1d2ebd1482eb7288cc1383727da220535aac3183c791961486bb5f4ced13"
    )


def test_it_can_be_sent_to_another_process() -> None:
    SMALL.find(["ensom"])
    assert pickle.loads(pickle.dumps(SMALL)) == SMALL  # noqa: S301 - our own


def test_the_default_is_read_once() -> None:
    assert Thesaurus.default() is Thesaurus.default()
    assert Thesaurus.default().find("ungdom uten jobb".split()) == [
        Mention("ungdom", 0, 1),
        Mention("arbeidsledighet", 1, 3),
    ]


def test_importing_reads_nothing_and_needs_no_rdflib() -> None:
    code = (
        "import sys; from matching.thesaurus import Thesaurus, skos;"
        "assert Thesaurus.default.__func__.cache_info().currsize == 0;"
        "assert 'rdflib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)  # noqa: S603 - our own code


def test_a_long_text_costs_no_more_than_a_few_looks_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looks = 0

    def counted(word: str) -> str:
        nonlocal looks
        looks += 1
        return normalize(word)

    thesaurus = SMALL.with_group(Group("a", ("x " * LONGEST_PHRASE,)))
    assert thesaurus.phrases
    monkeypatch.setattr(module, "normalize", counted)
    assert thesaurus.find(["x"] * (LONGEST_PHRASE - 1) + ["brukerstyrt"] * 50_000) == []
    assert looks <= 2 * 50_010


def test_a_very_long_word_and_a_very_long_member_are_harmless() -> None:
    assert SMALL.find(["a" * 1_000_000, "ensom"]) == [Mention("ensomhet", 1, 2)]
    long = SMALL.with_group(Group("lang", ("ord " * 100_000, "kort")))
    assert found("kort ord ord", long) == [("lang", 0, 1)]


def test_the_examples_in_the_documentation_hold() -> None:
    for documented in (normal, module):
        results = doctest.testmod(documented)
        assert results.attempted > results.failed == 0
