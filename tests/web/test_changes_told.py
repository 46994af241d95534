"""The history says from what to what something was changed, to each side what it may see."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.agreements.content import Content
from marketplace.agreements.services.writing import save_draft
from marketplace.agreements.states import AgreementEvent
from marketplace.core.audit import PastEvent, joined
from marketplace.core.clock import now, today
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.procurements.services import planning
from tests.domain.agreement_cast import make_agreement_cast
from tests.domain.procurement_cast import make_purchasing
from tests.web.client import Browser, PageView

SignedIn = Callable[[Person], Browser]


def changes(page: PageView) -> list[str]:
    return [" ".join(each.get_text().split()) for each in page.soup.select(".timeline li li")]


# ---------------------------------------------------------------- many saves are one


def save(number: int, before: dict[str, Any], after: dict[str, Any]) -> PastEvent:
    return PastEvent(
        at=now(), event=AgreementEvent.CHANGED, subject_type="Agreement", subject_id=1,
        actor_id=number, who="Ada", before=before, after=after, reason=None,
    )  # fmt: skip


def test_saves_on_end_are_one_change_from_the_first_to_the_last() -> None:
    first = save(1, {"payment": 1, "cost_cap": 5}, {"payment": 2})
    second = save(1, {"payment": 2}, {"payment": 3, "unit_hours": 4})
    third = save(1, {"unit_hours": 4}, {})

    (one,) = joined([third, second, first], AgreementEvent.CHANGED)

    assert one.before == {"payment": 1, "cost_cap": 5}
    assert one.after == {"payment": 3}


def test_saves_of_two_people_or_with_something_between_stay_apart() -> None:
    first, other = save(1, {"payment": 1}, {"payment": 2}), save(2, {"payment": 2}, {"payment": 3})
    offered = replace(first, event=AgreementEvent.OFFERED)
    assert len(joined([other, first], AgreementEvent.CHANGED)) == 2
    assert len(joined([first, offered, first], AgreementEvent.CHANGED)) == 3
    assert len(joined([first, replace(first, subject_id=2)], AgreementEvent.CHANGED)) == 2


# ---------------------------------------------------------------- a payment in a draft


@pytest.mark.parametrize("name", ["member", "entrepreneur", "coordinator"])
def test_both_sides_read_how_a_payment_was_changed(
    session: Session, signed_in: SignedIn, name: str
) -> None:
    cast = make_agreement_cast(session)
    agreement = cast.version(payment=90_000, unit_money=None)
    for fields in ({"payment": 95_000}, {"payment": 120_000, "unit_money": 5_000}):
        save_draft(
            session, cast.actor("member"), agreement=agreement, version=agreement.version,
            content=Content(fields=fields),
        )  # fmt: skip

    page = signed_in(cast.case.person(name)).get(f"/pairings/{cast.pairing.id}/agreement")

    assert changes(page) == [
        "Penger fra enheten: fra ikke satt til 5 000 kr",
        "Betaling for utprøvingen: fra 90 000 kr til 120 000 kr",
    ]


def test_a_save_of_texts_alone_does_not_drown_the_rest(
    session: Session, signed_in: SignedIn
) -> None:
    cast = make_agreement_cast(session)
    agreement = cast.version()
    save_draft(
        session, cast.actor("member"), agreement=agreement, version=agreement.version,
        content=Content(fields={"purpose": "Noe annet."}),
    )  # fmt: skip

    page = signed_in(cast.case.person("leader")).get(f"/pairings/{cast.pairing.id}/agreement")

    assert page.soup.select(".timeline li") == []


# ---------------------------------------------------------------- a route, and an estimate


def test_the_supplier_reads_of_the_route_and_not_of_the_estimate(
    session: Session, signed_in: SignedIn
) -> None:
    case = make_purchasing(session)
    procurement = planning.open_procurement(session, case.actor("leader"), pairing=case.pairing)
    for value in (300_000, 400_000):
        planning.choose_route(
            session, case.actor(), procurement=procurement, version=procurement.version,
            route=ProcurementRoute.DIRECT_PURCHASE, route_reason="Grunn", estimated_value=value,
            service_category=ServiceCategory.OTHER, starts_on=today(),
        )  # fmt: skip
    path = f"/pairings/{case.pairing.id}/procurement"

    inside = changes(signed_in(case.person("coordinator")).get(path))
    outside = changes(signed_in(case.person("entrepreneur")).get(path))

    assert "Anslått verdi: fra 300 000 kr til 400 000 kr" in inside
    assert outside == ["Framgangsmåte: fra ikke satt til Kjøpe direkte"]
    assert outside[0] in inside
