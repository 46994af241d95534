"""Questions in the browser: asking, answering, and what each role sees on the need's page."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.clock import now, today
from marketplace.needs.states import NeedState
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState
from tests.domain.questions_cast import (
    ANSWER,
    OUTSIDERS,
    TEXT,
    UNIT,
    Cast,
    cast_for_questions,
    make_question,
)
from tests.queries import count_queries
from tests.web.client import Browser, PageView, error_points

SignedIn = Callable[[Person], Browser]
WAITING, ANSWERED, TURNED_DOWN = QuestionState
ASK = 'main a[href^="/needs/"][href$="/questions/new"]'


@pytest.fixture
def cast(session: Session) -> Cast:
    return cast_for_questions(session)


def section(page: PageView) -> str:
    found = page.soup.select_one("#questions")
    return " ".join(found.get_text(" ").split()) if found else ""


def moves(page: PageView) -> set[str]:
    links = page.soup.select('#questions a[href^="/questions/"]')
    return {str(link["href"]).rsplit("/", 1)[-1] for link in links}


# ---------------------------------------------------------------- from question to answer


def test_a_question_is_asked_answered_and_read_by_all(
    signed_in: SignedIn, browser: Browser, session: Session, cast: Cast
) -> None:
    path = f"/needs/{cast.need.id}"
    asker, unit = signed_in(cast.people["asker"]), signed_in(cast.people["member"])
    page = asker.get(asker.get(path).soup.select_one(ASK)["href"])  # type: ignore[index,arg-type]  # the link is there
    assert page.heading == "Still et spørsmål"
    assert "Enheten bør svare innen 21.09.2026." in page.text
    done = asker.follow(asker.submit(page, text=TEXT))
    assert "Spørsmålet er sendt til enheten." in done.text
    assert "Venter på svar (1)" in section(done)
    assert "Du spurte 14.09.2026 · har ventet: i dag · Bør besvares innen 21.09.2026" in section(
        done
    )
    assert TEXT not in browser.get(path).text

    question = session.scalars(select(Question)).one()
    form = unit.get(f"/questions/{question.id}/answer")
    assert TEXT in form.text
    answered = unit.follow(unit.submit(form, answer=ANSWER))
    assert "Svaret er publisert." in answered.text
    public = section(browser.get(path))
    assert "Spørsmål og svar (1)" in public
    assert TEXT in public
    assert ANSWER in public

    addition = unit.get(f"/questions/{question.id}/add")
    unit.submit(addition, text="Også i helgene.")
    public = section(browser.get(path))
    assert ANSWER in public
    assert "Også i helgene." in public
    assert "Lagt til 14.09.2026" in public


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Skriv hva du lurer på."),
        ("Ring meg på 91234567", "telefonnummer"),
        ("Skriv til kari@firma.example", "e-postadresse"),
        ("Gjelder det 01029012345?", "fødselsnummer"),
        ("x" * 2001, "2000 tegn"),
    ],
)
def test_bad_input_is_explained_and_kept(
    signed_in: SignedIn, session: Session, cast: Cast, text: str, message: str
) -> None:
    asker = signed_in(cast.people["asker"])
    page = asker.submit(asker.get(f"/needs/{cast.need.id}/questions/new"), text=text)
    assert page.refused
    assert message in " ".join(error_points(page))
    kept = page.form().select_one('[name="text"]')
    assert kept is not None
    assert kept.get_text(strip=True) == text
    assert session.scalar(select(func.count(Question.id))) == 0


def test_an_answer_that_is_refused_is_kept(signed_in: SignedIn, cast: Cast) -> None:
    question = cast.question()
    unit = signed_in(cast.people["leader"])
    form = unit.get(f"/questions/{question.id}/answer")
    page = unit.submit(form, answer="Ring Kari på 22 33 44 55.")
    assert page.refused
    assert "telefonnummer" in " ".join(error_points(page))
    assert "Ring Kari på 22 33 44 55." in page.form().get_text()


def test_a_question_is_turned_down_with_a_reason(
    signed_in: SignedIn, browser: Browser, cast: Cast
) -> None:
    question = cast.question()
    coordinator = signed_in(cast.people["coordinator"])
    form = coordinator.get(f"/questions/{question.id}/turn-down")
    without = coordinator.submit(form)
    assert without.refused
    assert error_points(without) == ["Skriv en begrunnelse. Den som spurte, får se den."]
    coordinator.submit(form, reason="Gjelder én bruker.")
    path = f"/needs/{cast.need.id}"
    mine = signed_in(cast.people["asker"]).get(path)
    assert "Gjelder én bruker." in section(mine)
    assert "Spør på en annen måte" in section(mine)
    assert TEXT not in browser.get(path).text
    assert coordinator.get(f"/questions/{question.id}/turn-down").status == 409


def test_an_answer_can_be_taken_off_the_open_page(
    signed_in: SignedIn, browser: Browser, cast: Cast
) -> None:
    question = cast.question(ANSWERED)
    path, unit = f"/needs/{cast.need.id}", signed_in(cast.people["member"])
    assert ANSWER in browser.get(path).text
    unit.submit(unit.get(f"/questions/{question.id}/turn-down"), reason="Det står et navn der.")
    assert ANSWER not in browser.get(path).text


def test_somebody_else_was_first(signed_in: SignedIn, session: Session, cast: Cast) -> None:
    question = cast.question()
    member, leader = signed_in(cast.people["member"]), signed_in(cast.people["leader"])
    first = member.get(f"/questions/{question.id}/answer")
    second = leader.get(f"/questions/{question.id}/answer")
    member.submit(first, answer="Først")
    assert leader.submit(second, answer="Sist").refused
    assert session.get_one(Question, question.id).answer == "Først"


# ---------------------------------------------------------------- each page for each role


def test_what_each_role_sees_on_the_needs_page(
    signed_in: SignedIn, browser: Browser, cast: Cast
) -> None:
    cast.question(text="Det som venter?")
    cast.question(ANSWERED, text="Det som er besvart?")
    cast.question(TURNED_DOWN, text="Det som er avvist?")
    path = f"/needs/{cast.need.id}"
    pages = {name: signed_in(person).get(path) for name, person in cast.people.items()}
    pages["public"] = browser.get(path)
    for name, page in pages.items():
        concerned = name in {*UNIT, "coordinator", "asker"}
        assert page.status == 200
        assert "Det som er besvart?" in section(page), name
        assert ("Det som venter?" in section(page)) is concerned, name
        assert ("Det som er avvist?" in section(page)) is concerned, name
        may = {"answer", "add", "turn-down"} if name in UNIT else set()
        assert moves(page) == (may or ({"turn-down"} if name == "coordinator" else set())), name
        assert bool(page.soup.select(ASK)) is (name in {"asker", "colleague", "rival"}), name
    assert "Logg inn for å spørre" in section(pages["public"])


def test_nobody_but_the_asker_learns_who_asked(
    signed_in: SignedIn, browser: Browser, cast: Cast
) -> None:
    for state in QuestionState:
        cast.question(state)
    asker, path = cast.people["asker"], f"/needs/{cast.need.id}"
    others = [signed_in(person) for name, person in cast.people.items() if name != "asker"]
    for reader in (*others, browser):
        page = reader.get(path)
        assert asker.name not in page.text
        assert cast.company.name not in page.text
        assert "Du spurte" not in page.text
    for name in UNIT:
        page = signed_in(cast.people[name]).get("/questions")
        assert asker.name not in page.text
        assert cast.company.name not in page.text


@pytest.mark.parametrize("page", ["answer", "add", "turn-down"])
def test_outsiders_do_not_open_what_is_not_theirs(
    signed_in: SignedIn, browser: Browser, cast: Cast, page: str
) -> None:
    question = cast.question(ANSWERED if page == "add" else WAITING)
    path = f"/questions/{question.id}/{page}"
    for name in ("asker", "colleague", *OUTSIDERS):
        reader = signed_in(cast.people[name])
        statuses = {reader.get(path).status, reader.post(path, {"version": 1}).status}
        assert statuses <= {403, 404}, name
    assert browser.get(path).status == 302


def test_only_entrepreneurs_open_the_form(
    signed_in: SignedIn, browser: Browser, cast: Cast
) -> None:
    path = f"/needs/{cast.need.id}/questions/new"
    for name, person in cast.people.items():
        expected = 200 if name in {"asker", "colleague", "rival"} else 403
        assert signed_in(person).get(path).status == expected, name
    assert browser.get(path).status == 302


def test_a_need_that_is_not_public_is_not_there(signed_in: SignedIn, session: Session) -> None:
    cast = cast_for_questions(session, state=NeedState.IN_REVIEW)
    path = f"/needs/{cast.need.id}/questions/new"
    assert signed_in(cast.people["asker"]).get(path).status == 404


def test_when_it_is_too_late_the_page_says_so(signed_in: SignedIn, session: Session) -> None:
    cast = cast_for_questions(session, questions_close_on=today() - timedelta(days=1))
    asker = signed_in(cast.people["asker"])
    page = asker.get(f"/needs/{cast.need.id}")
    assert "Fristen for å stille spørsmål gikk ut 13.09.2026." in page.text
    assert not page.soup.select(ASK)
    refused = asker.get(f"/needs/{cast.need.id}/questions/new")
    assert refused.status == 409
    assert "Fristen for å stille spørsmål er gått ut." in refused.text


def test_a_need_without_questions_says_what_comes(signed_in: SignedIn, cast: Cast) -> None:
    path = f"/needs/{cast.need.id}"
    assert "Ingen spørsmål er besvart ennå" in section(signed_in(cast.people["rival"]).get(path))
    assert "sju dager på å svare" in section(signed_in(cast.people["member"]).get(path))


def test_the_list_shows_each_role_what_is_theirs(signed_in: SignedIn, cast: Cast) -> None:
    cast.question(due_on=today() - timedelta(days=2), asked_at=now() - timedelta(days=9))
    for name, person in cast.people.items():
        page = signed_in(person).get("/questions")
        if name in {"adviser", "leadership", "administrator"}:
            assert page.status == 403, name
            continue
        shown = TEXT in page.text
        assert shown is (name in {*UNIT, "coordinator", "asker"}), name
        if shown:
            assert "9 dager · Skulle vært besvart 12.09.2026" in page.text
        else:
            assert page.soup.select(".empty-state"), name


def test_queries_do_not_grow_with_the_questions(signed_in: SignedIn, cast: Cast) -> None:
    unit, asker, counts = signed_in(cast.people["member"]), signed_in(cast.people["asker"]), []
    unit.get(f"/needs/{cast.need.id}")  # the index of concepts is read once
    for more in (3, 9):
        for number in range(more):
            cast.question(text=f"{more} {number}")
            cast.question(ANSWERED)
        numbers = []
        for reader, path in (
            (unit, f"/needs/{cast.need.id}"),
            (unit, "/questions"),
            (asker, "/questions"),
        ):
            with count_queries(cast.session) as counter:
                assert reader.get(path).status == 200
            numbers.append(counter.count)
        counts.append(numbers)
    assert counts[0] == counts[1]


def test_what_people_type_is_escaped(browser: Browser, cast: Cast) -> None:
    make_question(
        cast.session,
        cast.need,
        ANSWERED,
        asker_id=cast.people["asker"].id,
        text="<script>x()</script>",
        answer="<b>ja</b>",
    )
    page = browser.get(f"/needs/{cast.need.id}")
    assert "<script>x()</script>" in page.text
    assert page.soup.select_one("#questions script, #questions b") is None
