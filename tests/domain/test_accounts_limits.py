"""How often a password may be tried: strangers have few tries, and cannot use up the owner's."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import OneTimeLink, Person, SignInAttempt
from marketplace.accounts.services import attempts, credentials, links
from marketplace.accounts.states import LINK_LIFETIMES, AccountRefusal, AccountTopic, LinkPurpose
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.errors import NotNow, Refused
from marketplace.core.outbox import OutboxMessage
from tests.domain.links_cast import NEW_PASSWORD, ask_to_register, open_mail
from tests.domain.refused import refusal
from tests.domain.test_pairing_race import race
from tests.factories import make_person
from tests.passwords import PASSWORD, PASSWORD_HASH

pytestmark = pytest.mark.usefixtures("quick_hashing")

SECRET = "a secret of the tests"
HOME, ELSEWHERE = "192.0.2.1", "198.51.100.7"
WRONG = "feil passord igjen"
TOGETHER = 12


@pytest.fixture
def owner(session: Session) -> Person:
    return make_person(session, password_hash=PASSWORD_HASH)


def sign_in(
    session: Session, email: str, password: str = PASSWORD, address: str = HOME, device: str = ""
) -> Person:
    return credentials.check_credentials(
        session, email=email, password=password, address=address, secret_key=SECRET, device=device
    )


def fail(session: Session, email: str, times: int, address: str = HOME, device: str = "") -> None:
    for _ in range(times):
        refused = refusal(lambda: sign_in(session, email, WRONG, address, device))
        assert refused.code is AccountRefusal.WRONG_CREDENTIALS


def expect_wait(action: Callable[[], object], minutes: int) -> None:
    refused = refusal(action)
    assert isinstance(refused, NotNow)
    assert (refused.code, refused.values) == (
        AccountRefusal.TOO_MANY_SIGN_INS,
        {"minutes": minutes},
    )


def test_each_wrong_try_after_the_fifth_doubles_the_wait(session: Session, owner: Person) -> None:
    fail(session, owner.email, 4)
    moment = now()
    for minutes in (1, 2, 4, 8, 16, 32, 64, 128, 256, 256):
        with clock_at(moment):
            fail(session, owner.email, 1)
            expect_wait(lambda: sign_in(session, owner.email), minutes)
        moment += timedelta(minutes=minutes)
        with clock_at(moment - timedelta(seconds=1)):
            expect_wait(lambda: sign_in(session, owner.email), 1)
    with clock_at(moment):
        assert sign_in(session, owner.email) is owner


def test_an_account_that_does_not_exist_waits_in_the_same_way(session: Session) -> None:
    fail(session, "ingen@kommune.example", 5)
    expect_wait(lambda: sign_in(session, "ingen@kommune.example"), 1)


def test_wrong_tries_elsewhere_do_not_lock_the_owner_out(session: Session, owner: Person) -> None:
    for number in range(18):
        fail(session, owner.email, 5, f"198.51.100.{number}")
    assert sign_in(session, owner.email) is owner


def test_a_device_that_the_account_knows_is_let_through(session: Session, owner: Person) -> None:
    fail(session, owner.email, 5)
    expect_wait(lambda: sign_in(session, owner.email), 1)
    expect_wait(lambda: sign_in(session, owner.email, device=""), 1)
    assert sign_in(session, owner.email, device="known") is owner


def test_a_known_device_has_few_tries_of_its_own(session: Session, owner: Person) -> None:
    fail(session, owner.email, 5, device="stolen")
    expect_wait(lambda: sign_in(session, owner.email, device="stolen"), 1)
    expect_wait(lambda: sign_in(session, owner.email, address=ELSEWHERE, device="stolen"), 1)
    assert sign_in(session, owner.email) is owner


def test_those_who_guess_from_very_many_addresses_come_no_further(
    session: Session, owner: Person
) -> None:
    for number in range(20):
        fail(session, owner.email, 5, f"198.51.100.{number}")
    refused = refusal(lambda: sign_in(session, owner.email, address="203.0.113.9"))
    assert refused.code is AccountRefusal.TOO_MANY_SIGN_INS
    assert sign_in(session, owner.email, device="known") is owner


def test_an_address_is_closed_after_thirty_wrong_passwords(session: Session, owner: Person) -> None:
    for number in range(30):
        fail(session, f"{number}@kommune.example", 1)
    expect_wait(lambda: sign_in(session, owner.email), 15)
    assert sign_in(session, owner.email, address=ELSEWHERE) is owner
    assert sign_in(session, owner.email, device="known") is owner


def test_success_forgets_the_wrong_tries_of_the_account(session: Session, owner: Person) -> None:
    for _ in range(3):
        fail(session, owner.email, 4)
        assert sign_in(session, owner.email) is owner


def test_tries_store_neither_email_nor_address(session: Session) -> None:
    fail(session, "hemmelig@kommune.example", 1, "192.0.2.77")
    fail(session, "hemmelig@kommune.example", 1, device="mitt nettbrett")
    keys = session.scalars(select(SignInAttempt.counted_key)).all()
    assert len(keys) == 4
    assert all(len(key) == 64 and int(key, 16) for key in keys)
    other = attempts.counted("another secret", attempts.SIGN_IN_ADDRESS, "192.0.2.77")
    assert other.key not in keys


# ---------------------------------------------------------------- the link by mail


def ask(session: Session, email: str, address: str = HOME) -> None:
    links.ask_for_reset(session, email=email, address=address, secret_key=SECRET)


@pytest.mark.parametrize("known", [True, False])
def test_links_are_limited_alike_for_known_and_unknown(
    session: Session, owner: Person, *, known: bool
) -> None:
    email = owner.email if known else "ingen@kommune.example"
    for _ in range(3):
        ask(session, email)
    refused = refusal(lambda: ask(session, email))
    assert (refused.code, refused.values) == (AccountRefusal.TOO_MANY_ATTEMPTS, {"minutes": 60})


def test_nobody_keeps_the_owner_from_a_link_by_asking_for_many(
    session: Session, owner: Person
) -> None:
    for number in range(8):
        for _ in range(3):
            ask(session, owner.email, f"198.51.100.{number}")
    ask(session, owner.email)
    assert session.scalar(select(func.count(OutboxMessage.id))) == 10
    session.expire_all()
    working = select(OneTimeLink).where(OneTimeLink.expires_at > now())
    assert session.scalars(working).one().expires_at == now() + LINK_LIFETIMES[LinkPurpose.RESET]


def test_a_link_works_while_passwords_may_not_be_tried(session: Session, owner: Person) -> None:
    for number in range(20):
        fail(session, owner.email, 5, f"198.51.100.{number}")
    fresh = "203.0.113.9"
    assert isinstance(refusal(lambda: sign_in(session, owner.email, address=fresh)), NotNow)
    ask(session, owner.email, fresh)
    open_mail(session, AccountTopic.RESET)
    assert sign_in(session, owner.email, NEW_PASSWORD, fresh) is owner


# ---------------------------------------------------------------- many at the same moment


def try_password(number: int, session: Session) -> None:
    sign_in(session, f"{number}@kommune.example", WRONG)


def ask_for_link(number: int, session: Session) -> None:
    ask(session, f"{number}@kommune.example")


def register(number: int, session: Session) -> None:
    ask_to_register(session, organisation_number="1", email=f"{number}@nabo.example", address=HOME)


@pytest.mark.parametrize(
    ("act", "limit"),
    [
        (try_password, attempts.SIGN_IN_ADDRESS),
        (ask_for_link, attempts.RESET_ADDRESS),
        (register, attempts.REGISTRATION),
    ],
)
def test_many_at_once_get_no_more_tries_than_one_after_the_other(
    committed: Database, act: Callable[[int, Session], None], limit: attempts.Limit
) -> None:
    """Each commits after a refusal as after a success, as the pages do."""
    waited = list[Refused]()

    def one(number: int, session: Session) -> None:
        try:
            act(number, session)
        except Refused as refused:
            if isinstance(refused, NotNow):
                waited.append(refused)

    rounds = limit.most // TOGETHER + 2
    for first in range(0, rounds * TOGETHER, TOGETHER):
        together = range(first, first + TOGETHER)
        race(committed, *(partial(one, number) for number in together))
    assert rounds * TOGETHER - len(waited) == limit.most
