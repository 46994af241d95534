"""The pages of an agreement, as each role meets them."""

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.agreements.states import AgreementState
from marketplace.pairings.states import CaseRole, PairingState
from tests.domain.agreement_cast import (
    OUTSIDERS,
    READERS,
    AgreementCast,
    make_agreement_cast,
)
from tests.factories import make_concept
from tests.queries import count_queries
from tests.web.agreement_pages import SignedIn, path_of

PARTIES = ("member", "leader", "entrepreneur", "colleague")
READ = ["", "/versions/1", "/versions/1/pdf", "/difference"]
WRITE = ["/edit", "/sign", "/send-back", "/withdraw", "/new-version"]
S = AgreementState


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


# ---------------------------------------------------------------- who sees what


@pytest.mark.parametrize("name", OUTSIDERS)
@pytest.mark.parametrize("page", [*READ, *WRITE])
def test_outsiders_find_nothing(
    cast: AgreementCast, signed_in: SignedIn, name: str, page: str
) -> None:
    cast.version(S.SIGNED)
    cast.version(S.OFFERED, number=2)
    status = signed_in(cast.case.person(name)).client.get(path_of(cast, page)).status_code

    assert status in ({403} if name == "administrator" else {404, 403})
    if name in {"other_unit", "other_organisation"}:
        assert status == 404


@pytest.mark.parametrize("name", [*PARTIES, *READERS])
def test_everybody_of_the_case_reads_the_agreement(
    cast: AgreementCast, signed_in: SignedIn, name: str
) -> None:
    agreement = cast.version(S.SIGNED)

    page = signed_in(cast.case.person(name)).get(path_of(cast))

    assert page.heading == "Avtale, versjon 1"
    for text in (agreement.purpose, "Færre ensomme", "Dagsenteret", "150\u202f000 kr"):
        assert " ".join(text.split()) in page.text
    assert page.soup.select_one('[aria-current="page"]').get_text() == "Avtale"  # type: ignore[union-attr]  # a missing link fails the test too


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("state", [S.DRAFT, S.OFFERED, S.SIGNED])
def test_readers_are_offered_nothing_to_do(
    cast: AgreementCast, signed_in: SignedIn, name: str, state: AgreementState
) -> None:
    cast.version(state)
    browser = signed_in(cast.case.person(name))

    page = browser.get(path_of(cast))

    assert "Hva vil du gjøre?" not in page.text
    for action in WRITE:
        assert browser.get(path_of(cast, action)).status == 403


@pytest.mark.parametrize("name", [*PARTIES, *READERS])
def test_the_agreement_says_the_same_names_to_everybody(
    cast: AgreementCast, signed_in: SignedIn, name: str
) -> None:
    cast.version(S.SIGNED)

    page = signed_in(cast.case.person(name)).get(path_of(cast))

    section = page.soup.select_one('section[aria-labelledby="section-roles"]')
    assert section is not None
    for holder in cast.pairing.roles:
        assert holder.person.name in section.get_text()
    assert "Meld brudd på personvernet til" in section.get_text()


