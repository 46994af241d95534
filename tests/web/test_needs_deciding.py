"""Endorsing, sending in, reviewing, publishing, adding to and closing needs in the browser."""

from collections.abc import Callable

import pytest
from bs4 import Tag
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.needs.states import NeedOutcome, NeedState
from tests.factories import grant_role, make_member, make_need, make_organisation
from tests.needs import Cast
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]


def test_a_need_goes_from_draft_to_published(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.DRAFT)
    page = f"/needs/{need.id}"
    member, leader = signed_in(people.member), signed_in(people.leader)
    coordinator = signed_in(people.coordinator)

    assert member.submit(member.get(page), f"{page}/submit").status == 302
    assert leader.submit(leader.get(page), f"{page}/endorse").status == 302
    queue = coordinator.get("/needs/review")
    assert queue.soup.select_one(f'main a[href="{page}/review"]') is not None
    sent = coordinator.submit(
        coordinator.get(f"{page}/review"), f"{page}/ask-for-changes", reason="Skriv mer."
    )
    assert sent.status == 302
    session.refresh(need)
    assert (need.state, need.review_comment) == (NeedState.NEEDS_CHANGES, "Skriv mer.")
    assert "Skriv mer." in member.get(page).text

    member.submit(member.get(page), f"{page}/submit")
    published = coordinator.submit(coordinator.get(f"{page}/review"), f"{page}/publish")
    assert published.status == 302
    session.refresh(need)
    assert need.state is NeedState.PUBLISHED


def panel(page: PageView) -> Tag:
    found = page.soup.select_one("section[aria-labelledby=submit-title]")
    assert found is not None
    return found


def test_who_sends_in_sees_what_the_coordinator_will_miss(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.DRAFT, tried="", estimated_value=None)
    shown = panel(signed_in(people.member).get(f"/needs/{need.id}"))
    lines = [line.get_text(" ", strip=True) for line in shown.select(".checklist .missing")]
    assert lines == [
        "Skriv hva dere har prøvd (mangler)",
        "Anslå hva det kan koste (mangler)",
        "Få behovet godkjent av enhetsleder (mangler)",
    ]
    assert [str(a["href"]) for a in shown.select(".checklist a")] == [
        f"/needs/{need.id}/edit/2",
        f"/needs/{need.id}/edit/4",
    ]
    assert "Koordinatoren ser den samme lista." in shown.get_text()
    session.refresh(need)
    browser = signed_in(people.member)
    browser.submit(browser.get(f"/needs/{need.id}"), f"/needs/{need.id}/submit")
    review = signed_in(people.coordinator).get(f"/needs/{need.id}/review")
    same = [p.get_text(" ", strip=True) for p in review.soup.select("aside .checklist .missing")]
    assert same == lines


