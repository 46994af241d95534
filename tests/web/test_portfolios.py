"""The coordinator's portfolio in the browser."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.matches.portfolio import RIGHT, Candidate, Candidates
from marketplace.needs.models import Need
from marketplace.pairings.states import PairingState
from marketplace.portfolios import queries, reckoning
from marketplace.portfolios.states import WishKind
from tests.domain.portfolio_cast import Town, make_town
from tests.factories import grant_role, make_need, make_organisation, make_pairing
from tests.queries import count_queries
from tests.web.client import Browser, PageView, errors, links

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def browser_of_coordinator(town: Town, signed_in: SignedIn) -> Browser:
    return signed_in(town.cast.person("coordinator"))


def section(page: PageView, label: str) -> str:
    found = page.soup.select_one(f'section[aria-labelledby="{label}"]')
    return " ".join(found.get_text(" ").split()) if found else ""


def pair_path(town: Town, need: str, concept: str) -> str:
    need_id, concept_id = town.needs[need].id, town.concepts[concept].id
    return f"/portfolio/pairs/new?need={need_id}&concept={concept_id}"


# ---------------------------------------------------------------- who


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("member", 403),
        ("leader", 403),
        ("entrepreneur", 403),
        ("adviser", 403),
        ("leadership", 403),
        ("administrator", 403),
        ("other_municipality", 404),
    ],
)
def test_others_do_not_get_in(town: Town, signed_in: SignedIn, name: str, status: int) -> None:
    limit, wish = town.limit_unit(1), town.decide("water", "rain", WishKind.FORCED)
    browser, municipality = signed_in(town.cast.person(name)), town.cast.municipality.id
    for path in ("/portfolio", "/portfolio.csv", "/portfolio/limits"):
        assert browser.get(f"{path}?municipality={municipality}").status == status
    assert browser.get(f"/portfolio/units/{town.cast.unit.id}").status == status
    assert browser.get(pair_path(town, "weekends", "dinner")).status in {403, status}
    for path in (f"capacity-limits/{limit.id}", f"pairs/{wish.id}"):
        page = browser.post(f"/portfolio/{path}/undo", {"version": "1"})
        assert page.status == status
    assert (limit.undone_at, wish.undone_at) == (None, None)


def test_only_coordinators_have_it_in_their_menu(town: Town, signed_in: SignedIn) -> None:
    for name in ("coordinator", "leadership", "member"):
        menu = signed_in(town.cast.person(name)).get("/").soup.select("header a[href='/portfolio']")
        assert bool(menu) is (name == "coordinator")


# ---------------------------------------------------------------- the best set


def test_the_page_says_what_was_chosen_and_why(town: Town, browser_of_coordinator: Browser) -> None:
    page = browser_of_coordinator.get("/portfolio")

    assert (page.status, page.heading) == (200, "Portefølje")
    need, concept = town.needs["water"], town.concepts["rain"]
    assert f"/pairings/new?need={need.id}&concept={concept.id}" in links(page)
    assert f"/needs/{need.id}/matches/{concept.id}" in links(page)
    assert "3 behov med forslag" in page.text
    chosen = section(page, "proposed")
    assert "Sterkt treff" in chosen
    assert "Felles ord: overvann" in chosen
    rule = section(page, "rule")
    assert "Flest mulig koblinger som kan ventes å passe" in rule
    assert "Det kostet ingenting" in rule
    assert "Forslaget har 3 koblinger, og 2,5 av dem kan ventes å passe" in rule
    assert "av 3 publiserte behov i kommunen og 3 publiserte konsepter" in page.text


def test_the_link_leads_to_a_proposal_by_hand(town: Town, browser_of_coordinator: Browser) -> None:
    page = browser_of_coordinator.get("/portfolio")
    path = f"/pairings/new?need={town.needs['water'].id}&concept={town.concepts['rain'].id}"
    assert path in links(page)
    form = browser_of_coordinator.get(path)
    browser_of_coordinator.submit(form, motivation="Porteføljen foreslår det.")

    page = browser_of_coordinator.get("/portfolio")
    assert path not in links(page)
    assert "Ett behov har allerede så mange koblinger" in page.text
    assert "2 behov med forslag" in page.text


def test_a_need_without_says_why_and_what_to_do(
    town: Town, browser_of_coordinator: Browser
) -> None:
    town.concepts["dinner"].capacity = 1
    town.session.flush()

    page = browser_of_coordinator.get("/portfolio")

    without = section(page, "without")
    assert "Ett behov uten forslag" in without
    assert "Konseptene som passer, er brukt på andre behov" in without
    assert "Spør entreprenøren om de kan ta flere utprøvinger" in without
    assert "Bordfellesskap" in without
    assert "Konseptet er brukt opp av andre behov" in without


def test_the_fair_rule_says_what_it_cost(
    town: Town, browser_of_coordinator: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three needs and three places: two strong matches and a possible one, or three good ones."""
    strengths(
        monkeypatch,
        town,
        {
            ("weekends", "dinner"): "strong",
            ("weekends", "rain"): "good",
            ("water", "rain"): "strong",
            ("water", "sewing"): "good",
            ("evenings", "dinner"): "good",
            ("evenings", "sewing"): "possible",
        },
    )
    for concept in town.concepts.values():
        concept.capacity = 1
    town.plan(tolerance_percent=12)

    rule = section(browser_of_coordinator.get("/portfolio"), "rule")

    assert "Det dårligst stilte behovet fikk mer" in rule
    assert "er nå «Godt treff» i stedet for «Mulig treff»" in rule
    assert "Det kostet 0,2 ventede gode koblinger av 2,1" in rule
    assert "inntil 12 %" in rule
    assert "Forslaget har 3 koblinger, og 1,9 av dem kan ventes å passe" in rule


