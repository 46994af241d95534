"""The role map in the browser: deputies, contacts, and replacing somebody who leaves."""

from collections.abc import Callable

import pytest
from flask import Flask

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.clock import now
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import role_map, services
from marketplace.pairings.services import deciding, proposing
from marketplace.pairings.states import CaseRole, PairingState, PairingTopic
from marketplace.ui.messages import put_in_words
from tests.domain.pairing_cast import NO_PART_IN_IT, Cast
from tests.factories import grant_role, make_concept, make_member, make_pairing
from tests.web.client import Browser, PageView, errors, links

SignedIn = Callable[[Person], Browser]


def contacts(page: PageView) -> dict[str, str]:
    """The panel «Hvem snakker jeg med?», by role."""
    names = page.soup.select("section[aria-labelledby=contacts] dt")
    said = page.soup.select("section[aria-labelledby=contacts] dd")
    return {
        name.get_text(): " ".join(text.get_text(" ").split())
        for name, text in zip(names, said, strict=True)
    }


def row_of(page: PageView, role: str) -> str:
    rows = page.soup.select("section[aria-labelledby=role-map] tbody tr")
    return next(" ".join(r.get_text(" ").split()) for r in rows if role in r.get_text())


def new_member(cast: Cast, name: str = "Vera Vara", role: Role = Role.UNIT_MEMBER) -> Person:
    return make_member(cast.session, role, cast.unit, name=name)


def name_deputy(cast: Cast, pairing: Pairing, role: CaseRole, person: Person) -> None:
    services.assign_deputy(
        cast.session, cast.actor("leader"), pairing=pairing, role=role, person_id=person.id
    )


def path_of(pairing: Pairing, action: str = "") -> str:
    return f"/pairings/{pairing.id}{action}"


# ---------------------------------------------------------------- deputies


def test_a_leader_chooses_changes_and_removes_a_deputy(cast: Cast, signed_in: SignedIn) -> None:
    pairing, person, other = cast.pairing(), new_member(cast), new_member(cast, "Otto Annen")
    browser = signed_in(cast.person("leader"))
    path = path_of(pairing, "/roles/unit_contact/deputy")
    assert path in links(browser.get(path_of(pairing)))
    page = browser.get(path)
    offered = {str(option["value"]) for option in page.soup.select("option")}
    assert {str(person.id), str(other.id)} <= offered
    assert str(cast.person("member").id) not in offered

    assert "Velg en person fra lista" in errors(browser.submit(page, path, person_id=""))
    own = browser.submit(page, path, person_id=str(cast.person("member").id))
    assert own.refused
    assert "kan ikke være sin egen vara" in errors(own)

    case = browser.follow(browser.submit(page, path, person_id=str(person.id)))
    assert f"Vara: Vera Vara siden {now():%d.%m.%Y}" in row_of(case, "Kontakt i enheten")
    assert "Vera Vara ble vara for «Kontakt i enheten»" in case.text

    case = browser.follow(browser.submit(browser.get(path), path, person_id=str(other.id)))
    assert "Vara: Otto Annen" in row_of(case, "Kontakt i enheten")

    removed = browser.submit(browser.get(path), f"{path}/remove")
    case = browser.follow(removed)
    assert "Ingen vara." in row_of(case, "Kontakt i enheten")
    assert "Otto Annen er ikke lenger vara for «Kontakt i enheten»" in case.text
    assert browser.post(f"{path}/remove").status == 409


@pytest.mark.parametrize(
    ("name", "role", "status"),
    [
        ("member", "unit_contact", 403),
        ("adviser", "procurement_adviser", 403),
        ("leader", "procurement_adviser", 403),
        ("entrepreneur", "owner", 403),
        ("coordinator", "entrepreneur_contact", 403),
        ("leader", "king", 404),
        ("other_unit", "owner", 404),
        ("other_municipality", "owner", 404),
        ("other_organisation", "entrepreneur_contact", 404),
        ("administrator", "owner", 403),
    ],
)
def test_a_deputy_that_is_not_ones_to_choose(
    cast: Cast, signed_in: SignedIn, name: str, role: str, status: int
) -> None:
    pairing = cast.pairing()
    browser = signed_in(cast.person(name))
    path = path_of(pairing, f"/roles/{role}/deputy")

    assert browser.get(path).status == status
    assert browser.post(path, {"person_id": "1"}).status == status
    assert browser.post(f"{path}/remove").status == status


