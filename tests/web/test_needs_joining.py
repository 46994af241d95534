"""Pooled needs in the browser: joining, standing behind it, leaving, and what each role sees."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.needs.models import NeedParticipation
from marketplace.needs.states import NeedState, ParticipationState
from tests.domain.pool_cast import JOINING, STRANGERS, Cast, cast_for_pool
from tests.factories import make_concept, make_need, make_pairing, make_unit
from tests.queries import count_queries
from tests.web.client import Browser, PageView, error_points

SignedIn = Callable[[Person], Browser]
ASKED, ENDORSED, WITHDRAWN = ParticipationState
JOIN = 'main a[href$="/join"]'
SHARE = {
    "site": "Dagsenteret på Rykkinn",
    "target_count": "25",
    "contribution": "Vi låner ut kafeen.",
    "hours": "60",
}


@pytest.fixture
def cast(session: Session) -> Cast:
    return cast_for_pool(session)


def units(page: PageView) -> str:
    found = page.soup.select_one("#units")
    return " ".join(found.get_text(" ").split()) if found else ""


# ---------------------------------------------------------------- joining


def test_a_unit_joins_and_all_see_what_the_units_give_together(
    signed_in: SignedIn, browser: Browser, session: Session, cast: Cast
) -> None:
    path = f"/needs/{cast.need.id}"
    member = signed_in(cast.people["joining_member"])
    leader = signed_in(cast.people["joining_leader"])
    assert member.get(path).soup.select_one(JOIN)
    page = member.get(f"{path}/join")
    assert page.heading == "Bli med i behovet"
    done = member.follow(member.submit(page, **SHARE))
    assert "Enheten er meldt på." in done.text
    assert "Venter på enhetsleder" in units(done)
    assert not done.soup.select(JOIN)
    assert units(browser.get(path)) == ""

    row = session.scalars(select(NeedParticipation)).one()
    assert row.contact_id == cast.people["joining_member"].id
    action = f"/needs/participations/{row.id}/endorse"
    assert not done.has_form(action)
    joined = leader.follow(leader.submit(leader.get(path), action))
    assert "Enheten er med i behovet." in joined.text
    public = units(browser.get(path))
    assert "Enheter som er med (2)" in public
    assert "Til sammen gjelder det 65 personer. Enhetene bidrar med 180 timer." in public
    assert "Dagsenteret på Rykkinn" in public
    assert cast.people["joining_member"].name not in public


def test_what_was_typed_is_kept_and_explained(
    signed_in: SignedIn, session: Session, cast: Cast
) -> None:
    member = signed_in(cast.people["joining_member"])
    page = member.get(f"/needs/{cast.need.id}/join")
    answer = member.submit(page, site="Dagsenteret", target_count="mange", hours="")
    assert answer.refused
    assert error_points(answer) == [
        "Skriv bare tall, for eksempel 250 000.",
        "Skriv hva enheten bidrar med.",
        "Skriv hvor mange timer enheten har. Har dere ingen, skriv 0.",
    ]
    kept = answer.form()
    assert kept.select_one('[name="site"][value="Dagsenteret"]')
    assert kept.select_one('[name="target_count"][value="mange"]')
    assert session.scalar(select(func.count(NeedParticipation.id))) == 0


def test_a_unit_joins_a_need_in_review_too(signed_in: SignedIn, session: Session) -> None:
    cast = cast_for_pool(session, NeedState.IN_REVIEW)
    member = signed_in(cast.people["joining_member"])
    listed = member.get("/needs/joinable")
    assert listed.soup.select_one(f'main a[href="/needs/{cast.need.id}"]')
    page = member.get(f"/needs/{cast.need.id}")
    assert page.soup.select_one(JOIN)
    assert cast.people["member"].email not in page.text
    member.submit(member.get(f"/needs/{cast.need.id}/join"), **SHARE)
    review = signed_in(cast.people["coordinator"]).get(f"/needs/{cast.need.id}/review")
    assert "Dagsenteret på Rykkinn" in units(review)


def test_joining_is_offered_where_similar_needs_are_shown(
    signed_in: SignedIn, session: Session, cast: Cast
) -> None:
    draft = make_need(session, cast.joiner, NeedState.DRAFT, author=cast.people["joining_member"])
    far = make_need(session)
    member = signed_in(cast.people["joining_member"])
    page = member.get(f"/needs/{draft.id}/edit/1")
    link = f"/needs/{cast.need.id}/join?unit={cast.joiner.id}"
    assert page.soup.select_one(f'aside a[href="{link}"]')
    assert not page.soup.select(f'aside a[href^="/needs/{far.id}/join"]')
    form = member.get(link)
    assert form.form().select_one(f'[name="unit_id"] option[value="{cast.joiner.id}"]')
    cast.participation(ASKED)
    again = member.get(f"/needs/{draft.id}/edit/1")
    assert not again.soup.select(f'aside a[href="{link}"]')


def test_who_comes_second_or_too_late_is_told(signed_in: SignedIn, session: Session) -> None:
    cast = cast_for_pool(session)
    cast.participation(ASKED)
    member = signed_in(cast.people["joining_member"])
    page = member.get(f"/needs/{cast.need.id}/join")
    assert page.status == 409
    assert "Du har ingen enhet som kan bli med" in page.text
    over = cast_for_pool(session, NeedState.CLOSED)
    late = signed_in(over.people["joining_member"]).get(f"/needs/{over.need.id}/join")
    assert late.status == 409
    assert "til vurdering eller publisert" in late.text


# ---------------------------------------------------------------- leaving


def test_a_unit_leaves_with_a_reason(
    signed_in: SignedIn, browser: Browser, session: Session, cast: Cast
) -> None:
    row = cast.participation(ENDORSED)
    leader = signed_in(cast.people["joining_leader"])
    form = leader.get(f"/needs/participations/{row.id}/withdraw")
    without = leader.submit(form)
    assert without.refused
    assert error_points(without) == ["Skriv en begrunnelse. De andre enhetene får se den."]
    gone = leader.follow(leader.submit(form, reason="Vi rekker det ikke."))
    assert "Enheten er ikke lenger med." in gone.text
    assert units(browser.get(f"/needs/{cast.need.id}")) == ""
    assert session.get_one(NeedParticipation, row.id).state is WITHDRAWN


def test_somebody_else_was_first(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    row = cast.participation(ASKED)
    leader, member = (signed_in(cast.people[name]) for name in reversed(JOINING))
    form = member.get(f"/needs/participations/{row.id}/withdraw")
    page = leader.get(f"/needs/{cast.need.id}")
    action = f"/needs/participations/{row.id}/endorse"
    leader.submit(page, action)
    late = leader.submit_from_another_window(page, action)
    assert "Noen andre endret dette" in leader.follow(late).text
    assert member.submit(form, reason="Nei.").status == 403
    assert session.get_one(NeedParticipation, row.id).state is ENDORSED


# ---------------------------------------------------------------- each page for each role


def test_who_is_offered_what(signed_in: SignedIn, browser: Browser, cast: Cast) -> None:
    path = f"/needs/{cast.need.id}"
    for name, person in cast.people.items():
        offered = bool(signed_in(person).get(path).soup.select(JOIN))
        assert offered is (name in {*JOINING, "third_unit"}), name
    assert not browser.get(path).soup.select(JOIN)
    row = cast.participation(ASKED)
    for name, person in cast.people.items():
        page = signed_in(person).get(path)
        concerned = name in {"member", "leader", *JOINING, "coordinator"}
        assert ("Venter på enhetsleder" in units(page)) is concerned, name
        endorse = page.has_form(f"/needs/participations/{row.id}/endorse")
        assert endorse is (name == "joining_leader"), name
        leave = bool(page.soup.select(f'a[href="/needs/participations/{row.id}/withdraw"]'))
        assert leave is (name in {*JOINING, "coordinator"}), name


def test_nobody_else_moves_it(signed_in: SignedIn, browser: Browser, cast: Cast) -> None:
    row = cast.participation(ASKED)
    base = f"/needs/participations/{row.id}"
    sent = {"version": row.version, "reason": "Nei."}
    for name in ("member", "leader", *STRANGERS):
        reader = signed_in(cast.people[name])
        assert reader.post(f"{base}/endorse", sent).status in {403, 404}, name
        assert reader.get(f"{base}/withdraw").status in {403, 404}, name
        assert reader.post(f"{base}/withdraw", sent).status in {403, 404}, name
    assert signed_in(cast.people["joining_member"]).post(f"{base}/endorse", sent).status == 403
    assert browser.get(f"{base}/withdraw").status == 302
    assert cast.session.get_one(NeedParticipation, row.id).state is ASKED


def test_the_case_knows_all_sites(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    concept: Concept = make_concept(session)
    pairing = make_pairing(session, cast.need, concept)
    path = f"/pairings/{pairing.id}"
    joiner = signed_in(cast.people["joining_member"])
    assert joiner.get(path).status == 404
    cast.participation(ENDORSED)
    session.expire(cast.need, ["participations"])
    seen = joiner.get(path)
    assert seen.status == 200
    assert f"{cast.joiner.name}: Dagsenteret (60 timer)" in seen.text
    assert seen.soup.select('main form[method="post"]') == []
    assert f"{cast.joiner.name}: Dagsenteret" in signed_in(concept.author).get(path).text
    assert joiner.get(f"/needs/{cast.need.id}").soup.select_one(f'main a[href="{path}"]')


def test_an_empty_list_says_what_to_do(signed_in: SignedIn, cast: Cast) -> None:
    page = signed_in(cast.people["elsewhere"]).get("/needs/joinable")
    assert page.soup.select_one('main .empty-state a[href="/needs/new"]')
    assert signed_in(cast.people["coordinator"]).get("/needs/joinable").status == 403
    assert (
        signed_in(cast.people["member"])
        .get("/needs/mine")
        .soup.select_one('main a[href="/needs/joinable"]')
    )


def test_queries_do_not_grow_with_the_units(
    signed_in: SignedIn, session: Session, cast: Cast
) -> None:
    reader, counts = signed_in(cast.people["coordinator"]), []
    member, leader = cast.people["joining_member"], cast.people["joining_leader"]
    reader.get(f"/needs/{cast.need.id}")  # the index of concepts is read once
    for more in (2, 6):
        for _ in range(more):
            unit = make_unit(session, cast.unit.organisation)
            cast.participation(
                ENDORSED, unit=unit, contact=member, asked_by=member, endorsed_by_id=leader.id
            )
        with count_queries(session) as counter:
            assert reader.get(f"/needs/{cast.need.id}").status == 200
        counts.append(counter.count)
    assert counts[0] == counts[1]


def test_what_people_type_is_escaped(browser: Browser, cast: Cast) -> None:
    cast.participation(ENDORSED, site="<b>Her</b>", contribution="<script>x()</script>")
    page = browser.get(f"/needs/{cast.need.id}")
    assert "<script>x()</script>" in page.text
    assert page.soup.select_one("#units script, #units b") is None