def strengths(
    monkeypatch: pytest.MonkeyPatch, town: Town, table: dict[tuple[str, str], str]
) -> None:
    """Let the matcher say this of the pairs, and nothing of others."""
    levels = {strength.value: strength for strength in RIGHT}
    found = {}
    for (need, concept), level in table.items():
        pair = town.needs[need].id, town.concepts[concept].id
        found[pair] = Candidate(*pair, levels[level], RIGHT[levels[level]])

    def find(_session: Session, needs: Sequence[Need], _under_way: object) -> Candidates:
        return Candidates(needs, found, frozenset())

    monkeypatch.setattr(reckoning, "find_candidates", find)


def test_forced_pairs_that_do_not_fit_say_what_to_change(
    town: Town, browser_of_coordinator: Browser
) -> None:
    town.concepts["dinner"].capacity = 1
    for need in ("weekends", "evenings"):
        town.decide(need, "dinner", WishKind.FORCED)

    page = browser_of_coordinator.get("/portfolio")

    trouble = section(page, "trouble")
    assert "De låste koblingene får ikke plass sammen" in trouble
    assert "Konseptet «Bordfellesskap» har ledig plass til én utprøving" in trouble
    assert (
        "Fjern én av disse låste koblingene, eller øk kapasiteten til konseptet med én" in trouble
    )
    assert "Ensomme eldre i helgene" in trouble
    assert "fjerne låsen på denne" in trouble
    assert section(page, "proposed") == ""


def test_without_needs_the_page_says_what_to_do_next(session: Session, signed_in: SignedIn) -> None:
    town = make_town(session)
    stranger = signed_in(town.cast.person("other_municipality"))
    page = stranger.get("/portfolio")
    assert "Ingen publiserte behov" in page.text
    assert "/needs/review" in links(page)


def test_the_file_has_every_need(town: Town, browser_of_coordinator: Browser) -> None:
    town.concepts["rain"].capacity = None
    town.needs["weekends"].title = "=1+1"
    town.decide("weekends", "dinner", WishKind.FORCED)

    answer = browser_of_coordinator.get("/portfolio.csv").response

    assert answer.headers["Content-Disposition"] == 'attachment; filename="portefolje.csv"'
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0][:3] == ["Enhet", "Behov", "Konsept"]
    by_need = {row[1]: row for row in rows[1:]}
    assert by_need["'=1+1"][2] == "Bordfellesskap"
    assert by_need["'=1+1"][6] == "ja"
    assert by_need["Overvann i gatene"][2] == ""
    assert by_need["Overvann i gatene"][7] == "Konseptene som passer, har ikke ledig kapasitet"


def test_the_page_asks_no_more_for_more_needs(town: Town, browser_of_coordinator: Browser) -> None:
    def asked() -> int:
        with count_queries(town.session) as counter:
            assert browser_of_coordinator.get("/portfolio").status == 200
        return counter.count

    asked()
    few = asked()
    for _ in range(5):
        make_need(town.session, town.cast.unit)
    asked()
    assert asked() <= few


def test_a_coordinator_of_two_chooses_the_municipality(
    town: Town, browser_of_coordinator: Browser
) -> None:
    other = make_organisation(town.session, name="Øy kommune")
    grant_role(town.session, town.cast.person("coordinator"), Role.COORDINATOR, other)

    page = browser_of_coordinator.get(f"/portfolio?municipality={other.id}")

    assert "Ingen publiserte behov" in page.text
    assert f"/portfolio?municipality={town.cast.municipality.id}" in links(page)
    assert f"/portfolio/limits?municipality={other.id}" in links(page)
    assert browser_of_coordinator.get("/portfolio?municipality=abc").status == 404


# ---------------------------------------------------------------- what is decided


