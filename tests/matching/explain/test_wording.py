"""Which words other texts use for what a text says in words of its own."""

from matching import Document, other_words
from matching.thesaurus import Group, Thesaurus

GROUPS = Thesaurus.from_groups(
    [
        Group("eldre", ("eldre", "pensjonister", "seniorer", "older people")),
        Group("skole", ("skole", "school")),
        Group("gjeld", ("gjeld", "betalingsproblem")),
    ]
)


def said(text: str, *others: str) -> list[tuple[str, str, int]]:
    documents = [Document(str(number), "", other) for number, other in enumerate(others)]
    found = other_words(Document("", "", text), documents, GROUPS)
    return [(word.theirs, word.own, word.texts) for word in found]


def test_what_the_text_says_too_is_no_other_word() -> None:
    assert said("Pensjonister og andre eldre.", "De eldre på Nes.") == []
    assert said("Skolene i byen.", "Skolen vår.") == []
    assert said("A school lunch.", "School and schools.") == []


def test_what_the_text_says_nothing_of_is_no_other_word() -> None:
    assert said("Turgruppe i skogen.", "De eldre på skolen.") == []


def test_compounds_of_the_same_word_are_not_others() -> None:
    assert said("Skolehage.", "Skolen.") == []


def test_general_words_are_none() -> None:
    assert said("Hjelp mot betalingsproblem.", "Det gjelder mange.") == []


def test_what_most_say_comes_first_in_the_word_that_most_of_them_use() -> None:
    found = said(
        "School lunch for seniorer.",
        "Skolen er stengt.",
        "De eldre. På skolen. Skole igjen.",
        "Pensjonister bor alene.",
        "Mange eldre og pensjonister.",
    )
    assert found == [("eldre", "seniorer", 3), ("skolen", "school", 2)]


def test_titles_and_fields_are_read_too() -> None:
    own = Document("", "Seniorer")
    other = Document("1", "", "", fields=(("effect", "Eldre er friske."),))
    assert [word.theirs for word in other_words(own, [other], GROUPS)] == ["eldre"]
    assert other_words(own, [], GROUPS) == []


def test_phrases_are_words_too() -> None:
    assert said("For older people.", "Mange seniorer.") == [("seniorer", "older people", 1)]
