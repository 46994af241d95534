"""Writing an agreement in the browser: rows without a script, and nothing typed is lost."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.agreements import queries
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementState
from tests.domain.agreement_cast import WHY, AgreementCast, in_days, make_agreement_cast
from tests.factories import make_unit
from tests.web.agreement_pages import SignedIn, path_of, value_of
from tests.web.client import Browser, PageView, errors, form_values

LONG = "Dette skrev jeg lenge på. " * 20
S = AgreementState


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def open_draft(cast: AgreementCast, browser: Browser) -> PageView:
    return browser.get(path_of(cast, "/edit"))


def send(browser: Browser, page: PageView, **fields: Any) -> PageView:
    """Send the form as a browser does: with the one button that was pressed, or none."""
    form = page.form(str(page.soup.select_one("main form.form")["action"]))  # type: ignore[index]  # a missing form fails the test too
    return browser.post(str(form["action"]), form_values(form) | fields)


def reload(cast: AgreementCast) -> Agreement:
    agreement = queries.find_open_version(cast.session, cast.pairing.id)
    assert agreement is not None
    return agreement


# ---------------------------------------------------------------- the first version


def test_a_side_begins_and_writes_the_agreement(cast: AgreementCast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.case.person("member"))
    started = browser.submit(browser.get(path_of(cast)), path_of(cast, "/start"))
    assert started.location.endswith(path_of(cast, "/edit"))

    page = browser.follow(started)
    assert page.heading == "Skriv avtalen, versjon 1"
    assert cast.pairing.need.title in value_of(page, "purpose")
    assert value_of(page, "sites-0-name") == cast.case.unit.name
    sent = send(
        browser,
        page,
        **{
            "entrepreneur_hours": "1 200",
            "cost_cap": "150 000 kr",
            "payment": "0",
            "test_starts_on": f"{in_days(10):%d.%m.%Y}",
            "test_ends_on": f"{in_days(100)}",
            "decision_on": f"{in_days(120)}",
            "criteria-0-target": "Minst halvparten",
        },
    )

    assert sent.status == 302
    agreement = reload(cast)
    assert (agreement.entrepreneur_hours, agreement.cost_cap, agreement.payment) == (
        1200,
        150_000,
        0,
    )
    assert agreement.test_starts_on == in_days(10)
    assert agreement.criteria[0].target == "Minst halvparten"
    assert "Utkastet er lagret." in browser.follow(sent).text


def test_the_button_to_go_on_leads_back_to_the_form(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version()
    browser = signed_in(cast.case.person("leader"))

    sent = send(browser, open_draft(cast, browser), stay="yes", purpose="Nytt.")

    assert sent.location.endswith("/edit")
    assert reload(cast).purpose == "Nytt."


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize(
    ("rows", "part"), [("criteria", "title"), ("checkpoints", "topic"), ("sites", "name")]
)
def test_a_row_is_added_and_taken_away_without_losing_anything(
    cast: AgreementCast, signed_in: SignedIn, rows: str, part: str
) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))
    page = open_draft(cast, browser)
    count = len(page.soup.select(f'[name^="{rows}-"][name$="-{part}"]'))

    added = send(browser, page, add=rows, purpose=LONG, cost_cap="mye")

    assert added.refused
    assert len(added.soup.select(f'[name^="{rows}-"][name$="-{part}"]')) == count + 1
    assert value_of(added, "purpose") == LONG.strip()
    assert value_of(added, "cost_cap") == "mye"
    assert added.soup.select_one(f"#{rows} fieldset[data-focus-on-load]")
    removed = send(browser, added, remove=f"{rows}-0")
    assert removed.soup.select_one(f'[name="{rows}-0-{part}"]') is None
    assert value_of(removed, "purpose") == LONG.strip()
    assert reload(cast).purpose != LONG.strip()


def test_rows_are_saved_with_a_gap_where_one_was_taken_away(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version()
    browser = signed_in(cast.case.person("entrepreneur"))
    page = send(browser, open_draft(cast, browser), add="criteria")
    page = send(browser, page, remove="criteria-0")

    new = {"criteria-2-title": "Sover bedre", "criteria-2-weight": "60"}
    assert send(browser, page, **new).status == 302

    assert [(row.title, row.weight) for row in reload(cast).criteria] == [
        ("Trives", 40),
        ("Sover bedre", 60),
    ]


def test_a_blank_row_is_as_good_as_none(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))
    page = open_draft(cast, browser)
    for rows in ("criteria", "checkpoints", "sites"):
        page = send(browser, page, add=rows)

    assert send(browser, page).status == 302

    agreement = reload(cast)
    assert (len(agreement.criteria), len(agreement.checkpoints), len(agreement.sites)) == (2, 1, 1)


def test_all_rows_can_be_taken_away(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))
    page = send(browser, open_draft(cast, browser), remove="checkpoints-0")

    assert send(browser, page).status == 302

    assert reload(cast).checkpoints == []


def test_a_site_is_chosen_among_the_units_of_the_municipality(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    near, far = make_unit(cast.session, cast.case.municipality), make_unit(cast.session)
    cast.version()
    browser = signed_in(cast.case.person("member"))
    page = open_draft(cast, browser)

    options = [o["value"] for o in page.soup.select('[name="sites-0-unit_id"] option')]
    assert options[0] == str(cast.case.unit.id)
    assert str(near.id) in options
    assert str(far.id) not in options
    forged = send(browser, page, **{"sites-0-unit_id": str(far.id)})
    assert forged.refused
    assert "Velg en enhet i kommunen" in errors(forged)
    assert send(browser, page, **{"sites-0-unit_id": str(near.id)}).status == 302
    assert reload(cast).sites[0].unit_id == near.id


# ---------------------------------------------------------------- bad input

BAD = [
    ({"cost_cap": "mye"}, "Skriv bare tall", "cost_cap"),
    ({"unit_hours": "-3"}, "Skriv et tall fra 0", "unit_hours"),
    ({"decision_on": "31.02.2027"}, "Skriv datoen slik", "decision_on"),
    ({"criteria-0-weight": "101"}, "Skriv et tall fra 1 til 100", "criteria-0-weight"),
    ({"criteria-0-weight": ""}, "Skriv hvor mye kriteriet teller", "criteria-0-weight"),
    ({"criteria-1-title": ""}, "Skriv hva kriteriet er", "criteria-1-title"),
    ({"checkpoints-0-due_on": "i morgen"}, "Skriv datoen slik", "checkpoints-0-due_on"),
    ({"sites-0-name": ""}, "Skriv hva stedet heter", "sites-0-name"),
]


@pytest.mark.parametrize(("fields", "message", "where"), BAD)
def test_what_cannot_be_read_is_named_and_the_rest_is_saved(
    cast: AgreementCast,
    signed_in: SignedIn,
    fields: dict[str, str],
    message: str,
    where: str,
) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))

    sent = send(browser, open_draft(cast, browser), purpose=LONG, **fields)

    assert sent.refused
    assert message in errors(sent)
    assert sent.soup.select_one(f'.ds-error-summary a[href="#{where}"]')
    assert sent.soup.select_one(f"#{where}")
    assert value_of(sent, where) == fields[where]
    assert reload(cast).purpose == LONG.strip()
    assert len(reload(cast).criteria) == 2


def test_the_same_day_twice_is_refused_and_kept(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))
    page = send(browser, open_draft(cast, browser), add="checkpoints")

    sent = send(
        browser, page, **{"checkpoints-1-due_on": str(in_days(60)), "checkpoints-1-topic": "Igjen"}
    )

    assert sent.refused
    assert "står to ganger" in errors(sent)
    assert value_of(sent, "checkpoints-1-topic") == "Igjen"


def test_what_somebody_saved_meanwhile_is_shown_beside_what_was_typed(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version()
    mine, theirs = (signed_in(cast.case.person(name)) for name in ("member", "entrepreneur"))
    page = open_draft(cast, mine)
    send(theirs, open_draft(cast, theirs), purpose="Deres formål.", **{"sites-0-name": "Hos dem"})

    late = send(mine, page, purpose=LONG)

    assert late.refused
    assert "Noen andre endret dette mens du skrev." in errors(late)
    assert "Deres formål." in late.text
    assert "Hos dem" in late.text
    assert value_of(late, "purpose") == LONG.strip()
    assert send(mine, late).status == 302
    assert reload(cast).purpose == LONG.strip()


def test_an_offered_text_is_not_saved_and_not_lost(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    agreement = cast.version()
    browser = signed_in(cast.case.person("member"))
    page = open_draft(cast, browser)
    cast.offer("entrepreneur", agreement)

    late = send(browser, page, purpose=LONG)
    assert late.refused
    assert "Teksten kan ikke endres nå" in errors(late)
    assert value_of(late, "purpose") == LONG.strip()

    opened = open_draft(cast, browser)
    assert opened.location.endswith(path_of(cast))
    assert "Teksten kan ikke endres nå" in browser.follow(opened).text


# ---------------------------------------------------------------- the checklist


def test_the_checklist_links_to_what_is_missing(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version(on_yes="", sites=[])
    browser = signed_in(cast.case.person("member"))

    page = open_draft(cast, browser)
    assert "2 punkter mangler." in page.text
    for link in page.soup.select(".checklist .missing a"):
        assert page.soup.select_one(str(link["href"]))

    shown = browser.get(path_of(cast))
    assert not shown.has_form(path_of(cast, "/offer"))
    links = [str(link["href"]) for link in shown.soup.select(".checklist .missing a")]
    assert links == [path_of(cast, "/edit#section-sites"), path_of(cast, "/edit#section-on_yes")]


def test_an_offer_of_what_is_not_ready_says_what_is_missing(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    agreement = cast.version(on_yes="")
    browser = signed_in(cast.case.person("member"))
    came_from = {"Referer": f"http://localhost{path_of(cast)}"}
    data = {"version": str(agreement.version)}

    sent = browser.follow(browser.post(path_of(cast, "/offer"), data, headers=came_from))

    assert "Avtalen kan ikke sendes til underskrift ennå." in sent.text
    assert "Hva som skjer ved ja" in sent.text
    assert reload(cast).state is S.DRAFT


def test_the_summary_names_the_fields_that_have_the_same_trouble(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))
    page = browser.get(path_of(cast, "/edit"))

    answer = send(browser, page, unit_hours="mange", **{"criteria-0-weight": "mye"})

    assert "Timer fra tjenesteenheten: Skriv bare tall" in errors(answer)
    assert "Vekt: Skriv bare tall" in errors(answer)


def test_what_is_pasted_is_never_cut_by_the_browser(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))
    page = browser.get(path_of(cast, "/edit"))

    answer = send(browser, page, purpose="a" * 5001)

    assert not page.soup.select("[maxlength]")
    assert "det er plass til 5000 tegn" in errors(answer)
    assert "a" * 5001 in str(answer.soup)


# ---------------------------------------------------------------- a new version


def test_a_side_proposes_a_new_version(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version(S.SIGNED)
    browser = signed_in(cast.case.person("entrepreneur"))
    assert browser.get(path_of(cast)).soup.select_one(f'a[href="{path_of(cast, "/new-version")}"]')
    page = browser.get(path_of(cast, "/new-version"))

    empty = browser.submit(page, reason=" ")
    assert empty.refused
    assert "Skriv hvorfor" in errors(empty)
    sent = browser.submit(page, reason=WHY)
    assert sent.location.endswith("/edit")
    assert WHY in browser.get(path_of(cast)).text


def test_a_second_new_version_is_refused_and_what_was_typed_kept(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version(S.SIGNED)
    browser = signed_in(cast.case.person("member"))
    page = browser.get(path_of(cast, "/new-version"))
    cast.version(number=2)

    sent = browser.submit(page, reason=LONG)

    assert sent.refused
    assert "en versjon som ikke er ferdig" in errors(sent)
    assert value_of(sent, "reason") == LONG.strip()
    assert browser.get(path_of(cast, "/new-version")).status == 409
