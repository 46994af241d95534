"""Confirming whom a need or a concept is for, with one click or with a form."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.target_groups import Group
from marketplace.needs.states import NeedState
from tests.factories import make_concept, make_member, make_need, make_organisation, make_unit
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]
PROBLEM = "Ungdommer mellom 13 og 16 år faller ut av skolen."


def test_a_stranger_is_refused(signed_in: SignedIn, session: Session) -> None:
    need, concept = make_need(session), make_concept(session)
    stranger = signed_in(make_member(session, Role.UNIT_MEMBER, make_unit(session)))
    assert stranger.get(f"/needs/{need.id}/target-group").status == 403
    assert stranger.get(f"/concepts/{concept.id}/target-group").status == 403
    assert signed_in(make_concept(session).author).get(
        f"/concepts/{concept.id}/target-group"
    ).status in {403, 404}


def test_a_high_age_below_the_low_one_is_refused_and_kept(
    signed_in: SignedIn, session: Session
) -> None:
    need = make_need(session)
    writer = signed_in(need.author)
    page = writer.get(f"/needs/{need.id}/target-group")
    refused = writer.submit(page, age_from="60", age_to="20", groups=["older_people"])
    assert "minst 60" in refused.text
    assert refused.soup.select("input[name=age_from][value='60']")
    ticked = refused.soup.select("input[name=groups][checked]")
    assert [each["value"] for each in ticked] == ["older_people"]
    assert need.target_confirmed_at is None


@pytest.mark.parametrize("typed", ["121", "-1", "femti"])
def test_an_age_that_nobody_has_is_refused(
    signed_in: SignedIn, session: Session, typed: str
) -> None:
    need = make_need(session)
    writer = signed_in(need.author)
    page = writer.get(f"/needs/{need.id}/target-group")
    assert writer.submit(page, age_from=typed).soup.select_one("#age_from-error")
    assert need.target_confirmed_at is None


def test_a_group_that_is_none_is_refused(signed_in: SignedIn, session: Session) -> None:
    need = make_need(session)
    writer = signed_in(need.author)
    page = writer.get(f"/needs/{need.id}/target-group")
    assert writer.submit(page, groups=["martians"]).soup.select_one("#groups-error")
    assert need.target_confirmed_at is None


def test_one_click_confirms_what_was_read(signed_in: SignedIn, session: Session) -> None:
    need = make_need(session, state=NeedState.PUBLISHED, problem=PROBLEM, age_from=13, age_to=16,
        groups=frozenset({Group.YOUTH}),
    )  # fmt: skip
    writer = signed_in(need.author)
    page = writer.get(f"/needs/{need.id}")
    assert "13–16 år · ungdom" in page.text
    done = writer.follow(writer.submit(page, f"/needs/{need.id}/target-group"))
    assert need.target_confirmed_at is not None
    assert need.groups == {Group.YOUTH}
    assert "13–16 år · ungdom" in done.text
    assert "Ja, det stemmer" not in done.text


def test_nobody_else_sees_what_nobody_has_confirmed(
    signed_in: SignedIn, browser: Browser, session: Session
) -> None:
    need = make_need(session, state=NeedState.PUBLISHED, age_from=13, age_to=16)
    assert "13–16 år" not in browser.get(f"/needs/{need.id}").text
    assert "13–16 år" not in signed_in(make_concept(session).author).get(f"/needs/{need.id}").text


def test_an_owner_says_whom_the_concept_is_for(signed_in: SignedIn, session: Session) -> None:
    concept = make_concept(session)
    owner = signed_in(concept.author)
    page = owner.get(f"/concepts/{concept.id}/target-group")
    sent = owner.submit(page, age_from="67", age_to="", groups=["carers", "older_people"])
    done = owner.follow(sent)
    assert concept.target_confirmed_at is not None
    assert "67 år og eldre · eldre, pårørende" in done.text


def test_the_list_is_narrowed_in_its_address(browser: Browser, session: Session) -> None:
    make_need(session, state=NeedState.PUBLISHED, title="For unge", age_from=13, age_to=16,
              groups=frozenset({Group.YOUTH}))  # fmt: skip
    make_need(session, state=NeedState.PUBLISHED, title="For gamle", age_from=67)
    page = browser.get("/needs?age=14&group=youth")
    assert "For unge" in page.text
    assert "For gamle" not in page.text
    assert "For gamle" in browser.get("/needs?age=mange&group=martians").text


def test_an_owner_says_where_the_concept_can_be_had(signed_in: SignedIn, session: Session) -> None:
    concept, here = make_concept(session), make_organisation(session, name="Fjordvik")
    owner = signed_in(concept.author)
    page = owner.get(f"/concepts/{concept.id}/target-group")
    refused = owner.submit(page, places=["99999"])
    assert refused.soup.select_one("#places-error")
    done = owner.follow(owner.submit(page, places=[str(here.id)]))
    assert concept.places == {here.id}
    assert "bare i Fjordvik" in done.text


def test_one_click_confirms_the_places_too(signed_in: SignedIn, session: Session) -> None:
    here = make_organisation(session, name="Fjordvik")
    concept = make_concept(session, age_from=67, places=frozenset({here.id}))
    owner = signed_in(concept.author)
    page = owner.get(f"/concepts/{concept.id}")
    assert "Bare i: Fjordvik" in " ".join(page.soup.get_text(" ").split())
    owner.submit(page, f"/concepts/{concept.id}/target-group")
    assert concept.places == {here.id}
    assert concept.age_from == 67
    assert concept.target_confirmed_at is not None


def test_places_alone_are_shown_and_read_back_too(signed_in: SignedIn, session: Session) -> None:
    here = make_organisation(session, name="Fjordvik")
    concept = make_concept(session, places=frozenset({here.id}))
    owner = signed_in(concept.author)
    assert "Bare i: Fjordvik" in " ".join(
        owner.get(f"/concepts/{concept.id}").soup.get_text(" ").split()
    )
    typed = {"description": "Vi kan bare levere i Fjordvik.", "language": "nb"}
    answer = owner.post("/concepts/read-target-group", data=typed)
    assert "Bare i: Fjordvik" in answer.text


def test_what_is_read_is_shown_while_one_types(signed_in: SignedIn, session: Session) -> None:
    concept = make_concept(session)
    owner = signed_in(concept.author)
    typed = {"target_group": "Eldre over 67 år <b>hjemme</b>", "language": "nb"}
    for _ in range(2):
        answer = owner.post("/concepts/read-target-group", data=typed)
        assert answer.status == 200
        assert "67 år og eldre" in answer.text
        assert "<b>" not in answer.text
    assert concept.target_group == "Eldre"
    member = signed_in(make_member(session, Role.UNIT_MEMBER, make_unit(session)))
    assert member.post("/concepts/read-target-group", data=typed).status == 403
