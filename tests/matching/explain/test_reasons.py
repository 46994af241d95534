"""Words that are given as reasons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Document, MatchIndex
from matching.explain.evidence import MOST_SIMILAR
from matching.parameters import Parameters
from matching.thesaurus import Group, Thesaurus
from tests.matching.examples import CONCEPTS, NEEDS, query, texts

OTHERS = [
    Document("x", "Takhage", "Parsellhager på tak midt i byen."),
    Document("y", "Kor", "Et kor for alle som liker sang."),
]

held_texts = st.builds(Document, st.just("a"), texts, texts)


def reasons(asked: str, text: str, *groups: Group) -> tuple[str, ...]:
    """Return why the text answers what is asked."""
    index = MatchIndex.from_documents(
        [Document("a", "", text), *OTHERS], thesaurus=Thesaurus.from_groups(groups)
    )
    found = {match.document_id: match.reasons for match in index.rank(query(asked))}
    return found.get("a", ())


def test_words_that_only_share_letters_are_no_reason() -> None:
    assert reasons("foreldre som strever", "Turgruppe for eldre.") == ()


def test_general_words_are_no_reason() -> None:
    assert reasons("folk sitter hjemme blant andre", "Folk er ofte hjemme.") == ()


def test_one_weak_word_in_a_long_text_is_no_reason() -> None:
    need = (
        "Elevene sover i timen, svarer ikke på meldinger, dropper prøver og gymtimer, spiller til "
        "langt på natt og mister venner, lekser, frokost, fotball, korps og sommerferie i byen."
    )
    assert reasons(need, f"Byvandring. {'Guiden forteller om murer og porter. ' * 40}") == ()


def test_reasons_have_the_form_that_the_need_wrote() -> None:
    assert set(reasons("Einsame bestefedrar", "For ensomme og bestefar.")) <= {
        "einsame",
        "bestefedrar",
    }


def test_words_of_one_group_are_one_reason() -> None:
    group = Group("care", ("hjemmebaserte tjenester", "hjemmesykepleie", "pleie"))
    asked = "Hjemmebaserte tjenester og pleie fra hjemmesykepleien"
    assert len(reasons(asked, "Hjemmebaserte tjenester døgnet rundt.", group)) == 1


def test_one_word_of_the_document_is_one_reason() -> None:
    assert reasons("kvinner og innvandrerkvinner", "Svømming for kvinner.") == ("kvinner",)


def test_answers_of_a_thesaurus_are_reasons() -> None:
    group = Group("lonely", ("ensomhet", "sosial isolasjon"))
    assert reasons("Mye ensomhet", "Mot sosial isolasjon.", group) == ("ensomhet",)


@pytest.mark.parametrize("name", ["jobless", "lonely", "absence", "language", "waste"])
def test_reasons_are_explained(name: str) -> None:
    index = MatchIndex.from_documents(CONCEPTS.values())
    for match in index.rank(NEEDS[name]):
        told = index.explain(NEEDS[name], match.document_id)
        named = [term.query_words[0] for term in told.shared_terms if term.is_certain]
        assert set(match.reasons) <= set(named)
        assert told.strength is match.strength


@given(held_texts, held_texts)
def test_contributions_add_up_to_the_score(asked: Document, held: Document) -> None:
    index = MatchIndex.from_documents([held, *OTHERS])
    told = index.explain(asked, held.id)
    assert abs(sum(term.contribution for term in told.shared_terms) - told.score) <= 1e-12


def test_a_query_of_stop_words_shares_nothing() -> None:
    index = MatchIndex.from_documents(OTHERS, Parameters())
    assert index.explain("og i på", "x").shared_terms == ()


def test_few_of_many_similar_words_are_looked_at() -> None:
    text = " ".join(f"eldre{number} tur." for number in range(1000))
    index = MatchIndex.from_documents([Document("a", "", text), *OTHERS])
    told = index.explain("eldre på tur", "a")
    assert max(len(term.document_words) for term in told.shared_terms) <= MOST_SIMILAR
