"""Interests in the browser: answering a need point by point."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationState
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.clock import now, today
from marketplace.interests.models import Interest
from marketplace.interests.policies import READERS
from marketplace.interests.states import InterestState
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings.states import PairingState, Side
from tests.factories import (
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_pairing,
)
from tests.web.client import Browser, error_points

SignedIn = Callable[[Person], Browser]

ANSWERS: dict[str, Any] = {
    "meets_problem": "Vi kommer hjem til dem.",
    "meets_target_group": "Alle er over 80.",
    "meets_effect": "Vi spør før og etter.",
    "needs_from_unit": "En som kjenner dem.",
}
BUTTON = 'main a[href$="/interests/new"]'


def due(session: Session, days: int) -> Need:
    day = today() + timedelta(days=days)
    return make_need(session, questions_close_on=day, interests_close_on=day)


def withdrawn(session: Session, **values: Any) -> Interest:
    values |= {"withdrawn_at": now(), "withdrawal_reason": "Vi rekker det ikke."}
    return make_interest(session, state=InterestState.WITHDRAWN, **values)


def registered(session: Session) -> int:
    return session.scalar(select(func.count(Interest.id))) or 0


# ---------------------------------------------------------------- answering


def test_a_need_is_answered_point_by_point(signed_in: SignedIn, session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    browser = signed_in(concept.author)
    page = browser.get(f"/needs/{need.id}/interests/new?concept={concept.id}")
    assert page.heading == "Meld interesse"
    for point, quoted in {
        "meets_problem": need.problem,
        "meets_target_group": need.target_group,
        "meets_effect": need.wanted_effect,
        "needs_from_unit": need.contribution,
    }.items():
        section = page.form().select_one(f'section:has([name="{point}"])')
        assert section is not None
        assert quoted in section.get_text()
        assert section.select_one(f'label[for="{point}"]')
    done = browser.submit(page, **ANSWERS)
    assert "Interessen er meldt." in browser.follow(done).text
    interest = session.scalars(select(Interest)).one()
    assert "Interessen ble meldt" in browser.get(f"/interests/{interest.id}").text
    assert (interest.need_id, interest.concept_id) == (need.id, concept.id)
    assert {name: getattr(interest, name) for name in ANSWERS} == ANSWERS


def test_every_point_is_asked_for_and_what_was_typed_is_kept(
    signed_in: SignedIn, session: Session
) -> None:
    need, concept = make_need(session), make_concept(session)
    browser = signed_in(concept.author)
    page = browser.get(f"/needs/{need.id}/interests/new?concept={concept.id}")
    answered = browser.submit(page, meets_problem="Vi kommer hjem til dem.")
    assert answered.refused
    assert len(error_points(answered)) == 3
    kept = answered.form().select_one('[name="meets_problem"]')
    assert kept is not None
    assert kept.get_text(strip=True) == "Vi kommer hjem til dem."
    assert registered(session) == 0


def test_with_several_concepts_one_chooses_and_sees_what_is_registered(
    signed_in: SignedIn, session: Session
) -> None:
    need, first = make_need(session), make_concept(session, title="Første")
    second = make_concept(session, first.organisation, title="Andre")
    make_concept(session, first.organisation, title="Utkastet", state=ConceptState.DRAFT)
    make_concept(session, title="De andres")
    interest = make_interest(session, need, first)
    page = signed_in(second.author).get(f"/needs/{need.id}/interests/new")
    assert page.heading == "Velg konsept"
    cards = page.soup.select("main .cards li")
    assert [card.find("h2").get_text() for card in cards] == ["Andre", "Første"]  # type: ignore[union-attr]  # every card has one
    assert cards[0].select_one(f'a[href="/needs/{need.id}/interests/new?concept={second.id}"]')
    assert "Allerede meldt" in cards[1].get_text()
    assert cards[1].select_one(f'a[href="/interests/{interest.id}"]')


def test_the_only_concept_needs_no_choosing(signed_in: SignedIn, session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    browser, path = signed_in(concept.author), f"/needs/{need.id}/interests/new"
    page = browser.get(path)
    assert page.heading == "Meld interesse"
    assert "Velg et annet konsept" not in page.text
    make_concept(session, concept.organisation)
    assert "Velg et annet konsept" in browser.get(f"{path}?concept={concept.id}").text


def test_who_reads_the_answer_is_told_before_it_is_written(
    signed_in: SignedIn, session: Session
) -> None:
    need, concept = make_need(session), make_concept(session)
    page = signed_in(concept.author).get(f"/needs/{need.id}/interests/new")
    told = (
        "Bare enheten, koordinatorene, innkjøpsrådgiverne og entreprenøren selv"
        " kan lese det du skriver."
    )
    assert told in page.text
    assert set(READERS) == {Role.COORDINATOR, Role.PROCUREMENT_ADVISER}


def test_who_has_answered_with_every_concept_is_not_asked_again(
    signed_in: SignedIn, session: Session
) -> None:
    need, concept = make_need(session), make_concept(session)
    browser, path = signed_in(concept.author), f"/needs/{need.id}"
    assert browser.get(path).soup.select(BUTTON)

    interest = make_interest(session, need, concept)
    page = browser.get(path)
    assert not page.soup.select(BUTTON)
    links = page.soup.select(f'main a[href="/interests/{interest.id}"]')
    assert "Dere har meldt interesse" in [link.get_text(strip=True) for link in links]

    make_concept(session, concept.organisation)
    assert browser.get(path).soup.select(BUTTON)


def test_without_a_published_concept_one_is_told_what_to_do(
    signed_in: SignedIn, session: Session
) -> None:
    need, concept = make_need(session), make_concept(session, state=ConceptState.DRAFT)
    page = signed_in(concept.author).get(f"/needs/{need.id}/interests/new")
    assert page.soup.select_one('main .empty-state a[href="/concepts"]')


def refused(browser: Browser, need: Need, concept_id: int, status: int, text: str) -> None:
    """Neither shown the form nor let through without it."""
    path = f"/needs/{need.id}/interests/new?concept={concept_id}"
    opened, sent = browser.get(path), browser.post(path, ANSWERS)
    assert opened.status == status
    assert sent.refused if status == 409 else sent.status == status
    assert all(text in page.text for page in (opened, sent))


@pytest.mark.parametrize(
    ("days", "state", "text"),
    [
        (-1, NeedState.PUBLISHED, "Fristen for å melde interesse er gått ut."),
        (10, NeedState.CLOSED, "ikke åpent for interesser"),
    ],
)
def test_a_need_that_is_not_open_says_so(
    signed_in: SignedIn, session: Session, days: int, state: NeedState, text: str
) -> None:
    day = today() + timedelta(days=days)
    need = make_need(session, state=state, questions_close_on=day, interests_close_on=day)
    concept = make_concept(session)
    browser = signed_in(concept.author)
    refused(browser, need, concept.id, 409, text)
    assert browser.get(f"/needs/{need.id}/interests/choose").status == 409
    assert registered(session) == 0


def test_a_need_that_is_not_public_is_not_there(signed_in: SignedIn, session: Session) -> None:
    need, concept = make_need(session, state=NeedState.DRAFT), make_concept(session)
    refused(signed_in(concept.author), need, concept.id, 404, "finner ikke siden")


def test_the_concepts_of_others_are_not_there(signed_in: SignedIn, session: Session) -> None:
    need, rival = make_need(session), make_concept(session)
    refused(signed_in(make_concept(session).author), need, rival.id, 404, "finner ikke siden")
    assert registered(session) == 0


def test_an_unpublished_concept_an_unapproved_organisation_and_a_second_time_are_refused(
    signed_in: SignedIn, session: Session
) -> None:
    need = make_need(session)
    draft = make_concept(session, state=ConceptState.DRAFT)
    refused(signed_in(draft.author), need, draft.id, 409, "må være publisert")
    pending = make_entrepreneur(session, state=OrganisationState.PENDING)
    concept = make_concept(session, pending)
    refused(signed_in(concept.author), need, concept.id, 409, "godkjent")
    interest = make_interest(session, need)
    refused(signed_in(interest.concept.author), need, interest.concept_id, 409, "allerede meldt")
    assert registered(session) == 1


@pytest.mark.parametrize("role", [Role.UNIT_LEADER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_only_entrepreneurs_answer(signed_in: SignedIn, session: Session, role: Role) -> None:
    need, concept = make_need(session), make_concept(session)
    places: dict[Role, Any] = {
        Role.UNIT_LEADER: need.unit,
        Role.COORDINATOR: need.unit.organisation,
    }
    browser = signed_in(make_member(session, role, places.get(role)))
    refused(browser, need, concept.id, 403, "entreprenør")


# ---------------------------------------------------------------- one's own interests


def test_the_list_says_what_happens_next(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    concept = interest.concept
    closed = make_need(session, state=NeedState.CLOSED)
    make_interest(session, closed, concept)
    make_interest(session, due(session, -1), concept)
    withdrawn(session, need=due(session, -1), concept=concept)
    make_interest(session)
    page = signed_in(concept.author).get("/interests")
    cards = page.soup.select("main .cards li")
    lines = [card.select("dd")[-1].get_text(strip=True) for card in cards]
    ended = f"{closed.unit.name} avsluttet behovet 14.09.2026: Vi fant ingen som passet."
    ended += " Ingen konsepter passet."
    assert lines == [
        "Ingenting mer skjer med denne interessen.",
        "Fristen er gått ut. Enheten vurderer svarene og kan foreslå en kobling.",
        ended,
        "Enheten leser svaret. Dere kan endre det til og med 12.10.2026.",
    ]


def test_an_empty_list_leads_to_the_needs(signed_in: SignedIn, session: Session) -> None:
    page = signed_in(make_concept(session).author).get("/interests")
    assert page.soup.select_one('main .empty-state a[href="/needs"]')


def test_an_answer_is_changed(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    browser, path = signed_in(interest.concept.author), f"/interests/{interest.id}"
    page = browser.submit(browser.get(f"{path}/edit"), meets_effect="Vi måler hver måned.")
    shown = browser.follow(page)
    assert "Vi måler hver måned." in shown.text
    assert "Svaret ble endret" in shown.text


def test_an_interest_is_withdrawn_with_a_reason(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    browser, path = signed_in(interest.concept.author), f"/interests/{interest.id}"
    form = browser.get(f"{path}/withdraw")
    without = browser.submit(form)
    assert without.refused
    assert error_points(without) == ["Skriv en begrunnelse. Enheten får se den."]
    shown = browser.follow(browser.submit(form, reason="Vi rekker det ikke."))
    assert "Trukket" in shown.text
    assert "Vi rekker det ikke." in shown.text
    assert not shown.soup.select('main a[href$="/withdraw"], main a[href$="/edit"]')
    assert browser.get(f"{path}/withdraw").status == 409
    assert browser.get(f"{path}/edit").status == 409


def test_somebody_else_was_first(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    browser, path = signed_in(interest.concept.author), f"/interests/{interest.id}"
    edit, leave = browser.get(f"{path}/edit"), browser.get(f"{path}/withdraw")
    browser.submit(edit, meets_effect="Først")
    late = browser.submit_from_another_window(edit, meets_effect="Sist")
    assert late.refused
    assert "Noen andre endret dette mens du skrev." in error_points(late)[0]
    assert "Først" in late.text
    assert browser.submit(leave, reason="Sist").refused
    session.expire_all()
    assert session.get_one(Interest, interest.id).meets_effect == "Først"


def test_after_the_deadline_only_withdrawing_is_left(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session, due(session, -1))
    page = signed_in(interest.concept.author).get(f"/interests/{interest.id}")
    assert not page.soup.select('main a[href$="/edit"]')
    assert page.soup.select_one('main a[href$="/withdraw"]')


# ---------------------------------------------------------------- what became of it


NOES: dict[str, tuple[dict[str, Any], str]] = {
    "the coordinator": (
        {"state": PairingState.DECLINED},
        "Avslått av koordinator 14.09.2026. Kommunen har ikke kapasitet nå. Fullt i år.",
    ),
    "the unit": (
        {"state": PairingState.WITHDRAWN, "proposed_by_side": Side.ENTREPRENEUR},
        "Enheten sa nei til koblingen 14.09.2026. Vi fant en annen vei.",
    ),
    "oneself": (
        {"state": PairingState.WITHDRAWN, "withdrawn_by_side": Side.ENTREPRENEUR},
        "Entreprenøren sa nei til koblingen 14.09.2026. Vi fant en annen vei.",
    ),
}


@pytest.mark.parametrize("who", NOES)
@pytest.mark.parametrize("page", ["/interests", "/interests/{}"])
def test_after_a_no_it_says_who_when_and_why(
    signed_in: SignedIn, session: Session, who: str, page: str
) -> None:
    values, said = NOES[who]
    interest = make_interest(session)
    make_pairing(session, interest.need, interest.concept, interest=interest, **values)

    shown = signed_in(interest.concept.author).get(page.format(interest.id))

    assert said in shown.text
    assert "kan foreslå en kobling" not in shown.text


def test_an_answer_given_anew_has_heard_no_no_yet(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    before = now() - timedelta(days=1)
    make_pairing(
        session, interest.need, interest.concept, PairingState.DECLINED, proposed_at=before
    )

    page = signed_in(interest.concept.author).get(f"/interests/{interest.id}")

    assert "Avslått" not in page.text


def test_after_a_coordinators_no_neither_side_is_offered_to_propose(
    signed_in: SignedIn, session: Session
) -> None:
    interest = make_interest(session)
    need, concept = interest.need, interest.concept
    unit = make_member(session, Role.UNIT_MEMBER, need.unit)
    coordinator = make_member(session, Role.COORDINATOR, need.unit.organisation)
    propose = f'main a[href*="/pairings/new?need={need.id}"]'
    for person in (unit, concept.author):
        assert signed_in(person).get(f"/interests/{interest.id}").soup.select_one(propose)

    make_pairing(session, need, concept, PairingState.DECLINED)

    for person in (unit, concept.author):
        assert not signed_in(person).get(f"/interests/{interest.id}").soup.select_one(propose)
    assert signed_in(coordinator).get(f"/interests/{interest.id}").soup.select_one(propose)


def test_a_need_that_closed_says_who_closed_it_when_and_why(
    signed_in: SignedIn, session: Session
) -> None:
    interest = make_interest(session, make_need(session, state=NeedState.CLOSED))
    need = interest.need

    page = signed_in(interest.concept.author).get("/interests")

    assert f"{need.unit.name} avsluttet behovet 14.09.2026: " in page.text
    assert str(need.closing_reason) in page.text


# ---------------------------------------------------------------- the unit says no


def test_a_unit_says_no_and_the_entrepreneur_reads_who_and_why(
    signed_in: SignedIn, session: Session
) -> None:
    interest = make_interest(session)
    need, path = interest.need, f"/interests/{interest.id}"
    unit = signed_in(need.author)
    assert unit.get(path).soup.select_one(f'main a[href="{path}/decline"]')
    form = unit.get(f"{path}/decline")
    assert form.heading == "Si nei til interessen"
    assert unit.submit(form, reason=" ").refused
    done = unit.submit(unit.get(f"{path}/decline"), reason="Vi trenger noe på kveldstid.")
    assert "Dere har sagt nei." in unit.follow(done).text
    assert not unit.get(path).soup.select(f'main a[href="{path}/decline"]')
    assert "Enheten sa nei" in unit.get(f"/needs/{need.id}").text

    page = signed_in(interest.concept.author).get(path)
    for said in (need.author.name, need.unit.name, "Vi trenger noe på kveldstid."):
        assert said in page.text
    assert "Er noe nytt, kan dere svare på nytt" in page.text
    assert "Trekk interessen" not in page.text


def test_only_the_unit_gets_the_page_to_say_no(signed_in: SignedIn, session: Session) -> None:
    interest = make_interest(session)
    path = f"/interests/{interest.id}/decline"
    coordinator = make_member(session, Role.COORDINATOR, interest.need.unit.organisation)
    assert signed_in(coordinator).get(path).status == 403
    assert signed_in(interest.concept.author).get(path).status == 403
    assert signed_in(make_need(session).author).get(path).status == 404


def test_neither_side_is_offered_what_an_open_pairing_refuses(
    signed_in: SignedIn, session: Session
) -> None:
    interest = make_interest(session)
    make_pairing(session, interest.need, interest.concept)
    path = f"/interests/{interest.id}"
    assert not signed_in(interest.need.author).get(path).soup.select('a[href$="/decline"]')
    assert not signed_in(interest.concept.author).get(path).soup.select('a[href$="/withdraw"]')
