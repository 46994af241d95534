"""One-time links: random, kept as hashes, bound to one person and purpose, and used once."""

import threading

import pytest
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.models import OneTimeLink, Person
from marketplace.accounts.services import links
from marketplace.accounts.states import AccountRefusal, LinkPurpose
from marketplace.accounts.tokens import hash_token, link_token
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at
from marketplace.core.engine import Database
from marketplace.core.errors import NotNow
from tests.conftest import NOW
from tests.domain.links_cast import NEW_PASSWORD, SECRET, use_token
from tests.domain.refused import refusal
from tests.factories import actor_for, make_person

pytestmark = pytest.mark.usefixtures("quick_hashing")


def test_a_link_of_old_does_not_open_the_account_whose_link_has_its_number(
    session: Session,
) -> None:
    """SQLite gives the number of a removed row to the next one; a restore does so anywhere."""
    first = links.issue_link(session, make_person(session), LinkPurpose.RESET)
    number = first.link.id
    session.execute(delete(OneTimeLink))
    session.expunge_all()
    victim = make_person(session)
    second = links.issue_link(session, victim, LinkPurpose.RESET).link
    session.execute(OneTimeLink.__table__.update().values(id=number))  # type: ignore[attr-defined]  # a Table, typed as less
    session.expunge(second)
    refused = refusal(lambda: use_token(session, link_token(SECRET, first.secret)))
    assert refused.code is AccountRefusal.LINK_INVALID
    assert session.get_one(Person, victim.id).password_hash is None


def test_the_database_and_the_trail_hold_only_the_hash(session: Session) -> None:
    person = make_person(session)
    secret = links.send_invitation(session, actor_for(person), person=person)
    link = session.scalars(select(OneTimeLink)).one()
    assert len(secret) >= 43
    assert link.token_hash == hash_token(secret)
    trail = str([(row.before, row.after) for row in session.scalars(select(AuditEvent))])
    assert secret not in trail
    assert link.token_hash not in trail


def test_two_links_are_never_alike(session: Session) -> None:
    person = make_person(session)
    issued = [links.issue_link(session, person, LinkPurpose.RESET) for _ in range(3)]
    assert len({one.secret for one in issued}) == 3
    issued[1].link.token_hash = issued[0].link.token_hash
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("key", ["another key", ""])
def test_the_secret_alone_opens_nothing_without_the_key(session: Session, key: str) -> None:
    issued = links.issue_link(session, make_person(session), LinkPurpose.RESET)
    for token in (issued.secret, link_token(key, issued.secret), issued.link.token_hash):
        assert refusal(lambda t=token: use_token(session, t)).code is AccountRefusal.LINK_INVALID  # type: ignore[misc]  # the default binds the loop's value


def test_a_link_to_prove_an_address_sets_no_password(session: Session) -> None:
    person = make_person(session)
    issued = links.issue_link(session, person, LinkPurpose.ADDRESS, email="ny@kommune.example")
    refused = refusal(lambda: use_token(session, link_token(SECRET, issued.secret)))
    assert refused.code is AccountRefusal.LINK_INVALID


def test_a_link_that_went_to_another_address_than_the_persons_is_refused(session: Session) -> None:
    person = make_person(session)
    issued = links.issue_link(session, person, LinkPurpose.RESET)
    person.email = "flyttet@kommune.example"
    session.flush()
    refused = refusal(lambda: use_token(session, link_token(SECRET, issued.secret)))
    assert refused.code is AccountRefusal.LINK_INVALID


def test_of_many_who_use_a_link_at_once_one_gets_in(committed: Database) -> None:
    with committed.writing() as session:
        issued = links.issue_link(session, make_person(session), LinkPurpose.RESET)
        session.commit()
    token = link_token(SECRET, issued.secret)
    start, won, lost = threading.Barrier(4), list[int](), list[str]()

    def use(number: int) -> None:
        with clock_at(NOW), committed.writing() as session:
            start.wait()
            try:
                use_token(session, token, f"{NEW_PASSWORD} {number}")
            except NotNow as refused:
                lost.append(refused.code)
            else:
                session.commit()
                won.append(number)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(won), lost) == (1, [AccountRefusal.LINK_INVALID] * 3)
    with committed.reading() as session:
        assert queries.find_open_link(session, issued.secret) is None
