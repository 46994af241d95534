"""Writing a need in the browser: five steps that lose nothing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import Language
from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.needs.checklist import STEP_OF
from marketplace.needs.forms.steps import STEPS
from marketplace.needs.models import Need
from marketplace.needs.requirements import TEXTS, last_deadline, missing_for_publishing
from marketplace.needs.services import publishing, writing
from marketplace.needs.states import (
    BudgetStatus,
    NeedState,
    ProcurementRoute,
    PublishRequirement,
    RaisedBy,
    ServiceCategory,
)
from tests.factories import actor_for, grant_role, make_member, make_need, make_unit
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def member(session: Session) -> Person:
    return make_member(session, Role.UNIT_MEMBER, make_unit(session), name="Mia Medlem")


def draft(session: Session, member: Person, state: NeedState = NeedState.DRAFT, **v: Any) -> Need:
    unit = member.memberships[0].unit
    assert unit is not None
    return make_need(session, unit, state, author=member, **v)


def value_of(page: PageView, name: str) -> str:
    field = page.soup.select_one(f'main [name="{name}"]')
    assert field is not None
    return field.get_text().strip("\r\n") if field.name == "textarea" else str(field["value"])


def error_of(page: PageView, name: str) -> str:
    error = page.soup.select_one(f"#{name}-error")
    return error.get_text(strip=True) if error else ""


# ---------------------------------------------------------------- from nothing to complete


def test_a_need_is_written_step_by_step(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    unit = member.memberships[0].unit
    leader = make_member(session, Role.UNIT_LEADER, unit)
    browser = signed_in(member)
    page = browser.follow(browser.submit(browser.get("/needs/new"), title="Ensomme eldre"))
    steps: list[dict[str, Any]] = [
        {"problem": "Mange er alene.", "target_group": "Over 80", "target_count": "1 200"},
        {"tried": "Besøk", "wanted_effect": "Færre er alene", "effect_measure": "Spør dem"},
        {"contribution": "Tid", "contribution_hours": "40", "contact_id": str(member.id)},
        {
            "budget_status": "unfunded",
            "estimated_value": "250 000",
            "service_category": "health_social",
            "intended_route": "undecided",
            "decision_maker_id": str(leader.id),
        },
        {
            "questions_close_on": "01.10.2026",
            "interests_close_on": "2026-10-15",
            "raised_by": "relative",
        },
    ]
    for number, fields in enumerate(steps, start=1):
        assert f"Steg {number} av 5" in page.text
        sent = browser.submit(page, **fields)
        assert sent.status == 302, sent.text
        page = browser.follow(sent)
    assert page.heading == "Ensomme eldre"
    need = session.scalars(select(Need)).one()
    assert missing_for_publishing(need) == [PublishRequirement.ENDORSEMENT]
    assert (need.target_count, need.estimated_value) == (1200, 250_000)
    assert (need.budget_status, need.raised_by) == (BudgetStatus.UNFUNDED, RaisedBy.RELATIVE)
    assert need.service_category is ServiceCategory.HEALTH_SOCIAL
    assert need.intended_route is ProcurementRoute.UNDECIDED
    assert need.interests_close_on == date(2026, 10, 15)
    assert (need.contact, need.decision_maker) == (member, leader)


def test_who_works_in_several_units_chooses_one(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    other = make_unit(session)
    grant_role(session, member, Role.UNIT_MEMBER, other)
    session.refresh(member)
    browser = signed_in(member)
    browser.submit(browser.get("/needs/new"), unit_id=str(other.id))
    assert session.scalars(select(Need)).one().unit_id == other.id


def test_a_need_cannot_be_begun_in_a_strange_unit(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    strange = make_unit(session)
    page = signed_in(member).post("/needs/new", {"unit_id": strange.id})
    assert page.refused
    assert session.scalars(select(Need)).all() == []


def test_an_unfinished_step_is_saved(signed_in: SignedIn, session: Session, member: Person) -> None:
    need = draft(session, member)
    browser = signed_in(member)
    path = f"/needs/{need.id}/edit/1"
    sent = browser.submit(browser.get(path), problem="", target_count="", title="Bare en tittel")
    assert sent.status == 302
    session.refresh(need)
    assert (need.title, need.problem, need.target_count) == ("Bare en tittel", "", None)


def test_fields_that_were_not_sent_stay_as_they_are(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member, budget_status=BudgetStatus.FUNDED, language=Language.NYNORSK)
    for step in range(1, 6):
        sent = signed_in(member).post(f"/needs/{need.id}/edit/{step}", {"version": need.version})
        assert sent.status == 302
    session.refresh(need)
    assert (need.budget_status, need.language) == (BudgetStatus.FUNDED, Language.NYNORSK)
    assert need.problem == "Mange eldre som bor alene, har lite kontakt med andre mennesker."


# ---------------------------------------------------------------- what cannot be read


def test_what_cannot_be_read_is_shown_again_and_the_rest_is_saved(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    browser = signed_in(member)
    path = f"/needs/{need.id}/edit/1"
    page = browser.submit(browser.get(path), title="Ny tittel", target_count="omtrent førti")
    assert page.refused
    assert value_of(page, "target_count") == "omtrent førti"
    assert error_of(page, "target_count") == "Skriv bare tall, for eksempel 250 000."
    assert page.soup.select_one('.ds-error-summary a[href="#target_count"]') is not None
    session.refresh(need)
    assert (need.title, need.target_count) == ("Ny tittel", 40)
    huge = browser.submit(page, target_count="9" * 5000)
    said = "".join(error_of(huge, "target_count").split())
    assert said.startswith("Skrivettallfra1til1000000")
    assert browser.submit(page, target_count="40").status == 302


@pytest.mark.parametrize(
    ("step", "name", "typed"),
    [
        (1, "title", "x" * 201),
        (1, "problem", "x" * 5001),
        (1, "target_count", "0"),
        (1, "target_count", "1000001"),
        (3, "contribution_hours", "-1"),
        (3, "contribution_hours", "20001"),
        (4, "estimated_value", "1000000001"),
        (4, "estimated_value", "9" * 12),
        (5, "questions_close_on", "i morgen"),
    ],
)
def test_each_wrong_value_is_refused_and_kept_in_the_form(
    step: int, name: str, typed: str, signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    before = getattr(need, name)
    browser = signed_in(member)
    page = browser.submit(browser.get(f"/needs/{need.id}/edit/{step}"), **{name: typed})
    assert page.refused
    assert value_of(page, name) == typed
    assert error_of(page, name)
    session.refresh(need)
    assert getattr(need, name) == before


@pytest.mark.parametrize(
    ("step", "name"), [(4, "budget_status"), (4, "service_category"), (5, "raised_by")]
)
def test_an_invented_choice_is_refused(
    step: int, name: str, signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    before = getattr(need, name)
    data = {"version": need.version, name: "invented"}
    assert signed_in(member).post(f"/needs/{need.id}/edit/{step}", data).refused
    session.refresh(need)
    assert getattr(need, name) is before


def test_a_contact_from_elsewhere_is_refused(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    stranger = make_member(session, Role.UNIT_MEMBER, make_unit(session))
    data = {"version": need.version, "contact_id": stranger.id}
    assert signed_in(member).post(f"/needs/{need.id}/edit/3", data).refused
    session.refresh(need)
    assert need.contact_id == member.id


def test_what_was_typed_is_escaped(signed_in: SignedIn, session: Session, member: Person) -> None:
    need = draft(session, member, title="<script>alert(1)</script>")
    page = signed_in(member).get(f"/needs/{need.id}")
    assert page.heading == "<script>alert(1)</script>"
    assert page.soup.select("main script") == []


# ---------------------------------------------------------------- two people at once


def test_who_comes_second_keeps_their_text_and_sees_the_other(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    browser = signed_in(member)
    opened = browser.get(f"/needs/{need.id}/edit/1")
    colleague = actor_for(make_member(session, Role.UNIT_MEMBER, need.unit))
    fields = {"problem": "Kollegaens tekst.", "target_count": 7}
    writing.save_need(session, colleague, need=need, version=need.version, fields=fields)
    page = browser.submit(opened, problem="Min tekst.", target_count="8")
    assert page.refused
    assert "Noen andre endret dette mens du skrev" in page.text
    assert value_of(page, "problem") == "Min tekst."
    stored = page.soup.select_one(".panel .facts")
    assert stored is not None
    assert "Kollegaens tekst." in stored.get_text()
    session.refresh(need)
    assert need.problem == "Kollegaens tekst."
    assert browser.submit(page).status == 302
    session.refresh(need)
    assert (need.problem, need.target_count) == ("Min tekst.", 8)


def test_sending_the_same_twice_is_one_saving(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    browser = signed_in(member)
    opened = browser.get(f"/needs/{need.id}/edit/1")
    assert browser.submit(opened, problem="To\r\nlinjer").status == 302
    session.refresh(need)
    version = need.version
    assert browser.submit_from_another_window(opened, problem="To\nlinjer").status == 302
    session.refresh(need)
    assert (need.version, need.problem) == (version, "To\nlinjer")


def test_text_sent_after_the_need_went_to_review_is_not_lost(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    browser = signed_in(member)
    opened = browser.get(f"/needs/{need.id}/edit/1")
    publishing.submit_need(session, actor_for(member), need=need, version=need.version)
    page = browser.submit(opened, problem="Min tekst.")
    assert page.refused
    assert value_of(page, "problem") == "Min tekst."
    assert "Behovet er til vurdering, så teksten er låst." in page.text


# ---------------------------------------------------------------- who, and when


LOCKED = {
    NeedState.IN_REVIEW: "Vil du endre noe, må du først ta behovet tilbake.",
    NeedState.PUBLISHED: "Er noe nytt, kan du legge til opplysninger.",
    NeedState.CLOSED: "Er problemet der fortsatt, kan du skrive et nytt behov.",
}


@pytest.mark.parametrize(("state", "why"), LOCKED.items())
def test_the_form_opens_only_while_the_unit_writes(
    state: NeedState, why: str, signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member, state)
    browser = signed_in(member)
    sent = browser.get(f"/needs/{need.id}/edit/1")
    assert (sent.status, sent.location) == (302, f"/needs/{need.id}")
    alert = browser.follow(sent).soup.select_one("main .ds-alert[role=status]")
    assert alert is not None
    assert alert.get_text(strip=True).endswith(why)


@pytest.mark.parametrize("path", ["edit/0", "edit/6", "edit/1", "aside"])
def test_others_do_not_find_the_form(path: str, signed_in: SignedIn, session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    stranger = make_member(session, Role.UNIT_MEMBER, make_unit(session))
    assert signed_in(stranger).get(f"/needs/{need.id}/{path}").status == 404


def test_a_published_need_is_not_written_on_by_strangers(
    signed_in: SignedIn, session: Session
) -> None:
    need = make_need(session)
    stranger = make_member(session, Role.UNIT_MEMBER, make_unit(session, need.unit.organisation))
    data = {"version": need.version, "title": "Kapret"}
    for path in ("edit/1", "edit/1/autosave", "addendum", "submit", "endorse"):
        assert signed_in(stranger).post(f"/needs/{need.id}/{path}", data).status == 403


def test_the_form_shows_what_the_coordinator_asked_for(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member, NeedState.NEEDS_CHANGES, review_comment="Si hvor mange.")
    assert "Si hvor mange." in signed_in(member).get(f"/needs/{need.id}/edit/1").text


@pytest.mark.parametrize(
    ("questions", "interests", "wrong"),
    [
        (5, 5, ["La fristen for spørsmål komme før den for interesse"]),
        (9, 5, ["La fristen for spørsmål komme før den for interesse"]),
        (0, 5, ["Sett fristene fram i tid, høyst to år"]),
        (None, -1, ["Sett fristene fram i tid, høyst to år"]),
    ],
)
def test_wrong_dates_are_saved_and_told_at_once(
    questions: int | None,
    interests: int,
    wrong: list[str],
    signed_in: SignedIn,
    session: Session,
    member: Person,
) -> None:
    need = draft(session, member)
    browser = signed_in(member)
    path = f"/needs/{need.id}/edit/5"
    days = [day if day is None else today() + timedelta(days=day) for day in (questions, interests)]
    dates = dict(zip(("questions_close_on", "interests_close_on"), days, strict=True))
    typed = {name: f"{day:%d.%m.%Y}" if day else "" for name, day in dates.items()}
    sent = browser.submit(browser.get(path), **typed)
    assert (sent.status, sent.location) == (302, path)
    page = browser.follow(sent)
    said = [point.get_text(strip=True) for point in page.soup.select("main form .ds-alert li")]
    assert said == wrong
    assert "Alt er lagret" not in page.text
    session.refresh(need)
    assert [need.questions_close_on, need.interests_close_on] == days
    assert browser.get(f"/needs/{need.id}/edit/4").soup.select("main form .ds-alert") == []


@pytest.mark.parametrize("name", ["questions_close_on", "interests_close_on"])
def test_a_deadline_beyond_two_years_is_refused_with_the_last_day(
    name: str, signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    browser, before = signed_in(member), getattr(need, name)
    path = f"/needs/{need.id}/edit/5"
    last = last_deadline()
    late = f"{last + timedelta(days=1):%d.%m.%Y}"
    sent = browser.submit(browser.get(path), **{name: late})
    assert sent.refused
    assert f"Fristen er for langt fram. Siste dag er {last:%d.%m.%Y}." in sent.text
    assert sent.soup.select_one(f'input[name="{name}"][value="{late}"]') is not None
    session.refresh(need)
    assert getattr(need, name) == before
    both = {"questions_close_on": last - timedelta(days=1), "interests_close_on": last}
    assert browser.submit(sent, **{n: f"{day:%d.%m.%Y}" for n, day in both.items()}).status == 302


def test_each_step_leads_back_to_the_one_before(
    signed_in: SignedIn, session: Session, member: Person
) -> None:
    need = draft(session, member)
    browser = signed_in(member)
    for step in range(1, 6):
        links = browser.get(f"/needs/{need.id}/edit/{step}").soup.select("main form a")
        back = [str(a["href"]) for a in links if a.get_text(strip=True) == "Forrige"]
        assert back == ([f"/needs/{need.id}/edit/{step - 1}"] if step > 1 else [])


def test_the_checklist_leads_to_the_step_that_has_the_field() -> None:
    fields = {name: STEP_OF[PublishRequirement(name)] for name in TEXTS}
    assert all(hasattr(STEPS[step - 1], name) for name, step in fields.items())
    assert set(STEP_OF.values()) == set(range(1, len(STEPS) + 1))
