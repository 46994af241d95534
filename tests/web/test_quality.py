"""The quality report in the browser: for coordinators and leadership of the municipality."""

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.dashboards.models import NeedCount, RankingTrial
from marketplace.matches.models import Judgement
from marketplace.matches.states import DismissalReason, RankingWay, Verdict
from tests.domain.portfolio_cast import Town
from tests.factories import grant_role, make_concept, make_need, make_organisation, make_pairing
from tests.queries import count_queries
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]
AUGUST = datetime(2026, 8, 10, tzinfo=UTC)


def judge(town: Town, rank: int, reason: DismissalReason | None = None, **values: Any) -> None:
    town.session.add(
        Judgement(
            need_id=town.cast.need.id,
            concept_id=make_concept(town.session).id,
            person_id=town.cast.person("member").id,
            verdict=Verdict.DISMISSED if reason else Verdict.SHORTLISTED,
            reason=reason,
            rank_shown=rank,
            matcher_version="1",
            **values,
        )
    )
    town.session.flush()


def rows(page: PageView, caption: str) -> dict[str, list[str]]:
    """The cells of a table by the first word of each row."""
    (table,) = [
        table
        for table in page.soup.select("table")
        if table.caption and table.caption.get_text(strip=True) == caption
    ]
    return {
        " ".join(row.select_one("th").get_text(" ").split()): [  # type: ignore[union-attr]
            " ".join(cell.get_text(" ").split()) for cell in row.select("td")
        ]
        for row in table.select("tbody tr, tfoot tr")
    }


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("member", 403),
        ("leader", 403),
        ("entrepreneur", 403),
        ("adviser", 403),
        ("administrator", 403),
        ("other_municipality", 404),
    ],
)
def test_others_do_not_get_in(town: Town, signed_in: SignedIn, name: str, status: int) -> None:
    browser = signed_in(town.cast.person(name))
    for path in ("/quality", "/quality.csv"):
        assert browser.get(f"{path}?municipality={town.cast.municipality.id}").status == status


@pytest.mark.parametrize("name", ["coordinator", "leadership"])
def test_those_of_the_municipality_have_it_in_their_menu(
    town: Town, signed_in: SignedIn, name: str
) -> None:
    browser = signed_in(town.cast.person(name))
    assert browser.get("/").soup.select_one("header a[href='/flow']")
    assert browser.get("/flow").soup.select_one("nav a[href='/quality']")
    page = browser.get("/quality")
    assert (page.status, page.heading) == (200, "Kvalitet på treff")
    assert town.cast.municipality.name in page.text


# ---------------------------------------------------------------- the numbers


def test_a_place_without_judgements_says_how_they_come(town: Town, signed_in: SignedIn) -> None:
    page = signed_in(town.cast.person("leadership")).get("/quality")
    assert "Ingen treff på plass 1 til 3 er vurdert ennå" in page.text
    assert rows(page, "Vurderte treff på plass 1 til 3")["august 2026"] == ["0", "0", "–"]
    assert not page.soup.select("main meter[aria-label='Andel som passet']")


def test_each_month_has_its_numbers_and_each_picture_its_number(
    town: Town, signed_in: SignedIn
) -> None:
    judge(town, 1)
    judge(town, 2, DismissalReason.TOO_EARLY)
    judge(town, 9, DismissalReason.TOO_EARLY)
    judge(town, 3, judged_at=AUGUST)
    make_pairing(town.session, town.cast.need, make_concept(town.session), suggested_rank=8)
    make_pairing(town.session, town.cast.need, make_concept(town.session))
    count = NeedCount(
        municipality_id=town.cast.municipality.id,
        month=date(2026, 8, 1),
        needs=5,
        without_good=2,
    )
    town.session.add(count)
    town.session.flush()

    page = signed_in(town.cast.person("coordinator")).get("/quality")

    assert "3 treff på plass 1 til 3 er vurdert. 2 av dem passet (67 %)." in page.text
    assert "Det er få, så tallet kan endre seg mye" in page.text
    judged = rows(page, "Vurderte treff på plass 1 til 3")
    assert judged["september 2026 (til nå)"][:2] == ["2", "1"]
    assert judged["september 2026 (til nå)"][2].endswith("50 %")
    assert judged["august 2026"][:2] == ["1", "1"]
    reasons = rows(page, "Treff som ikke passet, etter grunn")
    assert reasons["I alt"] == ["0", "0", "0", "0", "2", "0", "2"]
    proposed = rows(page, "Foreslåtte koblinger, og de vi ikke foreslo")
    assert proposed["september 2026 (til nå)"][:2] == ["2", "1"]
    needs = rows(page, "Åpne behov, og de uten godt treff")
    assert needs["august 2026"][:2] == ["5", "2"]
    assert needs["juli 2026"] == ["", "", "–"]
    assert needs["september 2026 (til nå)"][:2] == ["3", "0"]
    assert all(meter.get("aria-label") for meter in page.soup.select("main meter"))


