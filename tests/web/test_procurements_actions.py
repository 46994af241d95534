"""What the adviser does with a procurement in the browser."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.agreements.states import AgreementState
from marketplace.core.clock import now, today
from marketplace.needs.states import ProcurementRoute
from marketplace.procurements import queries
from marketplace.procurements.models import Procurement, Purchase
from marketplace.procurements.pages.teaching import sections_of
from marketplace.procurements.states import ProcurementState
from tests.domain.agreement_cast import make_agreement
from tests.domain.procurement_cast import Purchasing, make_purchasing
from tests.factories import make_concept, make_interest
from tests.web.client import Browser, PageView, errors

SignedIn = Callable[[Person], Browser]
DIRECT, TENDER = ProcurementRoute.DIRECT_PURCHASE, ProcurementRoute.OPEN_TENDER
LONG = "Dette skrev jeg lenge på. " * 20


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


@pytest.fixture
def buyer(case: Purchasing, signed_in: SignedIn) -> Browser:
    return signed_in(case.person("buyer"))


def path_of(case: Purchasing, more: str = "") -> str:
    return f"/pairings/{case.pairing.id}/procurement{more}"


def area(page: PageView, name: str) -> str:
    field = page.soup.select_one(f'textarea[name="{name}"]')
    return field.get_text().strip() if field else ""


# ---------------------------------------------------------------- the way to a contract


def test_a_direct_purchase_from_route_to_contract(case: Purchasing, buyer: Browser) -> None:
    procurement = case.procurement()
    page = buyer.get(path_of(case))
    assert "Velg framgangsmåte" in page.text

    chosen = buyer.submit(buyer.get(path_of(case, "/route")), route="direct_purchase", do="save")
    assert chosen.status == 302
    page = buyer.follow(chosen)
    steps = queries.steps_of(procurement)
    assert len(page.soup.select("section[aria-labelledby=steps] tbody tr")) == len(steps)

    done = buyer.submit(page, path_of(case, f"/steps/{steps[0].id}/done"))
    assert "Trinnet er ferdig." in buyer.follow(done).text

    page = buyer.get(path_of(case, "/contract"))
    assert steps[1].title in page.text
    signed = buyer.submit(page, value="390 000", reason="Beste tilbud.")
    page = buyer.follow(signed)
    assert "Kontrakten ble inngått med" in page.text
    assert procurement.state is ProcurementState.CONTRACTED


def test_a_tender_is_announced_with_its_number(case: Purchasing, buyer: Browser) -> None:
    procurement = case.procurement(
        route=TENDER, package_text="Kaffe hjelper.", package_shared_at=now(),
        package_shared_by_id=case.person("buyer").id,
    )  # fmt: skip

    page = buyer.get(path_of(case, "/announce"))
    text = page.soup.select_one("#notice-text").get_text()  # type: ignore[union-attr]  # a missing field fails the test too
    assert case.cast.need.title in text
    assert case.cast.unit.contact_email in text
    assert f"http://localhost/pilots-taught/{case.pairing.id}" in text
    assert page.soup.select_one("button[data-copy=notice-text][hidden]")

    refused = buyer.submit(page, reference=" ")
    assert "Skriv nummeret" in errors(refused)
    sent = buyer.submit(page, reference="2026-777777")
    assert "2026-777777" in buyer.follow(sent).text
    assert procurement.state is ProcurementState.ANNOUNCED


def test_a_notice_of_intent_names_the_supplier_and_why(case: Purchasing, buyer: Browser) -> None:
    case.procurement(
        route=ProcurementRoute.NOTICE_OF_INTENT, route_reason="Ingen andre leverer dette."
    )

    text = buyer.get(path_of(case, "/announce")).text

    assert "Intensjonskunngjøring" in text
    assert case.cast.concept.organisation.name in text
    assert "Ingen andre leverer dette." in text


# ---------------------------------------------------------------- choosing the route


def test_the_advice_follows_what_is_typed_and_nothing_is_saved(
    case: Purchasing, buyer: Browser
) -> None:
    procurement = case.procurement()
    page = buyer.get(path_of(case, "/route"))
    assert "Under grensen for anskaffelsesloven" in page.text

    shown = buyer.submit(page, estimated_value="2 500 000", service_category="other", do="preview")

    assert shown.status == 200
    assert "Forskriften del I og III" in shown.text
    assert "Plikt til å kunngjøre på Doffin og i TED" in shown.text
    case.session.refresh(procurement)
    assert (procurement.estimated_value, procurement.route) == (400_000, None)


def test_departing_from_the_advice_is_refused_without_a_reason_and_keeps_what_was_typed(
    case: Purchasing, buyer: Browser
) -> None:
    case.procurement()
    page = buyer.get(path_of(case, "/route"))

    refused = buyer.submit(page, estimated_value="600 000", route="direct_purchase", do="save")

    assert refused.refused
    assert "en annen enn tabellen anbefaler" in errors(refused)
    field = refused.soup.select_one("input[name=estimated_value]")
    assert field is not None
    assert "".join(str(field["value"]).split()) == "600000"
    assert refused.soup.select_one('input[name=route][value="direct_purchase"][checked]')
    saved = buyer.submit(refused, route_reason="Bare én kan levere.", do="save")
    assert saved.status == 302


def test_a_stale_form_is_told_so(case: Purchasing, buyer: Browser) -> None:
    procurement = case.procurement()
    page = buyer.get(path_of(case, "/route"))
    procurement.object = "Noe annet"
    case.session.flush()

    assert buyer.submit(page, route="direct_purchase", do="save").refused


@pytest.mark.parametrize(
    ("more", "fields"),
    [
        ("/route", {"estimated_value": "mye", "route": "direct_purchase", "do": "save"}),
        ("/route", {"starts_on": "i går", "do": "preview"}),
        ("/contract", {"value": "x", "reason": LONG}),
        ("/contract", {"winner": "other", "other_supplier": "", "value": "1", "reason": LONG}),
        ("/contract", {"winner": "tull", "value": "1", "reason": LONG}),
        ("/cancel", {"reason": " "}),
        ("/dialogue", {"supplier": "", "summary": LONG}),
        ("/dialogue", {"held_on": "31.12.2099", "channel": "phone", "supplier": "A",
                       "summary": LONG}),
        ("/protocol", {"exempt_paragraph": "", "exempt_until": "31.12.2027", "invited": LONG}),
        ("/package", {"text": " ", "do": "share"}),
        ("/purchases", {"amount": "0", "kind": "pilot", "note": LONG}),
        ("/purchases", {"amount": "-5", "kind": "pilot"}),
        ("/purchases", {"unit_id": "999999", "amount": "5", "kind": "pilot", "note": LONG}),
        ("/steps/new", {"title": "", "due_on": "31.12.2026"}),
        ("/steps/new", {"title": "A", "due_on": "31.12.2026", "owner_id": "999999"}),
    ],
)  # fmt: skip
def test_bad_input_is_explained_and_kept(
    case: Purchasing, buyer: Browser, more: str, fields: dict[str, str]
) -> None:
    case.procurement(route=DIRECT)
    page = buyer.get(path_of(case, more))
    extra = {name: value for name, value in fields.items() if name == "action"}
    form = page.form()
    for button in form.select("button[name=action]"):
        button.name = "input"

    refused = buyer.submit(page, **(fields | extra))

    assert refused.refused
    assert errors(refused)
    assert all(LONG.strip() == area(refused, name) for name, v in fields.items() if v == LONG)


# ---------------------------------------------------------------- steps


def test_a_step_is_changed_added_and_opened_again(case: Purchasing, buyer: Browser) -> None:
    step = case.add_step(case.procurement(route=DIRECT))
    path = path_of(case, f"/steps/{step.id}")

    changed = buyer.submit(
        buyer.get(path), title="Be om pris", due_on="01.12.2026",
        owner_id=str(case.person("member").id),
    )  # fmt: skip
    page = buyer.follow(changed)
    assert "Be om pris" in page.text
    assert case.person("member").name in page.text

    buyer.submit(page, f"{path}/done")
    page = buyer.get(path_of(case))
    buyer.submit(page, f"{path}/reopen")
    assert step.done_on is None

    added = buyer.submit(
        buyer.get(path_of(case, "/steps/new")), title="Spør juristen", due_on="2026-12-24"
    )
    assert "Spør juristen" in buyer.follow(added).text


def test_a_step_of_another_case_is_not_found(case: Purchasing, buyer: Browser) -> None:
    case.procurement(route=DIRECT)

    assert buyer.get(path_of(case, "/steps/999999")).status == 404


# ---------------------------------------------------------------- what is written down


def test_a_talk_is_written_down(case: Purchasing, buyer: Browser) -> None:
    case.procurement()

    sent = buyer.submit(
        buyer.get(path_of(case, "/dialogue")), supplier="Konkurrent AS", channel="email",
        summary="De spør om fristen.", shared="Fristen er 1. desember.",
    )  # fmt: skip

    assert "Konkurrent AS" in buyer.follow(sent).text


def test_what_the_pilot_taught_is_prefilled_saved_and_shared(
    case: Purchasing, buyer: Browser, signed_in: SignedIn
) -> None:
    concept = make_concept(case.session)
    make_interest(case.session, case.cast.need, concept)
    case.procurement()
    page = buyer.get(path_of(case, "/package"))
    draft = area(page, "text")
    assert case.cast.need.problem in draft
    assert case.cast.concept.title in draft
    assert case.person("member").name not in draft

    saved = buyer.post(
        path_of(case, "/package"),
        {"text": draft + "\n\nDet virket.", "version": form_version(page), "do": "save"},
    )
    assert saved.status == 302
    page = buyer.get(path_of(case, "/package"))
    assert "Det virket." in area(page, "text")
    shared = buyer.post(
        path_of(case, "/package"),
        {"text": area(page, "text"), "version": form_version(page), "do": "share"},
    )
    assert "Alle kan lese den nå." in buyer.follow(shared).text
    other = signed_in(concept.author)
    assert "Det en utprøving lærte oss, er delt" in other.get("/notifications").text
    assert "Det virket." in other.get(f"/pilots-taught/{case.pairing.id}").text


def form_version(page: PageView) -> str:
    field = page.soup.select_one("main form input[name=version]")
    assert field is not None
    return str(field["value"])


def test_the_protocol_becomes_a_file_with_its_points(case: Purchasing, buyer: Browser) -> None:
    case.procurement(route=DIRECT, subcontractors="")
    page = buyer.get(path_of(case))
    assert "Underleverandører" in page.text

    written = buyer.submit(
        buyer.get(path_of(case, "/protocol")), subcontractors="Ingen.", reserved_reason="§ 30-2 a"
    )
    assert written.status == 302
    file = buyer.client.get(path_of(case, "/protocol.pdf"))
    reader = PdfReader(BytesIO(file.data))
    text = " ".join(page.extract_text() for page in reader.pages)
    for said in ("Et møtested for eldre", "Tre leverandører", "Ingen er inhabile", "§ 30-2 a",
                 "offentleglova § 23 (3)", "Ikke skrevet ennå."):  # fmt: skip
        assert said in text
    assert file.headers["Content-Disposition"].endswith("protokoll-nabokaffe.pdf")


def test_a_purchase_is_written_in_before_there_is_a_procurement(
    case: Purchasing, buyer: Browser
) -> None:
    page = buyer.get(path_of(case))
    assert "Det er ingen anskaffelse i saken ennå" in page.text

    sent = buyer.submit(buyer.get(path_of(case, "/purchases")), kind="pilot", amount="80 000 kr")

    assert sent.status == 302
    assert case.session.scalars(select(Purchase)).one().amount == 80_000


def test_cancelling_shows_the_reason_to_both(
    case: Purchasing, buyer: Browser, signed_in: SignedIn
) -> None:
    case.procurement()

    sent = buyer.submit(buyer.get(path_of(case, "/cancel")), reason="Pengene er brukt.")

    assert sent.status == 302
    for name in ("leader", "entrepreneur"):
        assert "Pengene er brukt." in signed_in(case.person(name)).get(path_of(case)).text


@pytest.mark.parametrize("more", ["/announce", "/contract", "/cancel", "/route"])
def test_what_is_over_opens_no_form(case: Purchasing, buyer: Browser, more: str) -> None:
    case.procurement(ProcurementState.CONTRACTED)

    assert buyer.get(path_of(case, more)).status == 409


@pytest.mark.parametrize("more", ["/announce", "/contract", "/route", "/protocol", "/dialogue"])
def test_without_a_procurement_there_is_no_form(
    case: Purchasing, buyer: Browser, more: str
) -> None:
    assert buyer.get(path_of(case, more)).status == 404
    assert case.session.scalar(select(func.count(Procurement.id))) == 0


def test_today_is_the_day_of_the_form(case: Purchasing, buyer: Browser) -> None:
    case.procurement()

    page = buyer.get(path_of(case, "/dialogue"))

    assert page.soup.select_one(f'input[name=held_on][value="{today()}"]')


def test_short_lines_above_a_paragraph_are_headings() -> None:
    text = "Behovet\nMange er alene.\n\nBare et avsnitt.\n\n– én\n– to\n\nNoter:\nen linje"

    assert sections_of(text) == [
        ("Behovet", "Mange er alene."),
        ("", "Bare et avsnitt."),
        ("", "– én\n– to"),
        ("", "Noter:\nen linje"),
    ]


# ---------------------------------------------------------------- a paid test


def test_a_paid_test_says_what_it_is_and_the_adviser_confirms_its_route(
    case: Purchasing, buyer: Browser, signed_in: SignedIn
) -> None:
    values = {"payment": 900_000, "cost_cap": 950_000}
    make_agreement(case.session, case.pairing, AgreementState.OFFERED, **values)
    agreement, why = f"/pairings/{case.pairing.id}/agreement", "Tre leverandører ble spurt."
    leader = signed_in(case.person("leader"))
    assert "kan ikke kjøpes direkte uten videre" in leader.get(agreement).text
    assert leader.get(f"{agreement}/route").status == 403
    page = buyer.get(f"{agreement}/route")
    refused = buyer.submit(page, route="mini_competition", reason="")
    assert "Skriv hvorfor framgangsmåten er riktig." in errors(refused)

    done = buyer.submit(refused, reason=why)

    assert why in buyer.follow(done).text
    entrepreneur = signed_in(case.person("entrepreneur")).get(agreement).text
    assert "Innkjøpsrådgiveren bekreftet framgangsmåten" in entrepreneur
    assert why not in entrepreneur
    assert "under grensen for direkte kjøp" not in entrepreneur


def test_a_cheap_test_says_in_one_line_that_it_may_be_bought_directly(
    case: Purchasing, signed_in: SignedIn
) -> None:
    make_agreement(case.session, case.pairing)
    for name, page in (("entrepreneur", ""), ("member", "/edit")):
        shown = signed_in(case.person(name)).get(f"/pairings/{case.pairing.id}/agreement{page}")
        assert "Det er under grensen for direkte kjøp (500 000 kr fra 01.07.2026)" in shown.text
