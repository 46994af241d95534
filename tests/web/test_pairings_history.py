"""What the history of a case says of its roles: who got which, from whom, and by whom."""

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import posts, queries, role_map, services
from marketplace.pairings.services import proposing
from marketplace.pairings.states import CaseRole
from tests.domain.pairing_cast import Cast, make_cast
from tests.factories import make_member
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = make_cast(session)
    for name, person in cast.people.items():
        person.name = f"Navn {name.upper()}"
    cast.people["newcomer"] = make_member(session, Role.UNIT_MEMBER, cast.unit, name="Thuy Ny")
    return cast


def told(browser: Browser, pairing: Pairing) -> list[str]:
    page = browser.get(f"/pairings/{pairing.id}")
    rows = page.soup.select(".timeline li p:first-of-type")
    return [" ".join(row.get_text().split()) for row in rows]


def assign(cast: Cast, pairing: Pairing, role: CaseRole, name: str, by: str = "leader") -> None:
    person_id = cast.person(name).id
    services.assign_role(
        cast.session, cast.actor(by), pairing=pairing, role=role, person_id=person_id
    )


def name_deputy(cast: Cast, pairing: Pairing, name: str) -> None:
    person_id = cast.person(name).id
    services.assign_deputy(
        cast.session,
        cast.actor("leader"),
        pairing=pairing,
        role=CaseRole.UNIT_CONTACT,
        person_id=person_id,
    )


def test_who_got_a_role_is_told_apart_from_who_gave_it(cast: Cast, signed_in: SignedIn) -> None:
    pairing = proposing.propose_pairing(
        cast.session,
        cast.actor("member"),
        need=cast.need,
        concept=cast.concept,
        motivation="Det treffer.",
    )
    assign(cast, pairing, CaseRole.PROCUREMENT_ADVISER, "adviser", by="coordinator")
    assign(cast, pairing, CaseRole.UNIT_CONTACT, "newcomer")

    assert told(signed_in(cast.person("coordinator")), pairing)[:2] == [
        "Thuy Ny fikk rollen «Kontakt i enheten» i stedet for Navn MEMBER – Navn LEADER",
        "Navn ADVISER fikk rollen «Innkjøpsrådgiver» – Navn COORDINATOR",
    ]


def test_an_entrepreneur_reads_only_the_names_that_they_may_see(
    cast: Cast, signed_in: SignedIn
) -> None:
    pairing = cast.pairing()
    assign(cast, pairing, CaseRole.PROCUREMENT_ADVISER, "adviser", by="coordinator")
    assign(cast, pairing, CaseRole.UNIT_CONTACT, "leader")
    assign(cast, pairing, CaseRole.UNIT_CONTACT, "newcomer")

    assert told(signed_in(cast.person("entrepreneur")), pairing) == [
        "Thuy Ny fikk rollen «Kontakt i enheten» – kommunen",
        "En rolle fikk ny person: Kontakt i enheten – kommunen",
        "En rolle fikk ny person: Innkjøpsrådgiver – kommunen",
    ]


def test_deputies_come_and_go_by_name(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    assign(cast, pairing, CaseRole.UNIT_CONTACT, "leader")
    name_deputy(cast, pairing, "member")
    name_deputy(cast, pairing, "newcomer")
    services.remove_deputy(
        cast.session, cast.actor("leader"), pairing=pairing, role=CaseRole.UNIT_CONTACT
    )

    assert told(signed_in(cast.person("leader")), pairing)[:3] == [
        "Thuy Ny er ikke lenger vara for «Kontakt i enheten» – Navn LEADER",
        "Thuy Ny ble vara for «Kontakt i enheten» i stedet for Navn MEMBER – Navn LEADER",
        "Navn MEMBER ble vara for «Kontakt i enheten» – Navn LEADER",
    ]


def replace_newcomer(cast: Cast, pairing: Pairing) -> None:
    """The member takes over as the contact; nobody as the deputy of the owner."""
    assign(cast, pairing, CaseRole.UNIT_CONTACT, "newcomer")
    owner = role_map.holder_of(pairing, CaseRole.OWNER)
    assert owner is not None
    services.set_deputy(owner, cast.person("newcomer"))
    cast.session.flush()
    leaver, actor = cast.person("newcomer"), cast.actor("coordinator")
    chosen = {
        post.key: None if getattr(post, "deputises", False) else cast.person("member").id
        for post in posts.replaceable(queries.list_all_posts(cast.session, actor, leaver))
    }
    services.replace_person(cast.session, actor, person=leaver, successors=chosen)


def test_a_successor_is_told_apart_from_who_replaced_them(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    replace_newcomer(cast, pairing)

    assert told(signed_in(cast.person("leader")), pairing)[0] == (
        "Navn MEMBER tok over for Thuy Ny: Kontakt i enheten."
        " En rolle er uten vara: Eier – Navn COORDINATOR"
    )


def test_a_successor_without_the_one_who_left_where_that_name_is_hidden(
    cast: Cast, signed_in: SignedIn
) -> None:
    pairing = cast.pairing()
    replace_newcomer(cast, pairing)
    browser = signed_in(cast.person("entrepreneur"))

    assert told(browser, pairing)[0].startswith("Navn MEMBER tok over: Kontakt i enheten.")

    assign(cast, pairing, CaseRole.UNIT_CONTACT, "leader")

    assert told(browser, pairing)[1].startswith("Noen tok over for en annen: Kontakt i enheten.")
