"""Offering, signing, sending back and withdrawing in the browser, and the templates."""

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.agreements import queries
from marketplace.agreements.starting_text import shipped_texts
from marketplace.agreements.states import AgreementState
from marketplace.pairings.states import CaseRole
from tests.domain.agreement_cast import (
    OUTSIDERS,
    WHY,
    AgreementCast,
    in_days,
    make_agreement_cast,
)
from tests.web.agreement_pages import SignedIn, path_of, value_of
from tests.web.client import errors

S = AgreementState
TEMPLATES = "/administration/agreement-templates"


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def test_both_sides_sign_what_one_has_offered(cast: AgreementCast, signed_in: SignedIn) -> None:
    agreement = cast.version()
    browser = signed_in(cast.case.person("entrepreneur"))
    offered = browser.submit(browser.get(path_of(cast)), path_of(cast, "/offer"))
    assert "Avtalen er sendt til underskrift." in browser.follow(offered).text
    page = browser.get(path_of(cast, "/sign"))
    assert cast.case.concept.organisation.name in page.text
    signed = browser.submit(page)
    assert "Du har skrevet under." in browser.follow(signed).text

    browser = signed_in(cast.case.person("leader"))
    assert browser.get(path_of(cast)).soup.select_one(f'a[href="{path_of(cast, "/sign")}"]')
    page = browser.get(path_of(cast, "/sign"))
    assert cast.case.unit.name in page.text
    done = browser.follow(browser.submit(page))
    assert "Begge har skrevet under. Avtalen gjelder fra nå." in done.text
    assert "Avtalen gjelder" in done.text
    assert agreement.state is S.SIGNED
    assert browser.get(path_of(cast, "/sign")).status == 404


@pytest.mark.parametrize("name", ["member", "coordinator", "leadership", *OUTSIDERS])
def test_others_find_no_way_to_sign(cast: AgreementCast, signed_in: SignedIn, name: str) -> None:
    agreement = cast.version(S.OFFERED)
    browser = signed_in(cast.case.person(name))

    assert browser.get(path_of(cast, "/sign")).status in {403, 404}
    sent = browser.post(path_of(cast, "/sign"), {"version": str(agreement.version)})
    assert sent.status in {403, 404}
    assert agreement.unit_signed_at is None