def test_the_file_has_a_row_for_each_month(town: Town, signed_in: SignedIn) -> None:
    judge(town, 1)
    judge(town, 2, DismissalReason.WRONG_PROBLEM)

    answer = signed_in(town.cast.person("leadership")).get("/quality.csv").response

    assert "kvalitet-paa-treff.csv" in answer.headers["Content-Disposition"]
    heading, *months = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";")
    assert len(months) == 12
    september = dict(zip(heading, months[0], strict=True))
    assert september["Måned"] == "2026-09"
    assert september["Passet, prosent"] == "50,0"
    assert september["Passer ikke: Svarer på et annet problem"] == "1"
    assert september["Publiserte behov"] == "3"
    assert months[1][-1] == ""


def test_the_page_asks_no_more_for_more_rows(town: Town, signed_in: SignedIn) -> None:
    browser = signed_in(town.cast.person("coordinator"))

    def asked() -> int:
        with count_queries(town.session) as counter:
            assert browser.get("/quality").status == 200
        return counter.count

    asked()
    few = asked()
    for _ in range(4):
        judge(town, 1)
        make_pairing(town.session, make_need(town.session, town.cast.unit))
    asked()
    assert asked() <= few


def test_who_reads_for_two_municipalities_chooses(town: Town, signed_in: SignedIn) -> None:
    other = make_organisation(town.session, name="Øy kommune")
    grant_role(town.session, town.cast.person("leadership"), Role.LEADERSHIP, other)
    browser = signed_in(town.cast.person("leadership"))

    page = browser.get(f"/quality?municipality={other.id}")

    assert "Øy kommune" in page.text
    assert page.soup.select_one(f'a[href="/quality.csv?municipality={other.id}"]')
    assert browser.get("/quality?municipality=0").status == 404


# ---------------------------------------------------------------- the collection, and the trials


def test_what_was_decided_is_downloaded_by_those_who_read_the_report(
    signed_in: SignedIn, town: Town
) -> None:
    judge(town, 1)
    stranger = signed_in(town.cast.person("member"))
    assert stranger.get("/quality.zip").status == 403
    reader = signed_in(town.cast.person("coordinator"))
    answer = reader.client.get("/quality.zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert {"corpus.jsonl", "queries.jsonl", "qrels/test.tsv"} <= set(archive.namelist())
        assert archive.read("qrels/test.tsv").decode().count("\n") == 2
    assert "/quality.zip" in reader.get("/quality").response.text


def test_a_month_that_was_tried_is_shown_with_and_without_each_part(
    signed_in: SignedIn, town: Town
) -> None:
    reader = signed_in(town.cast.person("leadership"))
    assert "Ingen måned er prøvd ennå" in reader.get("/quality").text
    for way in RankingWay:
        found = 3 if way is RankingWay.WHOLE else 1
        town.session.add(
            RankingTrial(
                municipality_id=town.cast.municipality.id, month=date(2026, 8, 1), way=way,
                needs=4, found=found,
            )
        )  # fmt: skip
    town.session.flush()
    row = reader.get("/quality").soup.select("#trials ~ div tbody tr")[0]
    cells = [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
    assert cells[:2] == ["august 2026", "4"]
    assert [cell.split()[0] for cell in cells[2:]] == ["75", "25", "25", "25"]