def test_nobody_to_choose_says_what_to_do(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()

    page = signed_in(cast.person("coordinator")).get(path_of(pairing, "/roles/owner/deputy"))

    assert "En administrator kan invitere dem." in page.text
    assert page.soup.select_one("main form[method=post]") is None


# ---------------------------------------------------------------- who to talk to


INSIDE = ("member", "leader", "entrepreneur", "colleague", "coordinator", "adviser", "leadership")


@pytest.mark.parametrize("name", INSIDE)
def test_everybody_in_the_case_reads_who_to_talk_to(
    cast: Cast, signed_in: SignedIn, name: str
) -> None:
    pairing, person = cast.pairing(), new_member(cast)
    name_deputy(cast, pairing, CaseRole.UNIT_CONTACT, person)
    member = cast.person("member")

    page = signed_in(cast.person(name)).get(path_of(pairing))

    said = contacts(page)
    assert len(said) == len(CaseRole)
    assert member.name in said["Kontakt i enheten"]
    assert f"Vara: {person.name} siden" in said["Kontakt i enheten"]
    mails = {str(a["href"]) for a in page.soup.select("section[aria-labelledby=contacts] a")}
    assert {f"mailto:{member.email}", f"mailto:{person.email}"} <= mails
    theirs = name in {"entrepreneur", "colleague"}
    assert (f"mailto:{cast.person('leader').email}" in mails) is not theirs
    assert ("Spør kontakten i enheten." in page.text) is theirs
    assert (said["Eier"] == "kommunen") is theirs


def test_both_sides_know_whom_to_tell_of_a_breach(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing(PairingState.APPROVED)
    contact = next(h for h in pairing.roles if h.role is CaseRole.DATA_PROTECTION).person

    page = signed_in(cast.person("entrepreneur")).get(path_of(pairing))

    said = next(text for text in contacts(page).values() if "brudd på personvernet" in text)
    assert contact.name in said
    assert f'href="mailto:{contact.email}"' in str(page.soup)


@pytest.mark.parametrize("action", ["/roles/unit_contact", "/roles/unit_contact/deputy"])
def test_who_gives_a_role_reads_who_learns_the_name(
    cast: Cast, signed_in: SignedIn, action: str
) -> None:
    pairing = cast.pairing()

    page = signed_in(cast.person("leader")).get(path_of(pairing, action))

    assert "Navn og e-postadresse vises til begge parter" in page.text


def test_an_empty_role_and_one_who_has_left_are_said(cast: Cast, signed_in: SignedIn) -> None:
    pairing = proposing.propose_pairing(
        cast.session,
        cast.actor("leader"),
        need=cast.need,
        concept=cast.concept,
        motivation="Det treffer.",
    )
    cast.person("member").active = False
    cast.session.flush()

    page = signed_in(cast.person("coordinator")).get(path_of(pairing))

    said = contacts(page)
    assert said["Innkjøpsrådgiver"] == "Ikke valgt ennå. Velges av koordinator."
    assert "(har sluttet)" in said["Kontakt i enheten"]
    assert f"mailto:{cast.person('member').email}" not in links(page)


# ---------------------------------------------------------------- replacing


def test_a_coordinator_replaces_a_leader_in_all_cases(cast: Cast, signed_in: SignedIn) -> None:
    cases = [
        make_pairing(cast.session, cast.need, make_concept(cast.session, title=f"Konsept {n}"))
        for n in range(2)
    ]
    leader, successor = cast.person("leader"), new_member(cast, "Ny Leder", Role.UNIT_LEADER)
    browser = signed_in(cast.person("coordinator"))
    assert "/pairings/people" in links(browser.get("/attention"))
    assert "/pairings/people" in links(browser.get("/pairings"))
    path = f"/pairings/people/{leader.id}"
    assert path in links(browser.get("/pairings/people"))
    page = browser.get(path)
    assert page.heading == f"Bytt ut {leader.name}"
    assert f"/needs/{cast.need.id}" in links(page)
    assert len(page.soup.select("main form section")) == 3  # two cases and their need
    assert {path_of(pairing) for pairing in cases} <= links(page)

    empty = browser.submit(page)
    assert empty.refused
    assert errors(empty).count("Velg hvem som tar over") == 5

    unfit = browser.submit(page, for_all=str(cast.person("leadership").id))
    assert unfit.refused
    assert "kan ikke ta over som Eier i «Konsept 0»" in errors(unfit)
    assert unfit.soup.select_one(
        f'#for_all option[selected][value="{cast.person("leadership").id}"]'
    )

    sent = browser.submit(page, for_all=str(successor.id))
    assert sent.status == 302
    assert f"{leader.name} er byttet ut 3 steder." in browser.follow(sent).text
    for pairing in cases:
        held = role_map.holder_of(cast.session.get_one(Pairing, pairing.id), CaseRole.OWNER)
        assert held is not None
        assert held.person_id == successor.id
    case = browser.get(path_of(cases[0]))
    assert f"{successor.name} tok over for {leader.name}: Eier, Beslutter" in case.text
    assert "Ingen roller å bytte" in browser.get(path).text
    assert browser.submit_from_another_window(page, for_all=str(successor.id)).refused


def test_a_deputy_can_go_without_a_successor(cast: Cast, signed_in: SignedIn) -> None:
    pairing, person = cast.pairing(), new_member(cast)
    name_deputy(cast, pairing, CaseRole.UNIT_CONTACT, person)
    held = role_map.holder_of(pairing, CaseRole.UNIT_CONTACT)
    assert held is not None
    browser = signed_in(cast.person("coordinator"))
    page = browser.get(f"/pairings/people/{person.id}")
    assert "Kontakt i enheten, vara" in page.text

    sent = browser.submit(page, **{f"deputy_{held.id}": "0"})

    assert sent.status == 302
    assert "er byttet ut ett sted." in browser.follow(sent).text
    assert held.deputy_id is None


def test_an_entrepreneur_replaces_a_colleague(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    browser = signed_in(cast.person("colleague"))
    page = browser.get(f"/pairings/people/{cast.person('entrepreneur').id}")

    sent = browser.submit(page, for_all=str(cast.person("colleague").id))

    assert sent.status == 302
    held = role_map.holder_of(pairing, CaseRole.ENTREPRENEUR_CONTACT)
    assert held is not None
    assert held.person_id == cast.person("colleague").id


@pytest.mark.parametrize(
    ("by", "status"),
    [
        ("entrepreneur", 404),
        ("other_municipality", 404),
        ("other_organisation", 404),
        ("member", 403),
        ("leader", 403),
        ("leadership", 403),
        ("administrator", 403),
    ],
)
def test_the_people_of_others_are_not_there(
    cast: Cast, signed_in: SignedIn, by: str, status: int
) -> None:
    cast.pairing()
    browser = signed_in(cast.person(by))
    path = f"/pairings/people/{cast.person('adviser').id}"
    if by == "other_municipality":
        assert path not in links(browser.get("/pairings/people"))

    assert browser.get(path).status == status
    assert browser.post(path, {"for_all": "1"}).status == status


def test_a_role_that_nobody_fits_is_said(cast: Cast, signed_in: SignedIn) -> None:
    cast.pairing()

    page = signed_in(cast.person("coordinator")).get(f"/pairings/people/{cast.person('leader').id}")

    assert "Ingen andre har riktig rolle ennå." in page.text


def test_a_case_with_a_conflict_is_shown_as_such(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    actor = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Bror.")

    page = signed_in(cast.person("coordinator")).get(f"/pairings/people/{cast.person('leader').id}")

    assert "Du har meldt deg inhabil i saken." in page.text
    assert page.soup.select_one('select[name^="holder_"]') is None


def test_an_empty_list_says_so(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("other_municipality"))
    assert "Ingen har roller i åpne saker" in browser.get("/pairings/people").text

    browser = signed_in(cast.person("coordinator"))
    assert "Ingen med det navnet" in browser.get("/pairings/people?words=finnesikke").text


# ---------------------------------------------------------------- the administrator


def test_closing_an_account_says_what_it_still_has(cast: Cast, signed_in: SignedIn) -> None:
    cast.pairing()
    person = cast.person("leader")
    browser = signed_in(cast.person("administrator"))
    path = f"/administration/people/{person.id}"
    page = browser.get(path)
    assert "har roller i én åpen sak." in page.text

    closed = browser.follow(browser.submit(browser.get(f"{path}/deactivate")))

    assert "Kontoen er stengt, og sakene kan stoppe opp til noen tar over." in closed.text
    assert f"{path}/cases" in links(closed)
    assert f"/pairings/people/{person.id}" not in links(closed)
    who = browser.get(f"{path}/cases")
    assert who.status == 200
    assert f"mailto:{cast.person('coordinator').email}" in links(who)
    assert cast.need.title not in who.text


def test_an_administrator_who_coordinates_replaces_at_once(cast: Cast, signed_in: SignedIn) -> None:
    cast.pairing()
    both = cast.person("administrator")
    grant_role(cast.session, both, Role.COORDINATOR, cast.municipality)
    person = cast.person("leader")

    page = signed_in(both).get(f"/administration/people/{person.id}")

    assert f"/pairings/people/{person.id}" in links(page)


def test_who_has_no_role_in_a_case_is_not_asked_about(cast: Cast, signed_in: SignedIn) -> None:
    cast.pairing(PairingState.CLOSED)
    person = cast.person("leader")
    browser = signed_in(cast.person("administrator"))

    assert "åpen sak" not in browser.get(f"/administration/people/{person.id}").text
    page = browser.get(f"/administration/people/{person.id}/cases")
    assert "har ingen roller i åpne saker." in page.text


@pytest.mark.parametrize("name", [n for n in NO_PART_IN_IT if n != "administrator"])
def test_only_administrators_read_who_can_replace(
    cast: Cast, signed_in: SignedIn, name: str
) -> None:
    path = f"/administration/people/{cast.person('leader').id}/cases"

    assert signed_in(cast.person(name)).get(path).status == 403


# ---------------------------------------------------------------- messages


@pytest.mark.parametrize("role", list(CaseRole))
@pytest.mark.parametrize("topic", [PairingTopic.ROLE_ASSIGNED, PairingTopic.DEPUTY_ASSIGNED])
def test_a_message_names_the_role(app: Flask, topic: PairingTopic, role: CaseRole) -> None:
    payload = {"role": role.value, "need_title": "Behov", "concept_title": "Konsept"}
    with app.test_request_context():
        message = put_in_words(topic, payload, 1)

    assert "Rollen din:" in message.text
    assert message.path == "/pairings/1"


def test_the_days_are_those_of_the_clock(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()

    page = signed_in(cast.person("leader")).get(path_of(pairing))

    assert f"siden {now():%d.%m.%Y}" in row_of(page, "Eier")
