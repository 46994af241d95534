"""Published lessons: open to everyone, without names, and shown where they are of use."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import Language
from marketplace.core.outbox import OutboxMessage
from marketplace.lessons.states import LessonTopic, Outcome
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings.models import Pairing
from marketplace.ui.messages import put_in_words
from tests.domain.lesson_cast import bought, close, make_published, stopped, write_both
from tests.domain.pairing_cast import Cast
from tests.factories import make_concept, make_interest, make_need
from tests.queries import count_queries
from tests.web.client import Browser, links

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def closed(cast: Cast) -> Pairing:
    """Everybody in it has a name that no other text has in it."""
    for number, person in enumerate(cast.people.values()):
        person.name = f"Zakarias{number} Navnesen{number}"
    pairing = stopped(cast, "unit", "entrepreneur")
    make_interest(cast.session, pairing.need, make_concept(cast.session))
    write_both(cast, pairing)
    close(cast, "leader", pairing, reason="Zakarias0 vil ikke mer.")
    return pairing


# ---------------------------------------------------------------- one case


def test_anybody_reads_what_both_sides_learned(
    cast: Cast, closed: Pairing, browser: Browser
) -> None:
    page = browser.get(f"/lessons/{closed.id}")

    assert page.status == 200
    assert cast.concept.title in page.heading
    for words in (
        f"Behovet var: {cast.need.title}",
        "Det tjenesteenheten lærte",
        "Det entreprenøren lærte",
        "Faste møtedager virket.",
        cast.unit.name,
        cast.concept.organisation.name,
        "Stoppet underveis",
    ):
        assert words in page.text
    assert f"/needs/{cast.need.id}" in links(page)


def test_the_public_pages_show_no_names(closed: Pairing, browser: Browser) -> None:
    for path in ("/lessons", f"/lessons/{closed.id}", f"/needs/{closed.need_id}"):
        page = browser.get(path)
        assert page.status == 200
        assert "Zakarias" not in page.response.text
        assert "Navnesen" not in page.response.text
        assert "@kommune.example" not in page.response.text


def test_how_a_purchase_went_is_told(cast: Cast, browser: Browser) -> None:
    pairing = bought(cast)
    write_both(cast, pairing)
    close(cast, "leader", pairing)

    page = browser.get(f"/lessons/{pairing.id}")

    assert "Førte til kjøp" in page.text
    assert "ble stoppet" not in page.text


def test_what_is_not_published_is_not_found(cast: Cast, browser: Browser) -> None:
    pairing = stopped(cast, "unit", "entrepreneur")
    write_both(cast, pairing)

    assert browser.get(f"/lessons/{pairing.id}").status == 404
    assert browser.get("/lessons/999999").status == 404
    assert "Ingen læringspunkter er publisert ennå" in browser.get("/lessons").text


def test_who_follows_the_need_is_led_to_the_public_page(
    app: Flask, session: Session, closed: Pairing
) -> None:
    topic = OutboxMessage.topic == str(LessonTopic.PUBLISHED)
    message = session.scalars(select(OutboxMessage).where(topic)).first()
    assert message is not None
    with app.test_request_context():
        shown = put_in_words(message.topic, message.payload, message.subject_id)
    assert shown.path == f"/lessons/{closed.id}"


# ---------------------------------------------------------------- the list


def test_the_list_is_searched_and_narrowed(session: Session, browser: Browser) -> None:
    absence = make_need(session, title="Skolefravær", problem="Elever er borte fra skolen.")
    wanted = make_published(session, absence, Outcome.BOUGHT)
    other = make_published(session, make_need(session, language=Language.NYNORSK))

    everything = browser.get("/lessons")
    assert "2 saker" in everything.text
    found = browser.get("/lessons?q=elevene")
    assert f"/lessons/{wanted.id}" in links(found)
    assert f"/lessons/{other.id}" not in links(found)
    for query in ("outcome=bought", "language=nb", "q=elevene&outcome=bought"):
        page = browser.get(f"/lessons?{query}")
        assert f"/lessons/{wanted.id}" in links(page)
    nynorsk = browser.get("/lessons?language=nn")
    assert f"/lessons/{other.id}" in links(nynorsk)
    assert nynorsk.soup.select_one('#language option[value="nn"][selected]')


def test_a_search_without_result_offers_the_whole_list(session: Session, browser: Browser) -> None:
    make_published(session)

    page = browser.get("/lessons?q=romferd")

    assert "Ingen læringspunkter passer" in page.text
    assert "/lessons" in links(page)
    assert page.soup.select_one("#q[value=romferd]")


@pytest.mark.parametrize(
    "query", ["outcome=tull", "area=tull", "page=0", "page=999", "page=x", "q=%25%00", "language=x"]
)
def test_a_strange_address_still_gives_a_list(
    session: Session, browser: Browser, query: str
) -> None:
    make_published(session)

    assert browser.get(f"/lessons?{query}").status == 200


def test_the_menu_leads_to_the_list(browser: Browser) -> None:
    page = browser.get("/lessons")

    assert page.soup.select_one('header a[href="/lessons"][aria-current="page"]')


def test_the_number_of_queries_does_not_grow_with_the_rows(
    session: Session, browser: Browser
) -> None:
    def statements(path: str) -> int:
        session.expire_all()
        with count_queries(session) as counter:
            assert browser.get(path).status == 200
        return counter.count

    counts = []
    for _ in range(2):
        for _ in range(4):
            make_published(session)
        browser.get("/lessons?q=eldre")
        counts.append((statements("/lessons"), statements("/lessons?q=eldre")))
    assert counts[0] == counts[1]


# ---------------------------------------------------------------- beside needs


def draft(session: Session, cast: Cast, **text: str) -> Need:
    return make_need(
        session,
        cast.unit,
        NeedState.DRAFT,
        author=cast.person("member"),
        leader=cast.person("leader"),
        **text,
    )


def test_whoever_writes_a_need_sees_what_others_learned(
    session: Session, cast: Cast, signed_in: SignedIn
) -> None:
    published = make_published(session)
    need = draft(session, cast)
    browser = signed_in(cast.person("member"))

    for path in (f"/needs/{need.id}/edit/1", f"/needs/{need.id}/aside"):
        page = browser.get(path)
        assert "Dette har andre lært" in page.text
        link = page.soup.select_one(f'a[href="/lessons/{published.id}"]')
        assert link is not None


def test_beside_an_empty_form_it_says_what_will_come(
    session: Session, cast: Cast, signed_in: SignedIn
) -> None:
    make_published(session)
    nothing = dict.fromkeys(("title", "problem", "target_group", "wanted_effect"), "")
    need = draft(session, cast, **nothing)

    page = signed_in(cast.person("member")).get(f"/needs/{need.id}/edit/1")

    assert "Når du har beskrevet problemet, ser du her hva andre har lært" in page.text
    assert page.soup.select_one('#beside a[href="/lessons"]')


def test_the_page_of_a_need_shows_lessons_of_its_likes_to_everyone(
    session: Session, browser: Browser
) -> None:
    published = make_published(session)
    like = make_need(session)

    page = browser.get(f"/needs/{like.id}")
    assert "Læring fra behov som ligner" in page.text
    assert f"/lessons/{published.id}" in links(page)
    assert "Prøvd ut for dette behovet" not in page.text

    own = browser.get(f"/needs/{published.need_id}")
    assert "Prøvd ut for dette behovet" in own.text


def test_the_page_of_a_need_like_no_other_shows_none(session: Session, browser: Browser) -> None:
    make_published(session)
    water = make_need(
        session,
        title="Overvann i gatene",
        problem="Regn fyller kjellere fordi asfalten ikke slipper vannet ned.",
        target_group="Gater",
        wanted_effect="Tørre kjellere.",
    )

    assert "Læring fra behov" not in browser.get(f"/needs/{water.id}").text
