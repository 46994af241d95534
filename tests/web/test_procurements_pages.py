"""The pages of a procurement: who finds them, and what they show to whom."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.clock import now, today
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings.states import PairingState
from marketplace.procurements.models import DialogueEntry, Procurement
from marketplace.procurements.services import moves, planning
from marketplace.procurements.states import DialogueChannel, ProcurementState, PurchaseKind
from tests.domain.procurement_cast import Purchasing, make_purchasing
from tests.queries import count_queries
from tests.web.client import Browser, PageView, links

SignedIn = Callable[[Person], Browser]
MUNICIPALITY = ("member", "leader", "coordinator", "adviser", "leadership", "buyer", "deputy")
ENTREPRENEURS = ("entrepreneur", "colleague")
OUTSIDERS = ("other_unit", "other_municipality", "other_organisation")
DIRECT = ProcurementRoute.DIRECT_PURCHASE


@pytest.fixture
def case(session: Session) -> Purchasing:
    return make_purchasing(session)


def path_of(case: Purchasing, more: str = "") -> str:
    return f"/pairings/{case.pairing.id}/procurement{more}"


def see(case: Purchasing, signed_in: SignedIn, name: str, more: str = "") -> PageView:
    return signed_in(case.person(name)).get(path_of(case, more))


def headings(page: PageView) -> list[str]:
    return [h.get_text(strip=True) for h in page.soup.select("main h2")]


def talk(case: Purchasing, procurement: Procurement) -> None:
    case.session.add(
        DialogueEntry(
            procurement_id=procurement.id,
            held_on=today(),
            supplier="Konkurrent AS",
            channel=DialogueChannel.PHONE,
            summary="De er dyre.",
            shared="Fristen er 1. desember.",
            logged_by_id=case.person("buyer").id,
        )
    )
    case.session.flush()
    case.session.expire(procurement)


# ---------------------------------------------------------------- who finds it


@pytest.mark.parametrize("name", MUNICIPALITY + ENTREPRENEURS)
@pytest.mark.parametrize("state", [None, *ProcurementState])
def test_the_page_is_shown_in_every_state(
    case: Purchasing, signed_in: SignedIn, state: ProcurementState | None, name: str
) -> None:
    if state is not None:
        case.add_step(case.procurement(state))

    page = see(case, signed_in, name)

    assert page.status == 200
    assert page.heading == "Anskaffelse"
    assert len(page.soup.select("h1")) == 1
    assert page.soup.select_one('nav.case-tabs a[aria-current="page"]').get_text() == "Anskaffelse"  # type: ignore[union-attr]  # a missing tab fails the test too
    assert "Hvem snakker jeg med?" in page.text


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("more", ["", "/protocol.pdf"])
def test_outsiders_find_nothing(
    case: Purchasing, signed_in: SignedIn, name: str, more: str
) -> None:
    case.procurement()

    assert see(case, signed_in, name, more).status == 404


def test_an_administrator_has_no_say(case: Purchasing, signed_in: SignedIn) -> None:
    case.procurement()

    assert see(case, signed_in, "administrator").status == 403


def test_a_case_that_is_not_approved_has_no_procurement(
    case: Purchasing, signed_in: SignedIn
) -> None:
    case.pairing.state = PairingState.ACCEPTED
    case.pairing.decided_at = case.pairing.decided_by_id = None
    case.session.flush()

    assert see(case, signed_in, "buyer").status == 409


FORMS = ["/route", "/announce", "/contract", "/cancel", "/dialogue", "/package", "/protocol",
         "/purchases", "/steps/new"]  # fmt: skip


@pytest.mark.parametrize("more", FORMS)
@pytest.mark.parametrize("name", ["adviser", "coordinator", "leader", "entrepreneur"])
def test_nobody_but_the_adviser_opens_the_forms(
    case: Purchasing, signed_in: SignedIn, name: str, more: str
) -> None:
    case.procurement(route=DIRECT)

    page = see(case, signed_in, name, more)

    assert page.status == 403
    assert "nnkjøpsrådgiver" in page.text


@pytest.mark.parametrize("name", MUNICIPALITY[:5] + ENTREPRENEURS)
def test_only_the_adviser_sees_buttons(case: Purchasing, signed_in: SignedIn, name: str) -> None:
    case.add_step(case.procurement(route=DIRECT))

    page = see(case, signed_in, name)

    assert not page.soup.select("main form")
    assert not any(link.startswith(path_of(case, "/")) for link in links(page)) or (
        name not in ENTREPRENEURS
        and {x for x in links(page) if x.startswith(path_of(case, "/"))}
        == {path_of(case, "/protocol.pdf")}
    )


# ---------------------------------------------------------------- what is shown


def test_the_adviser_sees_advice_with_paragraph_source_and_date(
    case: Purchasing, signed_in: SignedIn
) -> None:
    case.procurement(estimated_value=500_000)

    page = see(case, signed_in, "buyer")

    assert "Forskriften del I." in page.text
    assert "anskaffelsesloven § 2" in page.text
    assert "Lovdata, åpne data, 28.07.2026" in page.text
    assert "ikke juridisk rådgivning" in page.text
    assert "mer enn seks måneder" not in page.text


def test_an_old_table_is_warned_of(case: Purchasing, signed_in: SignedIn) -> None:
    from marketplace.procurements.models import Threshold
    from marketplace.procurements.shipped import shipped_thresholds

    for row in shipped_thresholds():
        values = {name: getattr(row, name) for name in row.__dataclass_fields__}
        case.session.add(Threshold(**(values | {"checked_on": date(2026, 3, 13)})))
    case.procurement()

    page = see(case, signed_in, "buyer")

    assert "sist sjekket mot loven 13.03.2026. Det er mer enn seks måneder siden" in page.text


def test_a_supplier_sees_route_steps_and_what_was_shared_but_no_evaluation(
    case: Purchasing, signed_in: SignedIn
) -> None:
    procurement = case.procurement(
        route=DIRECT, route_reason="Hemmelig grunn", invited="Tre hemmelige"
    )
    case.add_step(procurement, title="Be om tilbud")
    case.add_purchase(123_456)
    talk(case, procurement)

    page = see(case, signed_in, "entrepreneur")

    for shown in ("Kjøpe direkte", "Be om tilbud", "Fristen er 1. desember.", "Forberedes"):
        assert shown in page.text
    assert case.person("buyer").name in page.text
    hidden = ("Hemmelig", "hemmelige", "De er dyre", "Konkurrent AS", "123 456", "400 000",
              "Hva tabellen anbefaler")  # fmt: skip
    for secret in hidden:
        assert secret not in page.text
    assert "Du kan lese protokollen når en leverandør er valgt" in page.text


def test_a_unit_leader_sees_what_the_supplier_does_not(
    case: Purchasing, signed_in: SignedIn
) -> None:
    procurement = case.procurement(route=DIRECT)
    talk(case, procurement)

    page = see(case, signed_in, "leader")

    for shown in ("De er dyre", "Konkurrent AS", "400 000", "Hva tabellen anbefaler"):
        assert shown in page.text


def test_a_sum_near_a_limit_is_warned_of(case: Purchasing, signed_in: SignedIn) -> None:
    case.procurement(route=DIRECT)

    assert "Nær grensen:" in see(case, signed_in, "leader").text
    case.add_purchase(150_000, kind=PurchaseKind.FOLLOW_UP)
    page = see(case, signed_in, "leader")
    assert "Over grensen:" in page.text
    assert "Legges de tidligere kjøpene til, gjelder strengere regler" in page.text


def test_a_signed_contract_is_open_when_nothing_withholds_it(
    case: Purchasing, signed_in: SignedIn
) -> None:
    procurement = case.procurement(ProcurementState.CONTRACTED)

    page = see(case, signed_in, "entrepreneur")
    assert "De ga det beste tilbudet." in page.text
    file = signed_in(case.person("entrepreneur")).client.get(path_of(case, "/protocol.pdf"))
    assert file.data.startswith(b"%PDF-")

    procurement.exempt_paragraph = "offentleglova § 13"
    procurement.exempt_until = today() + timedelta(days=1)
    case.session.flush()
    page = see(case, signed_in, "entrepreneur")
    assert "De ga det beste tilbudet." not in page.text
    assert "offentleglova § 13" in page.text
    assert see(case, signed_in, "entrepreneur", "/protocol.pdf").status == 403


def test_an_empty_role_says_who_fills_it(case: Purchasing, signed_in: SignedIn) -> None:
    case.procurement()
    case.person("buyer").active = False
    case.person("deputy").active = False

    page = see(case, signed_in, "coordinator")

    assert "Rollen «Innkjøpsrådgiver» er tom. Den må fylles av koordinator" in page.text


def test_the_first_page_of_the_case_says_what_is_next(
    case: Purchasing, signed_in: SignedIn
) -> None:
    procurement = case.procurement(route=DIRECT)
    case.add_step(procurement, title="Be om tilbud")

    def first_page(name: str) -> str:
        return signed_in(case.person(name)).get(f"/pairings/{case.pairing.id}").text

    assert "Neste trinn: Be om tilbud." in first_page("entrepreneur")
    moves.contract(
        case.session, case.actor(), procurement=procurement, version=procurement.version,
        other_supplier=None, value=390_000, reason="Best.",
    )  # fmt: skip
    assert "Kontrakten ble inngått med" in first_page("leader")


def test_the_story_is_told_to_each_as_far_as_it_is_theirs(
    case: Purchasing, signed_in: SignedIn
) -> None:
    procurement = planning.open_procurement(
        case.session, case.actor("leader"), pairing=case.pairing
    )
    planning.choose_route(
        case.session, case.actor(), procurement=procurement, version=procurement.version,
        route=DIRECT, route_reason="Min grunn", estimated_value=400_000,
        service_category=procurement.service_category, starts_on=today(),
    )  # fmt: skip
    moves.cancel(
        case.session, case.actor(), procurement=procurement, version=procurement.version,
        reason="Pengene er brukt.",
    )  # fmt: skip

    inside = see(case, signed_in, "coordinator").text
    outside = see(case, signed_in, "entrepreneur").text

    for told in ("Anskaffelsen ble åpnet", "Framgangsmåten ble valgt", "Pengene er brukt."):
        assert told in inside
        assert told in outside
    assert "Min grunn" in inside
    assert "Min grunn" not in outside
    assert case.person("buyer").name in inside
    assert case.person("buyer").name in outside


def test_the_number_of_queries_does_not_grow_with_the_steps(
    case: Purchasing, signed_in: SignedIn
) -> None:
    procurement = case.procurement(route=DIRECT)
    browser = signed_in(case.person("buyer"))

    counts = []
    for _ in range(2):
        for _ in range(4):
            case.add_step(procurement)
            case.add_purchase(10_000)
            talk(case, procurement)
        case.session.expire_all()
        with count_queries(case.session) as counter:
            assert browser.get(path_of(case)).status == 200
        counts.append(counter.count)
    assert counts[0] == counts[1]


# ---------------------------------------------------------------- what the pilot taught


def test_what_is_shared_is_open_to_everybody(case: Purchasing, browser: Browser) -> None:
    procurement = case.procurement(package_text="Kaffe hjelper.")
    path = f"/pilots-taught/{case.pairing.id}"
    for ending in ("", ".pdf", ".txt"):
        assert browser.get(path + ending).status == 404

    buyer_id = case.person("buyer").id
    procurement.package_shared_at, procurement.package_shared_by_id = now(), buyer_id
    case.session.flush()

    need_page = browser.get(f"/needs/{case.pairing.need_id}")
    assert need_page.soup.select_one(f'main a[href="{path}"]')
    page = browser.get(path)
    assert page.status == 200
    assert "Kaffe hjelper." in page.text
    assert case.person("buyer").name not in page.text
    assert browser.client.get(path + ".pdf").data.startswith(b"%PDF-")
    text = browser.client.get(path + ".txt")
    assert "Kaffe hjelper." in text.text
    assert text.headers["Content-Disposition"].endswith("utproving-nabokaffe.txt")


# ---------------------------------------------------------------- purchases


@pytest.mark.parametrize("name", ["buyer", "adviser", "coordinator", "leadership"])
def test_the_list_of_purchases(case: Purchasing, signed_in: SignedIn, name: str) -> None:
    case.add_purchase(450_000)
    case.add_purchase(10_000, supplier_id=None, supplier_name="=FARLIG()")
    browser = signed_in(case.person(name))

    page = browser.get("/purchases")
    assert [row.select_one("td").get_text() for row in page.soup.select("tbody tr")] == [  # type: ignore[union-attr]  # a missing cell fails the test too
        case.cast.concept.organisation.name,
        "=FARLIG()",
    ]
    assert "Nær grensen" in page.text
    assert len(browser.get("/purchases?near=yes").soup.select("tbody tr")) == 1
    file = browser.client.get("/purchases.csv").text
    assert file.startswith("\ufeff")
    assert ";450000;0;450000;450000;1;" in file
    assert ";'=FARLIG();" in file


@pytest.mark.parametrize("name", ["member", "entrepreneur", "administrator"])
def test_the_list_of_purchases_is_not_for_others(
    case: Purchasing, signed_in: SignedIn, name: str
) -> None:
    assert signed_in(case.person(name)).get("/purchases").status == 403


def test_an_empty_list_says_where_purchases_come_from(
    case: Purchasing, signed_in: SignedIn
) -> None:
    page = signed_in(case.person("coordinator")).get("/purchases?page=9")

    assert "Ingen kjøp ennå" in page.text
