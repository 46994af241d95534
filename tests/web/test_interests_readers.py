"""Who sees an interest, and what the page of a need shows of interests."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState
from marketplace.needs.recipients import followers
from tests.factories import (
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_organisation,
)
from tests.queries import count_queries
from tests.web.client import Browser
from tests.web.test_interests import ANSWERS, BUTTON, due

SignedIn = Callable[[Person], Browser]


def everybody(session: Session, interest: Interest) -> dict[str, Person]:
    need, concept = interest.need, interest.concept
    municipality, elsewhere = need.unit.organisation, make_need(session)
    return {
        "owner": concept.author,
        "colleague": make_member(session, Role.ENTREPRENEUR, concept.organisation),
        "author": need.author,
        "leader": make_member(session, Role.UNIT_LEADER, need.unit),
        "coordinator": make_member(session, Role.COORDINATOR, municipality),
        "adviser": make_member(session, Role.PROCUREMENT_ADVISER, municipality),
        "rival": make_concept(session).author,
        "other unit": elsewhere.author,
        "leadership": make_member(session, Role.LEADERSHIP, municipality),
        "partner": make_member(session, Role.PARTNER, make_organisation(session)),
        "administrator": make_member(session, Role.ADMINISTRATOR),
    }


OWNERS = {"owner", "colleague"}
RECEIVERS = {"author", "leader", "coordinator", "adviser"}


def test_who_sees_the_page_of_an_interest(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    for who, person in everybody(session, interest).items():
        page = signed_in(person).get(f"/interests/{interest.id}")
        assert page.status == (200 if who in OWNERS | RECEIVERS else 404), who
        writes = bool(page.soup.select('main a[href$="/withdraw"], main a[href$="/edit"]'))
        assert writes is (who in OWNERS), who


def test_nobody_else_changes_or_withdraws(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    for who, person in everybody(session, interest).items():
        if who in OWNERS:
            continue
        expected = 404 if who == "rival" else 403
        browser = signed_in(person)
        for move in ("edit", "withdraw"):
            path = f"/interests/{interest.id}/{move}"
            sent = ANSWERS | {"reason": "Nei.", "version": interest.version}
            assert browser.get(path).status == browser.post(path, sent).status == expected, who
    assert session.get_one(Interest, interest.id).state is InterestState.REGISTERED


def test_the_public_is_asked_to_sign_in(browser: Browser, session: Session) -> None:
    interest = make_interest(session)
    for number in (interest.id, 999999):
        assert browser.get(f"/interests/{number}").status == 302


def test_what_a_needs_page_shows_of_interests(
    signed_in: SignedIn, browser: Browser, session: Session
) -> None:
    interest = make_interest(session)
    need = interest.need
    people = everybody(session, interest)
    pages = {who: signed_in(person).get(f"/needs/{need.id}") for who, person in people.items()}
    pages["public"] = browser.get(f"/needs/{need.id}")
    for who, page in pages.items():
        link = page.soup.select(f'main a[href="/interests/{interest.id}"]')
        assert bool(link) is (who in OWNERS | RECEIVERS), who
        assert (interest.meets_problem in page.text) is (who in OWNERS | RECEIVERS), who
        assert ("Meldte interesser" in page.text) is (who in RECEIVERS), who
        assert bool(page.soup.select(BUTTON)) is (who == "rival"), who
        assert ("Dere har meldt interesse" in page.text) is (who in OWNERS), who


def test_a_unit_without_interests_is_told_what_comes(signed_in: SignedIn, session: Session) -> None:
    need = make_need(session)
    page = signed_in(need.author).get(f"/needs/{need.id}")
    assert "Ingen har meldt interesse ennå" in page.text
    rival = signed_in(make_concept(session).author).get(f"/needs/{need.id}")
    assert "Ingen har meldt interesse ennå" not in rival.text


def test_the_needs_page_says_when_it_is_too_late(signed_in: SignedIn, session: Session) -> None:
    concept = make_concept(session)
    page = signed_in(concept.author).get(f"/needs/{due(session, -1).id}")
    assert "Fristen for å melde interesse gikk ut 13.09.2026." in page.text
    assert not page.soup.select(BUTTON)
    on_the_day = signed_in(concept.author).get(f"/needs/{due(session, 0).id}")
    assert on_the_day.soup.select(BUTTON)


def test_without_a_concept_the_needs_page_says_what_to_do(
    signed_in: SignedIn, session: Session
) -> None:
    person = make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session))
    page = signed_in(person).get(f"/needs/{make_need(session).id}")
    assert "Publiser et konsept først" in page.text
    assert not page.soup.select(BUTTON)


def test_queries_do_not_grow_with_the_interests(signed_in: SignedIn, session: Session) -> None:
    need, organisation = make_need(session), make_entrepreneur(session)
    person = make_member(session, Role.ENTREPRENEUR, organisation)
    owner, unit, counts = signed_in(person), signed_in(need.author), []
    for more in (1, 3, 9):
        for _ in range(more):
            make_interest(session, need, make_concept(session, organisation))
        numbers = []
        for browser, path in (
            (owner, "/interests"),
            (owner, f"/needs/{need.id}/interests/new"),
            (unit, f"/needs/{need.id}"),
        ):
            with count_queries(session) as counter:
                assert browser.get(path).status == 200
            numbers.append(counter.count)
        counts.append(numbers)
    # What is the same for all is kept meanwhile, so that it may be fewer.
    first, *later = counts
    assert all(more <= few for each in later for few, more in zip(first, each, strict=True))


def test_who_answered_follows_the_need(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    signed_in(interest.concept.author)
    assert interest.concept.author_id in followers(session, interest.need)


def test_what_people_type_is_escaped(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session, meets_problem="<script>x()</script>")
    page = signed_in(interest.need.author).get(f"/interests/{interest.id}")
    assert "<script>x()</script>" in page.text
    assert page.soup.select_one("main script") is None
