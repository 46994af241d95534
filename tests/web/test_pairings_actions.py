"""What people do with a pairing in the browser, and what they read when they may not."""

from collections.abc import Callable

import pytest

from marketplace.accounts.models import Person
from marketplace.pairings import queries
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import proposing
from marketplace.pairings.states import ApprovalPoint, CaseRole, PairingState, Side
from tests.domain.pairing_cast import Cast
from tests.factories import make_concept, make_interest
from tests.web.client import Browser, errors

SignedIn = Callable[[Person], Browser]
TICKED = {point.value: "y" for point in ApprovalPoint} | {"no_conflict": "y"}
LONG = "Dette skrev jeg lenge på. " * 20


def path_of(pairing: Pairing, action: str = "") -> str:
    return f"/pairings/{pairing.id}{action}"


def new_path(cast: Cast) -> str:
    return f"/pairings/new?need={cast.need.id}&concept={cast.concept.id}"


# ---------------------------------------------------------------- proposing


def test_a_unit_proposes_and_the_entrepreneur_says_yes(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("member"))
    page = browser.get(new_path(cast))
    assert page.heading == "Foreslå kobling"
    assert cast.need.problem in page.text
    assert cast.concept.description in page.text

    sent = browser.submit(page, motivation="Det treffer.")
    assert sent.status == 302
    pairing = cast.session.get_one(Pairing, int(sent.location.rsplit("/", 1)[1]))
    assert pairing.proposed_by_side is Side.UNIT

    browser = signed_in(cast.person("entrepreneur"))
    page = browser.get(path_of(pairing))
    accepted = browser.submit(page, path_of(pairing, "/accept"))
    assert accepted.status == 302
    assert "Nå avgjør en koordinator koblingen." in browser.follow(accepted).text
    assert pairing.state is PairingState.ACCEPTED


def test_a_proposal_without_words_is_refused_and_a_long_one_kept(
    cast: Cast, signed_in: SignedIn
) -> None:
    browser = signed_in(cast.person("member"))
    page = browser.get(new_path(cast))

    empty = browser.submit(page, motivation="  ")
    assert empty.refused
    assert "Skriv hvorfor" in errors(empty)

    too_long = browser.submit(page, motivation="x" * 3001)
    assert too_long.refused
    assert "x" * 3001 in too_long.soup.select_one("textarea").get_text()  # type: ignore[union-attr]  # a missing field fails the test too


def test_a_refusal_keeps_what_was_typed(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("member"))
    page = browser.get(new_path(cast))
    cast.pairing()

    sent = browser.submit(page, motivation=LONG)

    assert sent.refused
    assert "har alt en kobling" in errors(sent)
    assert LONG.strip() in sent.text


def test_an_entrepreneur_is_sent_to_the_interest_first(cast: Cast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.person("entrepreneur"))

    page = browser.get(new_path(cast))
    assert page.status == 409
    assert "Meld interesse" in page.text

    make_interest(cast.session, cast.need, cast.concept)
    assert browser.get(new_path(cast)).status == 200


@pytest.mark.parametrize("query", ["", "need=1", "need=x&concept=y", "need=999999&concept=999999"])
def test_a_proposal_of_nothing_is_not_found(cast: Cast, signed_in: SignedIn, query: str) -> None:
    assert signed_in(cast.person("member")).get(f"/pairings/new?{query}").status == 404


def test_a_draft_of_somebody_else_is_not_found(cast: Cast, signed_in: SignedIn) -> None:
    from marketplace.concepts.states import ConceptState

    cast.concept = make_concept(cast.session, state=ConceptState.DRAFT)

    assert signed_in(cast.person("member")).get(new_path(cast)).status == 404


# ---------------------------------------------------------------- the parties


@pytest.mark.parametrize(
    ("name", "action", "state", "after"),
    [
        ("entrepreneur", "/changes", PairingState.PROPOSED, PairingState.NEEDS_CHANGES),
        ("coordinator", "/changes", PairingState.ACCEPTED, PairingState.NEEDS_CHANGES),
        ("entrepreneur", "/withdraw", PairingState.PROPOSED, PairingState.WITHDRAWN),
        ("member", "/withdraw", PairingState.NEEDS_CHANGES, PairingState.WITHDRAWN),
    ],
)
def test_a_move_with_a_reason(
    cast: Cast,
    signed_in: SignedIn,
    name: str,
    action: str,
    state: PairingState,
    after: PairingState,
) -> None:
    pairing = cast.pairing(state)
    browser = signed_in(cast.person(name))
    assert browser.get(path_of(pairing)).soup.select_one(f'a[href="{path_of(pairing, action)}"]')
    page = browser.get(path_of(pairing, action))

    empty = browser.submit(page, reason="")
    assert empty.refused
    assert errors(empty)
    assert pairing.state is state

    sent = browser.submit(page, reason="Vi trenger mer tid.")
    assert sent.status == 302
    assert "Vi trenger mer tid." in browser.follow(sent).text
    assert cast.session.get_one(Pairing, pairing.id).state is after


