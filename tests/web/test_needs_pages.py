"""Reading needs in the browser: lists, the page of one need, and who sees what of it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, Unit
from marketplace.accounts.states import ServiceArea
from marketplace.core.actor import Role
from marketplace.core.clock import now, today
from marketplace.core.revision import Collection
from marketplace.core.search import SEARCHERS, search_ids
from marketplace.needs.services import publishing, returning, writing
from marketplace.needs.states import PUBLIC, BudgetStatus, NeedState
from tests.factories import (
    actor_for,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)
from tests.queries import count_queries
from tests.web.client import Browser, PageView, form_values

SignedIn = Callable[[Person], Browser]


def titles(page: PageView) -> list[str]:
    return [link.get_text(strip=True) for link in page.soup.select("main .cards h2 a")]


# ---------------------------------------------------------------- the list of all


def test_everyone_sees_published_needs_and_no_others(browser: Browser, session: Session) -> None:
    for state in NeedState:
        make_need(session, state=state, title=f"Behov {state}")
    page = browser.get("/needs")
    assert page.status == 200
    assert titles(page) == ["Behov published"]
    assert titles(browser.get("/needs?state=closed")) == ["Behov closed"]
    assert titles(browser.get("/needs?state=draft")) == ["Behov published"]


def test_an_unfunded_need_is_openly_labelled(browser: Browser, session: Session) -> None:
    make_need(session, budget_status=BudgetStatus.UNFUNDED)
    card = browser.get("/needs").soup.select_one("main .cards li")
    assert card is not None
    assert "Ikke finansiert ennå" in card.get_text()
    assert "28 dager igjen" in card.get_text()


def test_the_list_is_narrowed(browser: Browser, session: Session) -> None:
    school = make_unit(session, area=ServiceArea.SCHOOL)
    make_need(session, school, title="Skole", budget_status=BudgetStatus.APPLIED)
    make_need(session, title="Helse")
    assert titles(browser.get("/needs?area=school")) == ["Skole"]
    assert titles(browser.get("/needs?budget=applied")) == ["Skole"]
    assert titles(browser.get(f"/needs?municipality={school.organisation_id}")) == ["Skole"]
    assert titles(browser.get("/needs?area=nonsense&budget=x&municipality=y&sort=z&page=w")) == [
        "Helse",
        "Skole",
    ]


def test_the_list_is_sorted_by_deadline_with_what_is_over_last(
    browser: Browser, session: Session
) -> None:
    for days, title in ((3, "Snart"), (-1, "Over"), (9, "Senere")):
        make_need(session, title=title, interests_close_on=today() + timedelta(days=days),
                  questions_close_on=today() - timedelta(days=5))  # fmt: skip
    assert titles(browser.get("/needs?sort=deadline")) == ["Snart", "Senere", "Over"]
    assert titles(browser.get("/needs")) == ["Senere", "Over", "Snart"]


def test_a_search_shows_what_is_found_best_first(
    browser: Browser, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = [make_need(session, title=f"Funnet {n}").id for n in (1, 2, 3)]
    make_need(session, title="Noe annet")
    found = [wanted[1], wanted[2], wanted[0]]

    def search(_session: Session, words: str, _most: int, _ids: object) -> list[int]:
        return found if words == "ensom" else []

    monkeypatch.setitem(SEARCHERS, Collection.NEEDS, search)
    assert titles(browser.get("/needs?q=ensom")) == ["Funnet 2", "Funnet 3", "Funnet 1"]
    assert titles(browser.get("/needs?q=ensom&sort=newest")) == [
        "Funnet 3",
        "Funnet 2",
        "Funnet 1",
    ]
    form = form_values(browser.get("/needs").form("/needs"))
    typed = browser.get("/needs", query_string=form | {"q": "ensom"})
    assert titles(typed) == ["Funnet 2", "Funnet 3", "Funnet 1"]
    nothing = browser.get("/needs?q=finnes-ikke")
    assert titles(nothing) == []
    assert "Ingen behov passer" in nothing.text
    assert search_ids(session, Collection.NEEDS, "ensom") == found


def test_an_empty_list_says_what_happens_next(browser: Browser) -> None:
    assert "Ingen behov er publisert ennå" in browser.get("/needs").text


def test_a_long_list_has_pages_that_keep_the_choices(browser: Browser, session: Session) -> None:
    unit = make_unit(session)
    for number in range(21):
        make_need(session, unit, title=f"Nummer {number}")
    first = browser.get("/needs?area=health_care")
    assert len(titles(first)) == 20
    following = first.soup.select_one("a[rel=next]")
    assert following is not None
    assert titles(browser.get(str(following["href"]))) == ["Nummer 0"]
    assert "area=health_care" in str(following["href"])


@pytest.mark.parametrize("path", ["/needs", "/needs/mine", "/needs/review"])
def test_a_list_asks_the_database_equally_often_for_many_rows(
    path: str, signed_in: SignedIn, session: Session
) -> None:
    unit = make_unit(session)
    role = Role.COORDINATOR if "review" in path else Role.UNIT_MEMBER
    person = make_member(session, role, unit.organisation if "review" in path else unit)
    state = NeedState.IN_REVIEW if "review" in path else NeedState.PUBLISHED
    browser = signed_in(person)
    counts = []
    for more in (3, 9):
        for _number in range(more):
            where = unit if path == "/needs/mine" else make_unit(session, unit.organisation)
            make_need(session, where, state=state)
        with count_queries(session) as counter:
            assert browser.get(path).status == 200
        counts.append(counter.count)
    assert counts[0] == counts[1] > 0


def test_the_page_of_a_need_asks_equally_often_for_many_addenda(
    browser: Browser, session: Session
) -> None:
    need = make_need(session)
    member = actor_for(make_member(session, Role.UNIT_MEMBER, need.unit))
    counts = []
    for more in (3, 9):
        for number in range(more):
            writing.add_addendum(
                session, member, need=need, version=need.version, text=f"Nytt {number}"
            )
        with count_queries(session) as counter:
            assert browser.get(f"/needs/{need.id}").status == 200
        counts.append(counter.count)
    assert counts[0] == counts[1] > 0


# ---------------------------------------------------------------- who sees which need

REVIEWED = {NeedState.IN_REVIEW, NeedState.NEEDS_CHANGES, NeedState.PUBLISHED, NeedState.CLOSED}
READERS: dict[str, set[NeedState]] = {
    "nobody": set(PUBLIC),
    "member": set(NeedState),
    "leader": set(NeedState),
    "other unit": {*PUBLIC, NeedState.IN_REVIEW},
    "coordinator": REVIEWED,
    "adviser": REVIEWED,
    "leadership": REVIEWED,
    "coordinator elsewhere": set(PUBLIC),
    "leadership elsewhere": set(PUBLIC),
    "entrepreneur": set(PUBLIC),
    "partner": set(PUBLIC),
    "administrator": set(PUBLIC),
}


def reader(session: Session, who: str, unit: Unit) -> Person:
    elsewhere = make_organisation(session)
    roles: dict[str, tuple[Role, object]] = {
        "member": (Role.UNIT_MEMBER, unit),
        "leader": (Role.UNIT_LEADER, unit),
        "other unit": (Role.UNIT_LEADER, make_unit(session, unit.organisation)),
        "coordinator": (Role.COORDINATOR, unit.organisation),
        "adviser": (Role.PROCUREMENT_ADVISER, unit.organisation),
        "leadership": (Role.LEADERSHIP, unit.organisation),
        "coordinator elsewhere": (Role.COORDINATOR, elsewhere),
        "leadership elsewhere": (Role.LEADERSHIP, elsewhere),
        "entrepreneur": (Role.ENTREPRENEUR, make_entrepreneur(session)),
        "partner": (Role.PARTNER, make_organisation(session)),
        "administrator": (Role.ADMINISTRATOR, None),
    }
    role, where = roles[who]
    return make_member(session, role, where)  # type: ignore[arg-type]  # a unit or an organisation


@pytest.mark.parametrize("who", READERS)
def test_a_need_opens_for_those_who_may_see_it_and_is_not_found_by_others(
    who: str, browser: Browser, session: Session
) -> None:
    unit = make_unit(session)
    needs = {state: make_need(session, unit, state) for state in NeedState}
    if who != "nobody":
        browser.sign_in(reader(session, who, unit))
    answers = {state: browser.get(f"/needs/{need.id}").status for state, need in needs.items()}
    assert {state for state, status in answers.items() if status == 200} == READERS[who]
    assert {answers[state] for state in NeedState if state not in READERS[who]} <= {404}


INTERNAL = ("intern-kommentar", "Lise Leder", "Ola Forfatter", "kontakt@kommune.example")


def internal_need(session: Session, state: NeedState = NeedState.PUBLISHED) -> tuple[Unit, int]:
    unit = make_unit(session)
    leader = make_member(session, Role.UNIT_LEADER, unit, name="Lise Leder")
    author = make_member(session, Role.UNIT_MEMBER, unit, name="Ola Forfatter")
    contact = make_member(
        session, Role.UNIT_MEMBER, unit, name="Kim Kontakt", email="kontakt@kommune.example"
    )
    decides = make_member(session, Role.LEADERSHIP, unit.organisation, name="Dag Direktør")
    need = make_need(
        session, unit, NeedState.IN_REVIEW,
        author=author, leader=leader, contact=contact, decision_maker=decides,
    )  # fmt: skip
    boss = actor_for(make_member(session, Role.COORDINATOR, unit.organisation, name="Ko Ordinator"))
    returning.ask_for_changes(
        session, boss, need=need, version=need.version, reason="intern-kommentar"
    )
    publishing.submit_need(session, actor_for(author), need=need, version=need.version)
    if state is NeedState.PUBLISHED:
        publishing.publish_need(session, boss, need=need, version=need.version)
    return unit, need.id


def test_the_public_page_hides_what_is_internal(browser: Browser, session: Session) -> None:
    _unit, need_id = internal_need(session)
    text = browser.get(f"/needs/{need_id}").text
    for hidden in (*INTERNAL, "Kim Kontakt", "Dag Direktør", "Ko Ordinator"):
        assert hidden not in text
    assert "Godkjent av enhetsleder" in text
    assert "Behovet ble publisert" in text
    assert "Koordinator ba om endringer" not in text


def test_an_entrepreneur_sees_who_decides_but_nothing_internal(
    signed_in: SignedIn, session: Session
) -> None:
    unit, need_id = internal_need(session)
    text = signed_in(reader(session, "entrepreneur", unit)).get(f"/needs/{need_id}").text
    assert "Dag Direktør" in text
    assert "Kim Kontakt" in text
    for hidden in (*INTERNAL, "Ko Ordinator"):
        assert hidden not in text


def test_those_inside_see_names_and_the_whole_story(signed_in: SignedIn, session: Session) -> None:
    unit, need_id = internal_need(session)
    text = signed_in(reader(session, "member", unit)).get(f"/needs/{need_id}").text
    for shown in INTERNAL:
        assert shown in text
    assert "Koordinator ba om endringer – Ko Ordinator" in text


def way_in(page: PageView) -> str:
    panel = page.soup.select_one("section[aria-labelledby=way-in-title]")
    return " ".join(panel.get_text(" ").split()) if panel else ""


def test_who_has_not_signed_in_is_shown_how_to_answer(browser: Browser, session: Session) -> None:
    need = make_need(
        session, interests_close_on=today(), questions_close_on=today() - timedelta(days=1)
    )
    page = browser.get(f"/needs/{need.id}")
    assert way_in(page).startswith("Har du et konsept som kan hjelpe?")
    links = [str(a["href"]) for a in page.soup.select("[aria-labelledby=way-in-title] a")]
    assert links == [f"/sign-in?next=/needs/{need.id}", "/register"]
    assert browser.get(links[0]).status == browser.get(links[1]).status == 200


def test_after_the_deadline_the_page_says_that_it_is_too_late(
    browser: Browser, session: Session
) -> None:
    over = today() - timedelta(days=1)
    need = make_need(session, interests_close_on=over, questions_close_on=over - timedelta(days=1))
    page = browser.get(f"/needs/{need.id}")
    assert f"Fristen for å melde interesse gikk ut {over:%d.%m.%Y}." in way_in(page)
    assert page.soup.select_one('[aria-labelledby=way-in-title] a[href*="sign-in"]') is None
    closed = make_need(session, state=NeedState.CLOSED)
    assert way_in(browser.get(f"/needs/{closed.id}")) == ""


@pytest.mark.parametrize("who", ["entrepreneur", "member", "coordinator", "partner"])
def test_who_has_signed_in_is_not_asked_to(who: str, signed_in: SignedIn, session: Session) -> None:
    need = make_need(session)
    page = signed_in(reader(session, who, need.unit)).get(f"/needs/{need.id}")
    assert way_in(page) == ""


# ---------------------------------------------------------------- own lists


@pytest.mark.parametrize(
    ("who", "state", "back"),
    [
        ("member", NeedState.DRAFT, "/needs/mine"),
        ("leader", NeedState.NEEDS_CHANGES, "/needs/mine"),
        ("member", NeedState.PUBLISHED, "/needs"),
        ("coordinator", NeedState.IN_REVIEW, "/needs"),
    ],
)
def test_the_way_back_leads_to_the_list_the_need_is_in(
    who: str, state: NeedState, back: str, signed_in: SignedIn, session: Session
) -> None:
    unit = make_unit(session)
    need = make_need(session, unit, state)
    page = signed_in(reader(session, who, unit)).get(f"/needs/{need.id}")
    assert [str(a["href"]) for a in page.soup.select(".ds-breadcrumbs a")] == [back]


def test_a_unit_sees_all_its_needs_with_their_states(signed_in: SignedIn, session: Session) -> None:
    unit = make_unit(session)
    for state in NeedState:
        make_need(session, unit, state, title=f"Behov {state}")
    make_need(session, title="Fremmed")
    page = signed_in(make_member(session, Role.UNIT_MEMBER, unit)).get("/needs/mine")
    assert len(page.soup.select("tbody tr")) == len(NeedState)
    assert "Må endres" in page.text
    assert "Fremmed" not in page.text


def test_a_unit_without_needs_is_told_how_to_begin(signed_in: SignedIn, session: Session) -> None:
    page = signed_in(make_member(session, Role.UNIT_MEMBER, make_unit(session))).get("/needs/mine")
    assert page.soup.select_one('main a[href="/needs/new"]') is not None


def test_coordinators_see_what_waits_in_their_municipality_oldest_first(
    signed_in: SignedIn, session: Session
) -> None:
    unit = make_unit(session)
    for days, title in ((1, "Ny"), (8, "Gammel")):
        when = now() - timedelta(days=days)
        make_need(session, unit, NeedState.IN_REVIEW, title=title, submitted_at=when)
    make_need(session, unit, NeedState.DRAFT, title="Utkast")
    make_need(session, state=NeedState.IN_REVIEW, title="Annen kommune")
    person = make_member(session, Role.COORDINATOR, unit.organisation)
    rows = signed_in(person).get("/needs/review").soup.select("tbody tr")
    assert [" ".join(row.get_text(" ").split()) for row in rows] == [
        f"Gammel {unit.name} 8 dager {today():%d.%m.%Y}",
        f"Ny {unit.name} 1 dag {today():%d.%m.%Y}",
    ]


@pytest.mark.parametrize(
    ("path", "role"),
    [
        ("/needs/mine", Role.COORDINATOR),
        ("/needs/new", Role.ENTREPRENEUR),
        ("/needs/review", Role.UNIT_LEADER),
    ],
)
def test_lists_of_work_are_closed_to_those_without_the_role(
    path: str, role: Role, signed_in: SignedIn, session: Session
) -> None:
    where = make_unit(session) if role is Role.UNIT_LEADER else make_organisation(session)
    assert signed_in(make_member(session, role, where)).get(path).status == 403


@pytest.mark.parametrize("path", ["/needs/mine", "/needs/new", "/needs/review"])
def test_lists_of_work_ask_strangers_to_sign_in(path: str, browser: Browser) -> None:
    page = browser.get(path)
    assert page.status == 302
    assert "/sign-in" in page.location


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        (None, {"Behov"}),
        (Role.UNIT_MEMBER, {"Behov", "Mine behov"}),
        (Role.COORDINATOR, {"Behov", "Til vurdering"}),
    ],
)
def test_the_menu_has_what_is_theirs(
    role: Role | None, entries: set[str], browser: Browser, session: Session
) -> None:
    unit = make_unit(session)
    if role:
        where = unit if role is Role.UNIT_MEMBER else unit.organisation
        browser.sign_in(make_member(session, role, where))
    menu = {a.get_text(strip=True) for a in browser.get("/needs").soup.select(".site-menu a")}
    assert menu & {"Behov", "Mine behov", "Til vurdering"} == entries