def test_the_plan_is_changed_and_what_was_typed_stays(browser_of_coordinator: Browser) -> None:
    page = browser_of_coordinator.get("/portfolio/limits")
    wrong = browser_of_coordinator.submit(page, tests_per_need="99", tolerance_percent="x")
    assert wrong.refused
    assert "Skriv et tall fra 1 til 10" in errors(wrong)
    field = wrong.soup.select_one("[name=tests_per_need]")
    assert field is not None
    assert field["value"] == "99"

    done = browser_of_coordinator.submit(wrong, tests_per_need="2", tolerance_percent="5")

    assert done.location == "/portfolio"
    assert "Et behov kan høyst få 2 utprøvinger" in browser_of_coordinator.follow(done).text
    assert (
        "Rammene for porteføljen ble endret" in browser_of_coordinator.get("/portfolio/limits").text
    )
    late = browser_of_coordinator.submit_from_another_window(page, tests_per_need="3")
    assert late.refused
    assert "Noen andre endret dette mens du skrev." in errors(late)


def test_a_unit_is_limited_and_set_free_again(town: Town, browser_of_coordinator: Browser) -> None:
    path = f"/portfolio/units/{town.cast.unit.id}"
    assert path in links(browser_of_coordinator.get("/portfolio/limits"))
    page = browser_of_coordinator.get(path)
    assert "Kapasiteten er 3, og 0 er tatt. Da er 3 ledig." in page.text
    wrong = browser_of_coordinator.submit(page, most="4", reason="Ferie.")
    assert "Skriv et tall fra 0 til 3" in errors(wrong)
    browser_of_coordinator.submit(wrong, most="1")

    page = browser_of_coordinator.get("/portfolio")
    assert "Ett behov med forslag" in page.text
    decided = section(page, "decided")
    assert "Ferie." in decided
    assert town.cast.person("coordinator").name in decided
    (limit,) = queries.list_limits(town.session, town.cast.municipality.id)
    browser_of_coordinator.submit(page, f"/portfolio/capacity-limits/{limit.id}/undo")
    assert "3 behov med forslag" in browser_of_coordinator.get("/portfolio").text


def test_a_concept_is_limited(town: Town, browser_of_coordinator: Browser) -> None:
    path = f"/portfolio/concepts/{town.concepts['dinner'].id}"
    assert path in links(browser_of_coordinator.get("/portfolio"))
    page = browser_of_coordinator.get(path)
    browser_of_coordinator.submit(page, most="0", reason="Vi venter.")
    assert "Ett behov med forslag" in browser_of_coordinator.get("/portfolio").text


def test_a_pair_is_blocked_and_freed(town: Town, browser_of_coordinator: Browser) -> None:
    path = pair_path(town, "water", "rain")
    assert path in links(browser_of_coordinator.get("/portfolio"))
    page = browser_of_coordinator.get(path)
    wrong = browser_of_coordinator.submit(page, kind="blocked", reason="")
    assert "Skriv hvorfor" in errors(wrong)
    assert wrong.soup.select_one('[name=kind][value="blocked"][checked]')
    browser_of_coordinator.submit(wrong, reason="Veien graves opp.")

    page = browser_of_coordinator.get("/portfolio")
    assert "Veien graves opp." in section(page, "decided")
    assert "Alle koblingene som passer, er sperret" in section(page, "without")
    assert browser_of_coordinator.get(path).status == 409
    (wish,) = queries.list_wishes(town.session, town.cast.municipality.id)
    browser_of_coordinator.submit(page, f"/portfolio/pairs/{wish.id}/undo")
    assert "3 behov med forslag" in browser_of_coordinator.get("/portfolio").text
    history = section(browser_of_coordinator.get("/portfolio/limits"), "happened")
    pair = "«Regnbed» – «Overvann i gatene»"
    assert f"En kobling ble sperret: {pair}" in history
    assert f"En låst eller sperret kobling ble frigitt: {pair}" in history


def test_a_pair_that_rests_says_so(town: Town, browser_of_coordinator: Browser) -> None:
    town.decide("water", "rain", WishKind.FORCED)
    make_pairing(town.session, town.needs["water"], town.concepts["rain"], PairingState.APPROVED)
    decided = section(browser_of_coordinator.get("/portfolio"), "decided")
    assert "Teller ikke nå: koblingen er allerede foreslått eller godkjent" in decided


def test_a_match_can_be_decided_from_the_page_of_its_need(town: Town, signed_in: SignedIn) -> None:
    path = f"/needs/{town.needs['water'].id}/matches"
    for name in ("coordinator", "adviser", "member"):
        page = signed_in(town.cast.person(name)).get(path)
        assert (pair_path(town, "water", "rain") in links(page)) is (name == "coordinator")
