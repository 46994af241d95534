"""What people do with a test in the browser, and what they read when they may not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.agreements import queries as agreements
from marketplace.agreements.models import AgreedSite
from marketplace.core.clock import now
from marketplace.pilots.states import Ending, PilotState, Reached
from tests.domain.pilot_cast import CAP, PilotCast, make_pilot_cast
from tests.factories import make_unit
from tests.web.client import Browser, PageView, errors, links

SignedIn = Callable[[Person], Browser]
LONG = "Dette skrev jeg lenge på. " * 20
REPORT = {
    "status": "on_track",
    "note": "Åtte har begynt.",
    "hours": "12",
    "money": "3 000",
    "answer": "confirm",
}
STOP = {"stop_reason": "too_few_participants", "note": "Bare tre ville."}


@pytest.fixture
def planned(session: Session) -> PilotCast:
    return make_pilot_cast(session, PilotState.PLANNED)


def path_of(case: PilotCast, action: str = "") -> str:
    return f"/pairings/{case.pairing.id}/pilot{action}"


def checkpoint_path(case: PilotCast, number: int = 0) -> str:
    return path_of(case, f"/checkpoints/{case.checkpoint(number).id}")


def criterion_path(case: PilotCast, number: int = 0) -> str:
    return path_of(case, f"/criteria/{case.agreement.criteria[number].id}")


def section(page: PageView, name: str) -> str:
    found = page.soup.select_one(f'section[aria-labelledby="{name}"]')
    assert found is not None, f"no section {name}"
    return " ".join(found.get_text(" ").split())


# ---------------------------------------------------------------- starting


def test_the_unit_starts_from_the_page(planned: PilotCast, signed_in: SignedIn) -> None:
    browser = signed_in(planned.person("member"))
    page = browser.get(path_of(planned))
    sent = browser.submit(page, path_of(planned, "/start"))
    assert sent.status == 302
    assert "Utprøvingen er i gang" in browser.follow(sent).text
    assert planned.pilot.state is PilotState.RUNNING


def test_too_early_a_start_names_the_day(session: Session, signed_in: SignedIn) -> None:
    day = now().date() + timedelta(days=3)
    planned = make_pilot_cast(session, PilotState.PLANNED, test_starts_on=day)
    browser = signed_in(planned.person("leader"))
    page = browser.get(path_of(planned))
    assert day.strftime("%d.%m.%Y") in section(page, "obstacles")
    assert not page.has_form(path_of(planned, "/start"))
    sent = browser.post(path_of(planned, "/start"), {"version": str(planned.pilot.version)})
    assert sent.status == 409
    assert day.strftime("%d.%m.%Y") in sent.text


def test_a_start_without_a_version_or_from_an_old_page(
    planned: PilotCast, signed_in: SignedIn
) -> None:
    browser = signed_in(planned.person("leader"))
    assert browser.post(path_of(planned, "/start")).status == 409
    data = {"version": str(planned.pilot.version + 1)}
    assert browser.post(path_of(planned, "/start"), data).status == 409
    assert browser.get(path_of(planned, "/start")).status == 405
    assert planned.pilot.state is PilotState.PLANNED


GUARDED = [
    ("entrepreneur", "/start", 403),
    ("entrepreneur", "/complete", 403),
    ("coordinator", "/complete", 403),
    ("coordinator", "/stop", 403),
    ("adviser", "/effort", 403),
    ("leadership", "/stop-reason", 403),
    ("member", "/stop-reason", 409),
    ("member", "/complete", 409),
    ("other_unit", "/complete", 404),
    ("other_organisation", "/effort", 404),
    ("other_municipality", "/stop", 403),
]


@pytest.mark.parametrize(("name", "action", "status"), GUARDED)
def test_a_page_that_is_not_ones_own(
    case: PilotCast, signed_in: SignedIn, name: str, action: str, status: int
) -> None:
    browser = signed_in(case.person(name))
    if action != "/start":
        assert browser.get(path_of(case, action)).status == status
    data = {"version": str(case.pilot.version), "sure": "y", "note": "Nei.", **STOP}
    posted = browser.post(path_of(case, action), data)
    assert posted.refused if status == 409 else posted.status == status
    assert case.pilot.state is PilotState.RUNNING


# ---------------------------------------------------------------- reporting


@pytest.mark.parametrize("name", ["member", "entrepreneur"])
def test_a_side_reports(case: PilotCast, signed_in: SignedIn, name: str) -> None:
    browser = signed_in(case.person(name))
    assert checkpoint_path(case) in links(browser.get(path_of(case)))
    sent = browser.submit(browser.get(checkpoint_path(case)), **REPORT)
    assert sent.status == 302
    page = browser.follow(sent)
    told = section(page, "checkpoints")
    assert "Åtte har begynt." in told
    assert "Bekreftet at versjon 1 av avtalen fortsatt gjelder." in told
    assert browser.get(checkpoint_path(case)).status == 409


def test_a_report_that_is_not_whole_keeps_what_was_typed(
    case: PilotCast, signed_in: SignedIn
) -> None:
    browser = signed_in(case.person("member"))
    page = browser.get(checkpoint_path(case))
    empty = browser.submit(page, note="", hours="", money="")
    assert empty.refused
    for words in ("hvordan det går", "noen ord", "hvor mange timer", "hvor mange kroner"):
        assert words in errors(empty)
    wish = REPORT | {"answer": "renegotiate", "reason": "", "note": LONG}
    silent = browser.submit(page, **wish)
    assert silent.refused
    assert "hva i avtalen som må endres" in errors(silent)
    assert LONG.strip() in silent.text
    assert agreements.find_open_version(case.session, case.pairing.id) is None


def test_a_wish_to_renegotiate_leads_to_the_new_version(
    case: PilotCast, signed_in: SignedIn
) -> None:
    browser = signed_in(case.person("entrepreneur"))
    wish = REPORT | {"answer": "renegotiate", "reason": "Vi trenger flere timer."}
    sent = browser.submit(browser.get(checkpoint_path(case)), **wish)
    page = browser.follow(sent)
    assert "en ny versjon av avtalen er begynt" in page.text
    assert "Versjon 2 av avtalen er under arbeid" in page.text
    assert f"/pairings/{case.pairing.id}/agreement" in links(page)

    browser = signed_in(case.person("member"))
    page = browser.get(checkpoint_path(case))
    assert "Versjon 2 av avtalen er alt under arbeid" in page.text
    sent = browser.submit(page, **(wish | {"reason": "Vi også."}))
    assert "dere forhandler i den" in browser.follow(sent).text


def test_a_checkpoint_of_another_case_is_not_found(
    case: PilotCast, session: Session, signed_in: SignedIn
) -> None:
    other = make_pilot_cast(session)
    path = path_of(case, f"/checkpoints/{other.checkpoint().id}")
    assert signed_in(case.person("member")).get(path).status == 404


# ---------------------------------------------------------------- efforts


def test_effort_is_logged_and_shown_against_the_agreement(
    case: PilotCast, signed_in: SignedIn
) -> None:
    browser = signed_in(case.person("member"))
    page = browser.get(path_of(case, "/effort"))
    wrong = browser.submit(page, hours="mange", used_on="i går", note="Opplæring")
    assert wrong.refused
    assert "bare tall" in errors(wrong)
    assert "31.12.2026" in errors(wrong)
    assert wrong.soup.select_one('input[value="mange"]')

    early = browser.submit(page, hours="8", used_on="2026-09-10", note="Opplæring")
    assert "Første dag dere kan føre på, er 13.09.2026." in errors(early)
    nothing = browser.submit(page, hours="0", used_on="2026-09-14", note="Opplæring")
    assert "Begge deler kan ikke være 0" in errors(nothing)
    sent = browser.submit(page, hours="8", money="85 000", used_on="14.09.2026", note="Opplæring")
    page = browser.follow(sent)
    budget = section(page, "budget")
    assert "Opplæring" in budget
    assert "Nær kostnadstaket" in budget
    meter = page.soup.select_one('section[aria-labelledby="budget"] meter')
    assert meter is not None
    assert (meter["value"], meter["low"], meter["high"]) == ("85000", "80000", str(CAP))
    assert str(meter["aria-label"]).startswith("85")


def test_over_the_cap_the_page_says_so(case: PilotCast, signed_in: SignedIn) -> None:
    case.use("member", money=CAP + 500)
    page = signed_in(case.person("entrepreneur")).get(path_of(case))
    assert "Over kostnadstaket" in section(page, "budget")
    assert "500 kr mer enn taket" in section(page, "budget")


# ---------------------------------------------------------------- measuring and completing


def test_the_unit_measures_and_completes(case: PilotCast, signed_in: SignedIn) -> None:
    browser = signed_in(case.person("member"))
    page = browser.get(path_of(case))
    assert path_of(case, "/complete") not in links(page)
    assert "når alle suksesskriteriene er målt" in page.text
    early = browser.get(path_of(case, "/complete"))
    assert early.status == 409
    assert "«Ensomhet», «Trygghet»" in early.text

    page = browser.get(criterion_path(case, 0))
    assert "30 av 40" in page.text
    silent = browser.submit(page, reached="fully", value="")
    assert "Skriv hva dere målte" in errors(silent)
    sent = browser.submit(page, reached="partly", value="20 av 40")
    assert sent.status == 302
    page = browser.get(criterion_path(case, 1))
    unsaid = browser.submit(page, reached="not_measured")
    assert "hvorfor kriteriet ikke er målt" in errors(unsaid)
    assert browser.submit(page, reached="not_measured", note="Ingen svarte.").status == 302

    assert path_of(case, "/complete") in links(browser.get(path_of(case)))
    page = browser.get(path_of(case, "/complete"))
    assert "30 av 100 poeng" in page.text
    assert "40 av 100 poeng er ikke målt" in page.text
    assert "Fullfører du nå, er den over i dag" in page.text
    assert "mangler rapport fra en av partene" in page.text
    unsure = browser.submit(page)
    assert unsure.refused
    assert "Kryss av" in errors(unsure)
    sent = browser.submit(page, sure="y")
    assert "venter saken på beslutningen" in browser.follow(sent).text
    assert case.pilot.ending is Ending.COMPLETED


def test_a_measurement_is_mended_in_the_same_form(case: PilotCast, signed_in: SignedIn) -> None:
    case.measure(note="Telt to ganger.")
    browser = signed_in(case.person("leader"))
    page = browser.get(criterion_path(case))
    assert page.soup.select_one('input[name=reached][value="fully"][checked]')
    assert browser.submit(page, reached="not").status == 302
    stale = browser.submit_from_another_window(page, reached="fully")
    assert stale.refused
    assert case.pilot.measurements[0].reached is Reached.NOT


def test_each_site_is_measured_for_itself(case: PilotCast, signed_in: SignedIn) -> None:
    unit = make_unit(case.session, case.cast.municipality)
    case.agreement.sites.append(AgreedSite(unit=unit, name="Fjellhus"))
    case.session.flush()
    browser = signed_in(case.person("member"))
    path = f"{criterion_path(case)}/sites/{case.agreement.sites[1].id}"
    assert path in links(browser.get(path_of(case)))
    page = browser.get(path)
    assert "Fjellhus" in page.text
    sent = browser.submit(page, reached="fully", value="9 av 10")
    assert sent.status == 302
    (measured,) = case.pilot.measurements
    assert measured.site_id == case.agreement.sites[1].id
    assert browser.get(f"{criterion_path(case)}/sites/999999").status == 404


# ---------------------------------------------------------------- stopping


def test_one_side_stops_and_the_other_gives_its_reason(
    case: PilotCast, signed_in: SignedIn
) -> None:
    browser = signed_in(case.person("entrepreneur"))
    page = browser.get(path_of(case, "/stop"))
    empty = browser.submit(page, note=LONG)
    assert empty.refused
    assert "Velg en grunn" in errors(empty)
    assert LONG.strip() in empty.text
    stopped = browser.follow(browser.submit(page, **STOP))
    assert "For få deltakere" in section(stopped, "stopped")
    assert "Ikke gitt ennå" in section(stopped, "stopped")
    assert path_of(case, "/stop-reason") not in links(stopped)

    browser = signed_in(case.person("leader"))
    for page in (browser.get(path_of(case)), browser.get(f"/pairings/{case.pairing.id}")):
        assert path_of(case, "/stop-reason") in links(page)
    page = browser.get(path_of(case, "/stop-reason"))
    sent = browser.submit(page, stop_reason="cooperation", note="Vi ble ikke enige.")
    both = section(browser.follow(sent), "stopped")
    assert "For få deltakere" in both
    assert "Samarbeidet fungerte ikke" in both
    assert "ingen beslutning om kjøp" in both
