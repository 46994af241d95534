"""Leadership's wishes in the browser: raised, taken on, refused and withdrawn, for each role."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState, RaisedBy
from marketplace.wishes.models import Wish
from marketplace.wishes.states import WishState
from tests.domain.wishes_cast import (
    CHIEFS,
    OUTSIDERS,
    TITLE,
    UNIT_PEOPLE,
    WHAT,
    WHY,
    Cast,
    cast_for_wishes,
)
from tests.factories import grant_role, make_need
from tests.queries import count_queries
from tests.web.client import Browser, PageView, error_points

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def cast(session: Session) -> Cast:
    return cast_for_wishes(session)


def moves(page: PageView) -> set[str]:
    links = page.soup.select('main a[href^="/wishes/"]')
    return {str(link["href"]).rsplit("/", 1)[-1] for link in links}


# ---------------------------------------------------------------- from wish to need


def test_a_wish_becomes_a_need_when_a_unit_takes_it_on(
    signed_in: SignedIn, session: Session, cast: Cast
) -> None:
    chief, member = signed_in(cast.people["chief"]), signed_in(cast.people["member"])
    form = chief.get("/wishes/new")
    assert form.heading == "Meld et ønske"
    done = chief.submit(form, title=TITLE, what=WHAT, why=WHY, units=[str(cast.unit.id)])
    assert "Ønsket er meldt." in chief.follow(done).text
    wish = session.scalars(select(Wish)).one()
    assert [addressee.unit_id for addressee in wish.addressees] == [cast.unit.id]

    start = member.get("/")
    assert TITLE in start.text
    assert "Til enheten din" in start.text
    assert TITLE in member.get("/needs/mine").text
    page = member.get(f"/wishes/{wish.id}/take-on")
    edited = member.follow(member.submit(page))
    assert "Ønsket er blitt et utkast til behov." in edited.text
    need = session.scalars(select(Need)).one()
    assert (need.title, need.raised_by) == (TITLE, RaisedBy.LEADERSHIP)
    assert "Behovet begynte som et ønske fra ledelsen" in member.get(f"/needs/{need.id}").text

    seen = chief.get(f"/wishes/{wish.id}")
    assert f"{cast.unit.name} tok opp ønsket" in seen.text
    assert "Du kan lese det når det er sendt til vurdering" in seen.text
    assert TITLE not in member.get("/").text


def test_a_published_need_is_linked_from_its_wish(signed_in: SignedIn, cast: Cast) -> None:
    need = make_need(cast.session, cast.unit, title="Ungdom som slutter")
    wish = cast.wish(WishState.TAKEN_ON, need=need)
    page = signed_in(cast.people["chief"]).get(f"/wishes/{wish.id}")
    assert page.soup.select_one(f'main a[href="/needs/{need.id}"]')


def test_bad_input_is_explained_and_kept(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    chief = signed_in(cast.people["chief"])
    chosen = [str(cast.unit.id)]
    page = chief.submit(chief.get("/wishes/new"), title=TITLE, what="", why="", units=chosen)
    assert page.refused
    assert error_points(page) == [
        "Skriv hva dere vil at en enhet skal se på.",
        "Skriv hvorfor dere ønsker dette.",
    ]
    kept = page.form()
    assert kept.select_one(f'[name="title"][value="{TITLE}"]')
    assert kept.select_one(f'[name="units"][value="{cast.unit.id}"][checked]')
    assert session.scalar(select(func.count(Wish.id))) == 0


def test_a_unit_says_no_and_leadership_reads_why(signed_in: SignedIn, cast: Cast) -> None:
    wish = cast.wish()
    leader, chief = signed_in(cast.people["leader"]), signed_in(cast.people["chief"])
    form = leader.get(f"/wishes/{wish.id}/say-no")
    without = leader.submit(form)
    assert without.refused
    assert error_points(without) == ["Skriv en begrunnelse. Ledelsen får se den."]
    leader.submit(form, reason="Vi har ingen ledige timer.")
    page = chief.get(f"/wishes/{wish.id}")
    assert "Enheter som har sagt nei (1)" in page.text
    assert "Vi har ingen ledige timer." in page.text
    assert "Én enhet har sagt nei." in chief.get("/wishes").text
    assert TITLE not in leader.get("/").text
    assert "say-no" not in moves(leader.get(f"/wishes/{wish.id}"))


def test_who_works_in_several_units_chooses_one(signed_in: SignedIn, cast: Cast) -> None:
    wish, person = cast.wish(), cast.people["leader"]
    grant_role(cast.session, person, Role.UNIT_LEADER, cast.second_unit)
    cast.session.refresh(person)
    reader = signed_in(person)
    form = reader.get(f"/wishes/{wish.id}/take-on")
    unchosen = reader.submit(form)
    assert unchosen.refused
    assert error_points(unchosen) == ["Velg enheten du svarer for."]
    reader.submit(form, unit_id=str(cast.second_unit.id))
    assert cast.session.get_one(Wish, wish.id).unit_id == cast.second_unit.id


def test_a_wish_is_withdrawn_with_a_reason(signed_in: SignedIn, cast: Cast) -> None:
    wish, chief = cast.wish(), signed_in(cast.people["second_chief"])
    form = chief.get(f"/wishes/{wish.id}/withdraw")
    assert error_points(chief.submit(form)) == ["Skriv en begrunnelse. Enhetene får se den."]
    shown = chief.follow(chief.submit(form, reason="Vi venter til høsten."))
    assert "Vi venter til høsten." in shown.text
    assert moves(shown) == set()
    assert chief.get(f"/wishes/{wish.id}/withdraw").status == 409
    leader = signed_in(cast.people["leader"])
    assert leader.get(f"/wishes/{wish.id}/take-on").status == 409


def test_somebody_else_was_first(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    wish = cast.wish()
    first, second = signed_in(cast.people["leader"]), signed_in(cast.people["second_leader"])
    mine = first.get(f"/wishes/{wish.id}/take-on")
    theirs = second.get(f"/wishes/{wish.id}/take-on")
    first.submit(mine)
    assert second.submit(theirs).refused
    assert session.get_one(Wish, wish.id).unit_id == cast.unit.id


# ---------------------------------------------------------------- each page for each role


def test_who_sees_a_wish_and_may_do_what(signed_in: SignedIn, browser: Browser, cast: Cast) -> None:
    wish = cast.wish()
    expected = {
        **{name: {"withdraw"} for name in CHIEFS},
        "member": {"take-on"},
        "second_member": {"take-on"},
        "leader": {"take-on", "say-no"},
        "second_leader": {"take-on", "say-no"},
    }
    for name, person in cast.people.items():
        page = signed_in(person).get(f"/wishes/{wish.id}")
        if name in OUTSIDERS:
            assert page.status in {403, 404}, name
            continue
        assert page.status == 200, name
        assert WHY in page.text
        assert moves(page) == expected.get(name, set()), name
    assert browser.get(f"/wishes/{wish.id}").status == 302


@pytest.mark.parametrize(
    ("page", "allowed"),
    [
        ("take-on", UNIT_PEOPLE),
        ("say-no", ("leader", "second_leader")),
        ("withdraw", CHIEFS),
    ],
)
def test_nobody_else_opens_the_forms(
    signed_in: SignedIn, cast: Cast, page: str, allowed: tuple[str, ...]
) -> None:
    wish = cast.wish()
    path = f"/wishes/{wish.id}/{page}"
    for name, person in cast.people.items():
        reader = signed_in(person)
        if name in allowed:
            assert reader.get(path).status == 200, name
        else:
            statuses = {reader.get(path).status, reader.post(path, {"version": 1}).status}
            assert statuses <= {403, 404}, name
    assert cast.session.get_one(Wish, wish.id).state is WishState.OPEN


def test_only_leadership_raises(signed_in: SignedIn, cast: Cast) -> None:
    for name, person in cast.people.items():
        page = signed_in(person).get("/wishes/new")
        assert page.status == (200 if name in {*CHIEFS, "chief_elsewhere"} else 403), name
    elsewhere = signed_in(cast.people["chief_elsewhere"])
    assert elsewhere.get(f"/wishes/new?municipality={cast.municipality.id}").status == 404


def test_the_list_shows_the_wishes_of_the_municipality(signed_in: SignedIn, cast: Cast) -> None:
    cast.wish()
    for name, person in cast.people.items():
        page = signed_in(person).get("/wishes")
        if name in {"entrepreneur", "administrator"}:
            assert page.status == 403, name
            continue
        assert (TITLE in page.text) is (name not in OUTSIDERS), name
        assert bool(page.soup.select(".empty-state")) is (name in OUTSIDERS), name


def test_leadership_and_coordinators_see_whose_voice_the_needs_are(
    signed_in: SignedIn, cast: Cast
) -> None:
    for raised_by in (RaisedBy.LEADERSHIP, RaisedBy.EMPLOYEE, RaisedBy.EMPLOYEE, RaisedBy.USER):
        make_need(cast.session, cast.unit, raised_by=raised_by)
    make_need(cast.session, cast.unit, NeedState.DRAFT)
    sentence = (
        "Av 4 publiserte behov er 1 (25\u202f%) meldt av ledelsen og 2 (50\u202f%) av enhetene"
    )
    for name, path in (("chief", "/"), ("chief", "/wishes"), ("coordinator", "/wishes")):
        page = signed_in(cast.people[name]).get(path)
        panel = page.soup.select_one("#raised-by")
        assert panel is not None, name
        assert " ".join(sentence.split()) in " ".join(panel.get_text().split())
        rows = [[c.get_text(strip=True) for c in r.find_all(["th", "td"])] for r in panel("tr")]
        (employees,) = (row for row in rows if row[0].startswith("En ansatt"))
        assert employees[1:] == ["2", "50\u202f%"]
        assert len(panel.select("meter")) == len(RaisedBy)
    assert not signed_in(cast.people["leader"]).get("/wishes").soup.select("#raised-by")


def test_without_needs_the_panel_says_what_comes(signed_in: SignedIn, cast: Cast) -> None:
    assert "Ingen behov er publisert ennå." in signed_in(cast.people["chief"]).get("/wishes").text


def test_queries_do_not_grow_with_the_wishes(signed_in: SignedIn, cast: Cast) -> None:
    reader, counts = signed_in(cast.people["leader"]), []
    for more in (2, 6):
        for _ in range(more):
            cast.addressed(cast.unit, cast.second_unit)
        numbers = []
        for path in ("/", "/wishes", "/needs/mine"):
            with count_queries(cast.session) as counter:
                assert reader.get(path).status == 200
            numbers.append(counter.count)
        counts.append(numbers)
    assert counts[0] == counts[1]


def test_what_people_type_is_escaped(signed_in: SignedIn, cast: Cast) -> None:
    wish = cast.wish(title="<b>Nå</b>", what="<script>x()</script>")
    page = signed_in(cast.people["leader"]).get(f"/wishes/{wish.id}")
    assert "<script>x()</script>" in page.text
    assert page.soup.select_one("main script, main h1 b") is None


@pytest.mark.parametrize("name", ["second_member", "second_leader", "coordinator", "adviser"])
def test_why_a_unit_said_no_is_not_for_others(signed_in: SignedIn, cast: Cast, name: str) -> None:
    wish = cast.wish()
    cast.say_no("leader", wish, reason="Vi har for få folk.")
    page = signed_in(cast.people[name]).get(f"/wishes/{wish.id}")
    assert "Enheter som har sagt nei (1)" in page.text
    assert cast.unit.name in page.text
    assert "Vi har for få folk." not in page.text


@pytest.mark.parametrize("name", ["chief", "second_chief", "leader", "member"])
def test_leadership_and_the_unit_itself_read_why(
    signed_in: SignedIn, cast: Cast, name: str
) -> None:
    wish = cast.wish()
    cast.say_no("leader", wish, reason="Vi har for få folk.")
    page = signed_in(cast.people[name]).get(f"/wishes/{wish.id}")
    assert page.text.count("Vi har for få folk.") == 2  # at the unit, and in what has happened