def test_the_role_map_stays_as_it_was_signed(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version(S.SIGNED)
    holder = next(h for h in cast.pairing.roles if h.role is CaseRole.PROCUREMENT_ADVISER)
    before = holder.person.name
    holder.person_id = cast.case.person("adviser").id
    cast.session.flush()

    page = signed_in(cast.case.person("member")).get(path_of(cast))

    section = page.soup.find("h2", string="Hvem gjør hva")
    assert section is not None
    assert before in section.parent.get_text()  # type: ignore[union-attr]  # it stands in a section


def test_a_case_that_is_not_approved_says_what_comes_first(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.case.concept = make_concept(cast.session, cast.case.concept.organisation)
    accepted = cast.case.pairing(PairingState.ACCEPTED)
    browser = signed_in(cast.case.person("member"))

    page = browser.get(f"/pairings/{accepted.id}/agreement")
    assert page.status == 409
    assert "må være godkjent først" in page.text
    assert "Avtale" not in [
        link.get_text() for link in browser.get(f"/pairings/{accepted.id}").soup.select("nav a")
    ]


# ---------------------------------------------------------------- what comes next


NEXT = [
    (None, "Venter på: at tjenesteenheten eller entreprenøren begynner på avtalen"),
    (S.DRAFT, "gjør avtalen ferdig og sender den til underskrift"),
    (S.OFFERED, "Venter på: at enhetslederen og entreprenøren skriver under"),
]


@pytest.mark.parametrize("name", [*PARTIES, *READERS])
@pytest.mark.parametrize(("state", "text"), NEXT)
def test_the_case_says_what_comes_next(
    cast: AgreementCast,
    signed_in: SignedIn,
    name: str,
    state: AgreementState | None,
    text: str,
) -> None:
    if state is not None:
        cast.version(state)

    page = signed_in(cast.case.person(name)).get(f"/pairings/{cast.pairing.id}")

    assert text in page.text
    assert page.has_form(path_of(cast, "/start")) == (state is None and name in PARTIES)


def test_the_case_names_the_side_whose_signature_is_missing(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    agreement = cast.version(S.OFFERED)
    browser = signed_in(cast.case.person("entrepreneur"))
    cast.sign("leader", agreement)

    page = browser.get(f"/pairings/{cast.pairing.id}")

    assert "Venter på: at entreprenøren skriver under" in page.text
    assert "Les avtalen og skriv under" in page.text


@pytest.mark.parametrize("closed", [False, True])
def test_nothing_comes_next_once_it_is_in_force_or_the_case_is_over(
    cast: AgreementCast, signed_in: SignedIn, closed: bool
) -> None:
    cast.version(S.SIGNED)
    if closed:
        cast.close()

    page = signed_in(cast.case.person("member")).get(f"/pairings/{cast.pairing.id}")

    assert "Neste steg: avtalen" not in page.text


def test_an_unfinished_version_of_a_case_that_is_over_waits_for_nobody(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version(S.OFFERED)
    cast.close()

    page = signed_in(cast.case.person("leader")).get(path_of(cast))

    assert page.status == 200
    assert "Venter på" not in page.text
    assert "Hva vil du gjøre?" not in page.text


def test_a_new_version_waits_while_the_old_one_stands(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version(S.SIGNED)
    cast.version(number=2)
    browser = signed_in(cast.case.person("member"))

    assert "Neste steg: ny versjon av avtalen" in browser.get(f"/pairings/{cast.pairing.id}").text
    page = browser.get(path_of(cast))
    assert page.heading == "Avtale, versjon 2"
    assert "Versjon 1 gjelder til begge har skrevet under denne." in page.text
    assert browser.get(path_of(cast, "/versions/1")).heading == "Avtale, versjon 1"


def test_without_an_agreement_the_page_says_what_to_do(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    party = signed_in(cast.case.person("entrepreneur")).get(path_of(cast))
    assert party.has_form(path_of(cast, "/start"))

    reader = signed_in(cast.case.person("coordinator")).get(path_of(cast))
    assert "Tjenesteenheten eller entreprenøren begynner på den." in reader.text
    assert not reader.has_form(path_of(cast, "/start"))


def test_a_version_that_is_not_there_is_not_found(cast: AgreementCast, signed_in: SignedIn) -> None:
    browser = signed_in(cast.case.person("member"))
    for page in ("/versions/7", "/versions/7/pdf", "/difference", "/edit", "/sign"):
        assert browser.get(path_of(cast, page)).status == (403 if page == "/sign" else 404)


def test_the_number_of_statements_does_not_grow_with_the_rows(
    cast: AgreementCast, signed_in: SignedIn
) -> None:
    cast.version(S.SIGNED)
    browser = signed_in(cast.case.person("member"))
    browser.get(path_of(cast))

    def statements() -> int:
        with count_queries(cast.session) as counter:
            browser.get(path_of(cast))
        return counter.count

    few = statements()
    for number in (2, 3, 4):
        cast.version(
            S.SUPERSEDED if number < 4 else S.DRAFT,
            number=number,
            language=Language.NYNORSK,
        )
    assert statements() <= few + 2


# ---------------------------------------------------------------- the difference


def test_the_difference_stands_side_by_side(cast: AgreementCast, signed_in: SignedIn) -> None:
    cast.version(S.SIGNED, on_no="Vi sier nei skriftlig.")
    cast.version(number=2, on_no="Vi sier nei muntlig.")
    browser = signed_in(cast.case.person("entrepreneur"))
    assert browser.get(path_of(cast)).soup.select_one(f'a[href="{path_of(cast, "/difference")}"]')

    page = browser.get(path_of(cast, "/difference"))

    assert [e.get_text() for e in page.soup.select("del")] == ["[fjernet: skriftlig slutt]"]
    assert [e.get_text() for e in page.soup.select("ins")] == ["[lagt til: muntlig slutt]"]
    assert [h.get_text() for h in page.soup.select(".sides h3")] == ["Versjon 1", "Versjon 2"]
    folded = page.soup.select_one("main details")
    assert folded is not None
    assert "Finne ut om ukentlig kaffe" in folded.get_text()
    assert "Hva skjer ved nei" not in folded.get_text()


@pytest.mark.parametrize("query", ["?from=2&to=1", "?from=x&to=9", "?from=1&to=1"])
def test_any_two_versions_are_compared(
    cast: AgreementCast, signed_in: SignedIn, query: str
) -> None:
    cast.version(S.SIGNED, purpose="Før.")
    cast.version(number=2, purpose="Etter.")

    page = signed_in(cast.case.person("leader")).get(path_of(cast, f"/difference{query}"))

    assert page.status == 200
    if query == "?from=2&to=1":
        assert "Etter" in page.soup.select("del")[0].get_text()
    if query == "?from=1&to=1":
        assert "De to versjonene sier det samme." in page.text
