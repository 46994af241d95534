"""Published lessons are found by their own words and by those of the need they come from."""

from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.states import Language, ServiceArea
from marketplace.core.errors import NotFound
from marketplace.core.revision import Collection
from marketplace.core.search import SEARCHERS
from marketplace.lessons import queries
from marketplace.lessons.models import Lesson
from marketplace.lessons.queries import LessonFilter
from marketplace.lessons.states import Outcome
from marketplace.matches import queries as matches
from marketplace.matches.texts import TEXTS
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState, Side
from tests.domain.lesson_cast import close, decided, make_published, write, write_both
from tests.domain.pairing_cast import make_cast
from tests.factories import make_need, make_unit
from tests.queries import count_queries

LONELY: dict[str, Any] = {
    "title": "Einsame eldre i heimetenesta",
    "problem": "Mange eldre som bur åleine, har lite kontakt med andre menneske.",
    "target_group": "Heimebuande over 80 år",
    "wanted_effect": "Færre kjenner seg einsame.",
    "language": Language.NYNORSK,
}
ABSENCE: dict[str, Any] = {
    "title": "Skolefravær på ungdomstrinnet",
    "problem": "Elever på ungdomstrinnet er borte fra skolen i flere uker.",
    "target_group": "Ungdom 13 til 16 år",
    "wanted_effect": "Elevene er tilbake i klasserommet.",
}
WATER: dict[str, Any] = {
    "title": "Overvann i gatene",
    "problem": "Kraftig regn fyller kjellere fordi asfalten ikke slipper vannet ned.",
    "target_group": "Gater med overvann",
    "wanted_effect": "Færre oversvømte kjellere.",
}


@pytest.fixture(autouse=True)
def _registered() -> None:
    """As the application does when it is put together."""
    TEXTS[Collection.LESSONS] = queries.texts_since

    SEARCHERS[Collection.LESSONS] = partial(matches.search_texts, Collection.LESSONS)


@pytest.fixture
def cases(session: Session) -> dict[str, Pairing]:
    return {
        "lonely": make_published(
            session,
            make_need(session, **LONELY),
            Outcome.BOUGHT,
            worked="Dei frivillige møtte opp til faste tider.",
            did_not_work="Personvernavklaringa tok altfor lang tid.",
        ),
        "absence": make_published(
            session,
            make_need(session, make_unit(session, area=ServiceArea.SCHOOL), **ABSENCE),
            worked="Miljøterapeuten kjente elevene fra før.",
        ),
    }


def found(session: Session, words: str = "", **wanted: object) -> list[int]:
    page = queries.list_published(session, LessonFilter(words=words, **wanted), 1)  # type: ignore[arg-type]  # filters of many types
    return [pairing.id for pairing in page.rows]


# ---------------------------------------------------------------- searching


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("frivillig", "lonely"),  # another form of a word of the lesson
        ("personvern", "lonely"),  # part of a compound, and nynorsk
        ("ensomhet", "lonely"),  # bokmål, of a nynorsk need
        ("hjemmetjenesten", "lonely"),
        ("miljøterapeuter", "absence"),
        ("fravær", "absence"),
        ("ungdommer som ikke går på skolen", "absence"),
    ],
)
def test_a_case_is_found_in_either_written_form(
    session: Session, cases: dict[str, Pairing], words: str, name: str
) -> None:
    assert found(session, words)[:1] == [cases[name].id]


@pytest.mark.usefixtures("cases")
def test_what_nobody_wrote_is_not_found(session: Session) -> None:
    assert found(session, "romferd") == []


def test_a_case_is_found_once_though_both_sides_say_the_same(
    session: Session, cases: dict[str, Pairing]
) -> None:
    assert sorted(found(session, "møtedager innkjøp")) == sorted(
        {pairing.id for pairing in cases.values()}
    )


def test_a_case_is_found_as_soon_as_it_is_closed(session: Session) -> None:
    cast = make_cast(session)
    pairing = decided(cast)
    write_both(cast, pairing)
    assert found(session, "møtedager") == []

    close(cast, "leader", pairing)

    assert found(session, "møtedager") == [pairing.id]


# ---------------------------------------------------------------- the list


def test_the_list_is_narrowed(session: Session, cases: dict[str, Pairing]) -> None:
    lonely, absence = cases["lonely"].id, cases["absence"].id

    assert sorted(found(session)) == sorted([lonely, absence])
    assert found(session, area=ServiceArea.SCHOOL) == [absence]
    assert found(session, outcome=Outcome.BOUGHT) == [lonely]
    assert found(session, language=Language.NYNORSK) == [lonely]
    assert found(session, language=Language.ENGLISH) == []
    assert found(session, "elever", outcome=Outcome.BOUGHT) == []


def test_only_published_lessons_are_listed(session: Session) -> None:
    cast = make_cast(session)
    pairing = decided(cast)
    write(cast, "member", pairing, Side.UNIT)

    assert found(session) == []
    with pytest.raises(NotFound):
        queries.get_published(session, pairing.id)


def test_the_words_of_the_unit_come_first(session: Session, cases: dict[str, Pairing]) -> None:
    case = queries.get_published(session, cases["lonely"].id)

    assert [lesson.side for lesson in case.lessons] == [Side.UNIT, Side.ENTREPRENEUR]


# ---------------------------------------------------------------- like needs


def test_a_need_being_written_is_shown_what_others_learned(
    session: Session, cases: dict[str, Pairing]
) -> None:
    draft = make_need(
        session,
        state=NeedState.DRAFT,
        title="Eldre uten selskap",
        problem="Mange eldre som bor alene, er ensomme og treffer få mennesker.",
        target_group="Hjemmeboende eldre",
        wanted_effect="Færre er ensomme.",
    )

    assert like(session, draft) == [cases["lonely"].id]


def like(session: Session, need: Need) -> list[int]:
    return [case.pairing.id for case in queries.list_like_need(session, need)]


@pytest.mark.usefixtures("cases")
def test_a_need_like_no_other_is_shown_nothing(session: Session) -> None:
    empty: dict[str, Any] = {"title": "", "problem": "", "target_group": "", "wanted_effect": ""}

    assert like(session, make_need(session, **WATER)) == []
    assert like(session, make_need(session, state=NeedState.DRAFT, **empty)) == []


def test_no_more_are_shown_than_fit(session: Session) -> None:
    for _ in range(5):
        make_published(session, make_need(session, **ABSENCE))

    near = like(session, make_need(session, **ABSENCE))

    assert len(near) == len(set(near)) == queries.SHOWN_BESIDE


def test_the_number_of_queries_does_not_grow_with_the_cases(session: Session) -> None:
    need = make_need(session, **ABSENCE)
    counts = []
    for _ in range(2):
        for _ in range(3):
            make_published(session, make_need(session, **ABSENCE))
        like(session, need)
        session.expire_all()
        with count_queries(session) as counter:
            like(session, need)
        counts.append(counter.count)
    assert counts[0] == counts[1]


def test_a_published_lesson_belongs_to_a_closed_case(session: Session) -> None:
    pairing = make_published(session)

    assert pairing.state is PairingState.CLOSED
    assert session.query(Lesson).count() == 2