def test_the_unit_changes_and_proposes_again(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing(PairingState.NEEDS_CHANGES)
    browser = signed_in(cast.person("leader"))
    page = browser.get(path_of(pairing, "/propose-again"))
    assert str(pairing.change_request) in page.text

    unchanged = browser.submit(page)
    assert unchanged.refused
    assert "Endre begrunnelsen" in errors(unchanged)

    sent = browser.submit(page, motivation="Nå med fast møtedag.")
    assert sent.status == 302
    assert pairing.state is PairingState.PROPOSED
    assert pairing.motivation == "Nå med fast møtedag."


GUARDED = [
    ("member", "/changes", PairingState.PROPOSED, 403),
    ("entrepreneur", "/propose-again", PairingState.NEEDS_CHANGES, 403),
    ("coordinator", "/withdraw", PairingState.PROPOSED, 403),
    ("member", "/decline", PairingState.ACCEPTED, 403),
    ("entrepreneur", "/approve", PairingState.ACCEPTED, 403),
    ("member", "/withdraw", PairingState.APPROVED, 409),
    ("coordinator", "/decline", PairingState.PROPOSED, 409),
    ("coordinator", "/conflict", PairingState.APPROVED, 409),
    ("member", "/propose-again", PairingState.PROPOSED, 409),
    ("adviser", "/changes", PairingState.PROPOSED, 403),
    ("leader", "/roles/procurement_adviser", PairingState.PROPOSED, 403),
    ("leader", "/roles/owner", PairingState.DECLINED, 409),
    ("leader", "/roles/king", PairingState.PROPOSED, 404),
    ("other_organisation", "/withdraw", PairingState.PROPOSED, 404),
    ("other_unit", "/roles/owner", PairingState.PROPOSED, 404),
    ("other_municipality", "/approve", PairingState.ACCEPTED, 404),
    ("other_municipality", "/conflict", PairingState.ACCEPTED, 404),
]


@pytest.mark.parametrize(("name", "action", "state", "status"), GUARDED)
def test_a_page_that_is_not_ones_own(
    cast: Cast,
    signed_in: SignedIn,
    name: str,
    action: str,
    state: PairingState,
    status: int,
) -> None:
    pairing = cast.pairing(state)
    browser = signed_in(cast.person(name))

    assert browser.get(path_of(pairing, action)).status == status
    data = {"version": str(pairing.version), "reason": "Nei.", "motivation": "Nytt."}
    posted = browser.post(path_of(pairing, action), data)
    assert posted.refused if status == 409 else posted.status == status
    assert cast.session.get_one(Pairing, pairing.id).state is state


def test_looking_at_a_page_changes_nothing(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()

    assert signed_in(cast.person("entrepreneur")).get(path_of(pairing, "/accept")).status == 405
    assert pairing.state is PairingState.PROPOSED


def test_a_page_left_open_is_stale(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    browser = signed_in(cast.person("entrepreneur"))
    page = browser.get(path_of(pairing))
    pairing.motivation = "Endret i mellomtiden."
    cast.session.flush()

    sent = browser.submit(page, path_of(pairing, "/accept"))

    assert sent.location == path_of(pairing)
    assert "Noen andre endret dette" in browser.follow(sent).text
    assert pairing.state is PairingState.PROPOSED


def test_a_yes_without_a_version_is_refused(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()

    assert signed_in(cast.person("entrepreneur")).post(path_of(pairing, "/accept")).status == 409


# ---------------------------------------------------------------- the coordinator


def test_a_coordinator_approves_with_the_checklist(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    browser = signed_in(cast.person("coordinator"))
    page = browser.get(path_of(pairing, "/approve"))
    assert len(page.soup.select("main input[type=checkbox]")) == len(TICKED)

    half = browser.submit(page, **(TICKED | {"privacy_considered": None}))
    assert half.refused
    assert "Personvernet er vurdert." in errors(half)
    assert half.soup.select_one("#parties_know[checked]")

    neither = browser.submit(page, **(TICKED | {"parties_know": None, "no_conflict": None}))
    assert neither.refused
    assert "Begge parter vet hva" in errors(neither)
    assert "Kryss av for at du ikke er inhabil" in errors(neither)

    silent = browser.submit(page, **(TICKED | {"no_conflict": None}))
    assert silent.refused
    assert "Kryss av for at du ikke er inhabil" in errors(silent)

    sent = browser.submit(page, **TICKED)
    assert sent.status == 302
    assert "Koblingen er godkjent" in browser.follow(sent).text
    assert pairing.state is PairingState.APPROVED


def test_the_obstacles_stand_before_the_button(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.ACCEPTED)
    cast.unit.capacity = 0
    cast.session.flush()

    page = signed_in(cast.person("coordinator")).get(path_of(pairing, "/approve"))

    listed = [" ".join(li.get_text().split()) for li in page.soup.select(".ds-alert li")]
    assert len(listed) == 2
    assert "En annen koordinator må avgjøre den." in listed[0]
    assert f"{cast.unit.name} har 0 godkjente koblinger og plass til 0" in listed[1]
    assert not page.soup.select("main form")
    assert "Godkjenn-knappen kommer når dette er på plass." in page.text


@pytest.mark.parametrize(
    ("name", "action", "button"),
    [
        ("entrepreneur", "/withdraw", "Si nei"),
        ("member", "/withdraw", "Trekk koblingen"),
        ("entrepreneur", "/changes", "Be om endringer"),
    ],
)
def test_a_button_says_what_it_does(
    cast: Cast, signed_in: SignedIn, name: str, action: str, button: str
) -> None:
    page = signed_in(cast.person(name)).get(path_of(cast.pairing(), action))

    assert page.heading == button
    assert button in [b.get_text(strip=True) for b in page.soup.select("main form button")]


def test_a_post_past_the_page_is_refused_with_the_reason(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.ACCEPTED)
    data = TICKED | {"version": str(pairing.version)}

    sent = signed_in(cast.person("coordinator")).post(path_of(pairing, "/approve"), data)

    assert sent.refused
    assert "En annen koordinator må avgjøre den." in errors(sent)
    assert cast.session.get_one(Pairing, pairing.id).state is PairingState.ACCEPTED


def test_the_case_tells_its_proposer_who_decides(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.proposed_by_coordinator(PairingState.ACCEPTED)

    page = signed_in(cast.person("coordinator")).get(path_of(pairing))

    assert "En annen koordinator må avgjøre den." in page.text
    assert not page.soup.select_one(f'a[href="{path_of(pairing, "/decline")}"]')


def test_a_coordinator_declines_with_reason_and_words(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    browser = signed_in(cast.person("coordinator"))
    page = browser.get(path_of(pairing, "/decline"))

    without = browser.submit(page, reason=LONG)
    assert without.refused
    assert "Velg en grunn" in errors(without)
    assert LONG.strip() in without.text

    sent = browser.submit(page, decline_reason="weak_evidence", reason="Kom tilbake med tall.")
    assert sent.status == 302
    case = browser.follow(sent)
    assert "Virkningen er for lite dokumentert" in case.text
    assert queries.declined_concept_ids(cast.session, cast.need.id) == {cast.concept.id}


def test_a_coordinator_declares_a_conflict(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing(PairingState.ACCEPTED)
    browser = signed_in(cast.person("coordinator"))
    page = browser.get(path_of(pairing, "/conflict"))
    assert browser.submit(page, reason="").refused

    sent = browser.submit(page, reason="Søsteren min jobber der.")

    case = browser.follow(sent)
    assert "Søsteren min jobber der." in case.text
    assert "En annen koordinator må ta den." in case.text
    assert not case.soup.select_one(f'a[href="{path_of(pairing, "/decline")}"]')
    assert browser.get(path_of(pairing, "/conflict")).status == 409


# ---------------------------------------------------------------- the role map


def test_a_coordinator_names_the_adviser(cast: Cast, signed_in: SignedIn) -> None:
    pairing = proposing.propose_pairing(
        cast.session,
        cast.actor("member"),
        need=cast.need,
        concept=cast.concept,
        motivation="Det treffer.",
    )
    browser = signed_in(cast.person("coordinator"))
    page = browser.get(path_of(pairing, "/roles/procurement_adviser"))
    offered = {str(option["value"]) for option in page.soup.select("option")}
    assert offered == {"", str(cast.person("adviser").id)}

    assert browser.submit(page, person_id="").refused
    for wrong in (str(cast.person("member").id), "x", "9" * 30):
        refused = browser.submit(page, person_id=wrong)
        assert refused.refused
        assert "Velg en person fra lista" in errors(refused)

    sent = browser.submit(page, person_id=str(cast.person("adviser").id))
    assert sent.status == 302
    held = {holder.role: holder.person_id for holder in pairing.roles}
    assert held[CaseRole.PROCUREMENT_ADVISER] == cast.person("adviser").id


def test_a_role_nobody_fits_says_what_to_do(cast: Cast, signed_in: SignedIn) -> None:
    pairing = cast.pairing()
    for holder in pairing.roles:
        holder.person.active = False
    cast.person("adviser").active = False
    cast.session.flush()

    page = signed_in(cast.person("coordinator")).get(path_of(pairing, "/roles/procurement_adviser"))

    assert "En administrator kan invitere dem." in page.text