def test_what_stands_in_the_way_of_signing_is_said(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version(S.OFFERED, test_ends_on=in_days(-2), test_starts_on=in_days(-9))
    cast.empty(CaseRole.DATA_PROTECTION)
    browser = signed_in(cast.case.person("leader"))

    page = browser.get(path_of(cast))

    assert "Datoene i avtalen er passert." in page.text
    assert "Rollen «Personvernkontakt» er tom." in page.text
    assert not page.soup.select_one(f'a[href="{path_of(cast, "/sign")}"]')
    assert browser.get(path_of(cast, "/sign")).status == 409


def test_a_second_signature_of_a_side_is_refused(cast: AgreementCast, signed_in: SignedIn) -> None:
    agreement = cast.version(S.OFFERED)
    browser = signed_in(cast.case.person("colleague"))
    page = browser.get(path_of(cast, "/sign"))
    cast.sign("entrepreneur", agreement)

    assert browser.submit(page).refused
    assert browser.get(path_of(cast, "/sign")).status == 409


@pytest.mark.parametrize("name", ["member", "leader", "entrepreneur"])
def test_an_offered_version_is_sent_back(
    cast: AgreementCast, signed_in: SignedIn, name: str
) -> None:
    agreement = cast.version(S.OFFERED)
    browser = signed_in(cast.case.person(name))
    page = browser.get(path_of(cast, "/send-back"))

    empty = browser.submit(page, reason="")
    assert empty.refused
    assert errors(empty)
    sent = browser.follow(browser.submit(page, reason=WHY))

    assert WHY in sent.text
    assert agreement.state is S.DRAFT
    assert WHY in browser.get(path_of(cast, "/edit")).text


def test_a_new_version_is_withdrawn(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version(S.SIGNED)
    cast.version(number=2)
    browser = signed_in(cast.case.person("member"))
    page = browser.get(path_of(cast, "/withdraw"))

    assert browser.submit(page, reason="").refused
    sent = browser.follow(browser.submit(page, reason=WHY))

    assert sent.heading == "Avtale, versjon 1"
    assert WHY in browser.get(path_of(cast, "/versions/2")).text


def test_a_first_version_is_not_withdrawn(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version()
    browser = signed_in(cast.case.person("member"))

    assert "Trekk den nye versjonen" not in browser.get(path_of(cast)).text
    assert browser.get(path_of(cast, "/withdraw")).status == 409


@pytest.mark.parametrize("action", ["/offer", "/sign", "/send-back"])
def test_a_stale_page_changes_nothing(
    cast: AgreementCast, signed_in: SignedIn, action: str
) -> None:
    state = S.DRAFT if action == "/offer" else S.OFFERED
    agreement = cast.version(state)
    browser = signed_in(cast.case.person("leader"))

    sent = browser.post(path_of(cast, action), {"version": "99", "reason": WHY})

    assert sent.status == 409 if action == "/offer" else sent.refused
    assert agreement.state is state


def test_the_timeline_tells_what_happened_to_each_version(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    agreement = cast.version()
    browser = signed_in(cast.case.person("entrepreneur"))
    cast.offer("member", agreement)
    cast.send_back("leader", agreement)

    page = browser.get(path_of(cast))

    rows = [row.get_text(" ", strip=True) for row in page.soup.select(".timeline li")]
    assert "Versjon 1: Sendt tilbake til utkast" in rows[0]
    assert WHY in rows[0]
    assert cast.case.person("leader").name in rows[0]
    assert "Versjon 1: Sendt til underskrift" in rows[1]
    assert cast.case.person("member").name in rows[1]


# ---------------------------------------------------------------- the administrator's templates


@pytest.mark.parametrize("name", ["leader", "entrepreneur", "coordinator", "leadership"])
def test_only_an_administrator_sees_the_templates(
    cast: AgreementCast, signed_in: SignedIn, name: str
) -> None:
    browser = signed_in(cast.case.person(name))

    assert browser.get(TEMPLATES).status == 403
    assert browser.get(f"{TEMPLATES}/nb").status == 403
    assert "Avtalemaler" not in browser.get("/").text


def test_an_administrator_edits_a_template(cast: AgreementCast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.case.person("administrator"))
    listed = browser.get(TEMPLATES)
    assert listed.text.count("Teksten som fulgte med") == 2
    assert listed.soup.select_one(f'main a[href="{TEMPLATES}/nn"]')
    page = browser.get(f"{TEMPLATES}/nn")
    assert value_of(page, "on_no") == shipped_texts(Language.NYNORSK)["on_no"]

    empty = browser.submit(page, on_no=" ", on_yes="Ja er ja.")
    assert empty.refused
    assert "Skriv en tekst her." in errors(empty)
    assert value_of(empty, "on_yes") == "Ja er ja."
    saved = browser.submit(page, on_no="Nei er nei.")
    assert "Malen er lagret." in browser.follow(saved).text

    again = browser.get(f"{TEMPLATES}/nn")
    assert value_of(again, "on_no") == "Nei er nei."
    assert "Avtalemalen ble endret" in again.text
    assert browser.submit_from_another_window(page, on_no="For sent.").refused
    template = queries.find_template(cast.session, Language.NYNORSK)
    assert template is not None
    assert template.on_no == "Nei er nei."


@pytest.mark.parametrize("code", ["en", "xx", "NB"])
def test_a_template_in_another_language_is_not_found(
    cast: AgreementCast, signed_in: SignedIn, code: str
) -> None:
    assert signed_in(cast.case.person("administrator")).get(f"{TEMPLATES}/{code}").status == 404