def test_a_leader_asked_to_endorse_sees_what_is_missing_but_for_the_endorsement(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    unsaid = {"endorsed_by": None, "endorsed_at": None}
    need = people.need(session, NeedState.IN_REVIEW, tried="", estimated_value=None, **unsaid)
    shown = signed_in(people.leader).get(f"/needs/{need.id}").soup
    asked = shown.select("section[aria-labelledby=endorse-title] .checklist .missing")
    assert [line.get_text(" ", strip=True) for line in asked] == [
        "Skriv hva dere har prøvd (mangler)",
        "Anslå hva det kan koste (mangler)",
    ]


def test_a_need_that_nobody_could_judge_has_no_button_and_is_refused_in_words(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.DRAFT, problem="")
    browser = signed_in(people.member)
    page = browser.get(f"/needs/{need.id}")
    assert not page.has_form(f"/needs/{need.id}/submit")
    assert "Du kan sende behovet når dette er rettet:" in page.text
    came_from, data = {"Referer": f"http://localhost{page.address}"}, {"version": need.version}
    forced = browser.post(f"/needs/{need.id}/submit", data, headers=came_from)
    assert (forced.status, forced.location) == (303, f"/needs/{need.id}")
    alert = browser.follow(forced).soup.select_one("main .ds-alert[role=status]")
    assert alert is not None
    assert alert.get_text(strip=True) == (
        "Behovet kan ikke sendes til vurdering ennå. Dette må dere rette: Beskriv problemet"
    )
    session.refresh(need)
    assert need.state is NeedState.DRAFT


@pytest.mark.parametrize(
    ("tried", "main_way", "other_way"),
    [("", "Skriv videre", "Send til vurdering"), ("Besøk", "Send til vurdering", "Skriv videre")],
)
def test_the_main_button_is_what_comes_next(
    tried: str,
    main_way: str,
    other_way: str,
    signed_in: SignedIn,
    session: Session,
    people: Cast,
) -> None:
    need = people.need(session, NeedState.DRAFT, tried=tried)
    page = signed_in(people.member).get(f"/needs/{need.id}")
    ways = {
        b.get_text(strip=True): b.get("data-variant") for b in page.soup.select("main .ds-button")
    }
    assert ways[main_way] in {None, "primary"}
    assert ways[other_way] == "secondary"


@pytest.mark.parametrize("move", ["publish", "submit", "endorse", "ask-for-changes"])
def test_reloading_the_address_of_a_button_leads_to_the_need(
    move: str, signed_in: SignedIn, browser: Browser, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    for reader in (browser, signed_in(people.coordinator)):
        page = reader.get(f"/needs/{need.id}/{move}")
        assert (page.status, page.location) == (302, f"/needs/{need.id}")
    session.refresh(need)
    assert need.state is NeedState.IN_REVIEW


def test_sending_in_twice_leads_to_the_need_and_says_why(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    browser = signed_in(people.member)
    came_from = {"Referer": f"http://localhost/needs/{need.id}"}
    data = {"version": need.version}
    sent = browser.post(f"/needs/{need.id}/submit", data, headers=came_from)
    assert (sent.status, sent.location) == (303, f"/needs/{need.id}")
    assert "Det går ikke nå, fordi saken har status «Til vurdering»." in browser.follow(sent).text


def test_publishing_too_early_lists_what_is_missing(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW, tried="", endorsed_by=None, endorsed_at=None)
    browser = signed_in(people.coordinator)
    path = f"/needs/{need.id}/review"
    assert not browser.get(path).has_form(f"/needs/{need.id}/publish")
    answer = browser.post(
        f"/needs/{need.id}/publish",
        {"version": need.version},
        headers={"Referer": f"http://localhost{path}"},
    )
    assert answer.location == path
    assert (
        "Behovet kan ikke publiseres ennå. Dette mangler: Skriv hva dere har prøvd."
        " Få behovet godkjent av enhetsleder"
    ) in browser.follow(answer).text
    session.refresh(need)
    assert need.state is NeedState.IN_REVIEW


def test_asking_for_changes_without_a_reason_shows_the_field(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    browser = signed_in(people.coordinator)
    action = f"/needs/{need.id}/ask-for-changes"
    page = browser.submit(browser.get(f"/needs/{need.id}/review"), action, reason=" ")
    assert page.refused
    assert page.soup.select_one("#reason-error") is not None


def test_a_coordinator_is_told_why_they_cannot_publish_their_own(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    grant_role(session, people.author, Role.COORDINATOR, people.unit.organisation)
    session.refresh(people.author)
    need = people.need(session, NeedState.IN_REVIEW)
    browser = signed_in(people.author)
    page = browser.get(f"/needs/{need.id}/review")
    assert not page.has_form(f"/needs/{need.id}/publish")
    assert "Be en annen koordinator" in page.text
    forced = browser.post(f"/needs/{need.id}/publish", {"version": need.version})
    assert forced.status == 403
    session.refresh(need)
    assert need.state is NeedState.IN_REVIEW


def test_a_coordinator_of_another_municipality_does_not_find_the_review(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    stranger = make_member(session, Role.COORDINATOR, make_organisation(session))
    waiting = people.need(session, NeedState.IN_REVIEW)
    published = people.need(session, NeedState.PUBLISHED)
    browser = signed_in(stranger)
    assert browser.get(f"/needs/{waiting.id}/review").status == 404
    assert browser.post(f"/needs/{waiting.id}/publish", {"version": 1}).status == 404
    assert browser.get(f"/needs/{published.id}/review").status == 403
    assert browser.get(f"/needs/{published.id}/close").status == 403


def test_the_review_of_a_need_without_a_title_says_so(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW, title="")
    page = signed_in(people.coordinator).get(f"/needs/{need.id}/review")
    assert page.soup.title is not None
    assert page.soup.title.get_text(strip=True).startswith("Vurder: uten tittel")


@pytest.mark.parametrize("state", [NeedState.PUBLISHED, NeedState.CLOSED, NeedState.NEEDS_CHANGES])
def test_the_review_page_has_no_buttons_when_nothing_waits(
    state: NeedState, signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, state)
    page = signed_in(people.coordinator).get(f"/needs/{need.id}/review")
    assert page.status == 200
    assert page.soup.select("main form[method=post]") == []


@pytest.mark.parametrize("path", ["submit", "endorse", "publish", "close", "ask-for-changes"])
def test_a_stale_page_is_refused_and_nothing_happens(
    path: str, signed_in: SignedIn, session: Session, people: Cast
) -> None:
    grant_role(session, people.member, Role.UNIT_LEADER, people.unit)
    grant_role(session, people.member, Role.COORDINATOR, people.unit.organisation)
    session.refresh(people.member)
    state = {"submit": NeedState.DRAFT, "endorse": NeedState.DRAFT, "close": NeedState.PUBLISHED}
    need = people.need(session, state.get(path, NeedState.IN_REVIEW))
    before = need.state
    data = {"version": need.version + 1, "outcome": "met", "reason": "Fordi."}
    answer = signed_in(people.member).post(f"/needs/{need.id}/{path}", data)
    assert answer.refused if path in {"close", "ask-for-changes"} else answer.status == 409
    session.refresh(need)
    assert (need.state, need.endorsed_at is None) == (before, path in {"submit", "endorse"})


def test_a_member_adds_to_a_published_need(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    browser = signed_in(people.member)
    form = browser.get(f"/needs/{need.id}/addendum")
    assert browser.submit(form, text="").refused
    assert browser.submit(form, text="Nå er de 50.").status == 302
    assert "Nå er de 50." in browser.get(f"/needs/{need.id}").text


def test_a_leader_closes_with_outcome_and_reason_for_all_to_read(
    signed_in: SignedIn, browser: Browser, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.PUBLISHED)
    leader = signed_in(people.leader)
    form = leader.get(f"/needs/{need.id}/close")
    empty = leader.submit(form)
    assert empty.refused
    assert {"outcome-error", "reason-error"} <= {str(e["id"]) for e in empty.soup.select("[id]")}
    assert leader.submit(form, outcome="no_match", reason="Ingen passet.").status == 302
    session.refresh(need)
    assert (need.state, need.outcome) == (NeedState.CLOSED, NeedOutcome.NO_MATCH)
    text = browser.get(f"/needs/{need.id}").text
    assert "Vi fant ingen som passet" in text
    assert "Ingen passet." in text


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("close", NeedState.DRAFT),
        ("addendum", NeedState.DRAFT),
        ("refuse", NeedState.DRAFT),
        ("take-back", NeedState.PUBLISHED),
    ],
)
def test_forms_that_could_not_be_sent_do_not_open(
    path: str, state: NeedState, signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, state)
    assert signed_in(people.leader).get(f"/needs/{need.id}/{path}").status == 409


def test_a_leader_says_no_and_the_author_reads_why_where_they_write(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    leader, path = signed_in(people.leader), f"/needs/{need.id}"
    assert leader.submit(leader.get(f"{path}/refuse"), reason=" ").refused
    done = leader.submit(leader.get(f"{path}/refuse"), reason="Vi har ikke folk til det.")
    assert "Du har sagt nei." in leader.follow(done).text
    for page in (path, f"{path}/edit/1"):
        text = signed_in(people.author).get(page).text
        assert "Enhetslederen sa nei" in text
        assert "Vi har ikke folk til det." in text
        assert people.leader.name in text


def test_an_author_takes_a_need_back_and_writes_on(
    signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    author, path = signed_in(people.author), f"/needs/{need.id}"
    done = author.submit(author.get(f"{path}/take-back"), reason="Vi glemte tallene.")
    assert "Behovet er tatt tilbake." in author.follow(done).text
    assert author.get(f"{path}/edit/1").status == 200
    coordinator = signed_in(people.coordinator)
    assert coordinator.get("/needs/review").soup.select(f'a[href="{path}/review"]') == []


@pytest.mark.parametrize(
    ("who", "page", "status"),
    [("member", "refuse", 403), ("coordinator", "refuse", 403), ("coordinator", "take-back", 403)],
)
def test_the_wrong_person_gets_no_page_to_send_a_need_back(
    who: str, page: str, status: int, signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, NeedState.IN_REVIEW)
    assert signed_in(getattr(people, who)).get(f"/needs/{need.id}/{page}").status == status


BUTTONS: dict[tuple[str, NeedState], set[str]] = {
    ("member", NeedState.DRAFT): {"edit/1", "submit"},
    ("leader", NeedState.DRAFT): {"edit/1", "submit", "endorse"},
    ("member", NeedState.NEEDS_CHANGES): {"edit/1", "submit"},
    ("member", NeedState.IN_REVIEW): {"take-back"},
    ("leader", NeedState.IN_REVIEW): {"take-back", "refuse"},
    ("coordinator", NeedState.IN_REVIEW): {"review"},
    ("member", NeedState.PUBLISHED): {"addendum"},
    ("leader", NeedState.PUBLISHED): {"addendum", "close"},
    ("coordinator", NeedState.PUBLISHED): {"close"},
    ("leader", NeedState.CLOSED): set(),
}


@pytest.mark.parametrize(("who", "state"), BUTTONS)
def test_the_page_offers_what_this_person_may_do_now(
    who: str, state: NeedState, signed_in: SignedIn, session: Session, people: Cast
) -> None:
    need = people.need(session, state)
    page = signed_in(getattr(people, who)).get(f"/needs/{need.id}")
    known = {"edit/1", "submit", "endorse", "review", "addendum", "close", "take-back", "refuse"}
    links = {str(a["href"]) for a in page.soup.select("main a[href]")}
    forms = {str(f["action"]) for f in page.soup.select("main form[action]")}
    offered = {path.removeprefix(f"/needs/{need.id}/") for path in links | forms}
    assert offered & known == BUTTONS[who, state]


def test_strangers_are_offered_nothing(browser: Browser, session: Session) -> None:
    need = make_need(session)
    page = browser.get(f"/needs/{need.id}")
    assert page.soup.select("main form") == []
