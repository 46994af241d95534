"""An address counts when a link mailed to it was opened: never before, and for nobody else."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.models import Organisation, Person, Registration, RoleOffer, WebSession
from marketplace.accounts.services import addresses, credentials, links, memberships, people
from marketplace.accounts.services.purging import purge_sign_in_traces
from marketplace.accounts.services.sessions import open_session
from marketplace.accounts.states import AccountRefusal, AccountTopic, LinkPurpose
from marketplace.accounts.tokens import link_token
from marketplace.core.actor import ANONYMOUS, Actor, Grant, Role
from marketplace.core.clock import clock_at, now
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow
from tests.domain.links_cast import (
    NEW_PASSWORD,
    SECRET,
    STRANGER,
    ask_to_register,
    mailed,
    mailed_token,
    open_mail,
    register,
    use_token,
)
from tests.domain.refused import refusal
from tests.factories import actor_for, make_member, make_organisation, make_person, make_unit
from tests.passwords import PASSWORD, PASSWORD_HASH

pytestmark = pytest.mark.usefixtures("quick_hashing")

NEW = "ny.adresse@kommune.example"
WRONG = AccountRefusal.WRONG_CREDENTIALS


def sign_in(session: Session, email: str, password: str) -> Person:
    return credentials.check_credentials(
        session, email=email, password=password, address="192.0.2.1", secret_key=SECRET
    )


def administrator(session: Session) -> Actor:
    return actor_for(make_member(session, Role.ADMINISTRATOR))


# ---------------------------------------------------------------- registering


def test_before_the_link_is_opened_there_is_neither_organisation_nor_way_in(
    session: Session,
) -> None:
    make_member(session, Role.ADMINISTRATOR)
    ask_to_register(session)
    person = session.scalars(select(Person).where(Person.email == STRANGER)).one()
    assert session.scalars(select(Organisation)).all() == []
    assert (person.memberships, person.password_hash, person.email_proved_at) == ([], None, None)
    assert mailed(session) == [(person.id, AccountTopic.REGISTERED)]
    refused = refusal(lambda: sign_in(session, STRANGER, NEW_PASSWORD))
    assert (type(refused), refused.code) == (NotAllowed, AccountRefusal.WRONG_CREDENTIALS)


def test_opening_it_makes_the_organisation_and_lets_the_person_in(session: Session) -> None:
    founder = register(session)
    organisation = session.scalars(select(Organisation)).one()
    assert queries.actor_of(founder).grants == (Grant(Role.ENTREPRENEUR, organisation.id),)
    assert founder.email_proved_at == now()
    assert sign_in(session, STRANGER, NEW_PASSWORD) is founder
    assert session.scalars(select(Registration)).all() == []


def test_the_database_knows_no_password_without_a_proved_address(session: Session) -> None:
    with pytest.raises(IntegrityError):
        make_person(session, password_hash=PASSWORD_HASH, email_proved_at=None)


@pytest.mark.parametrize("state", ["in use", "invited", "closed"])
def test_a_known_address_is_answered_alike_and_its_account_left_alone(
    session: Session, state: str
) -> None:
    proved = None if state == "invited" else now()
    person = make_person(
        session,
        email=STRANGER,
        name="Kari",
        active=state != "closed",
        email_proved_at=proved,
        password_hash=PASSWORD_HASH if proved else None,
    )
    ask_to_register(session, name="En fremmed")
    assert mailed(session) == [(person.id, AccountTopic.ADDRESS_KNOWN)]
    assert (person.name, person.email_proved_at, person.self_registered) == ("Kari", proved, False)
    assert session.scalars(select(Registration)).all() == []
    if state == "in use":
        assert sign_in(session, STRANGER, PASSWORD) is person


def test_whoever_registers_again_before_opening_the_link_begins_anew(session: Session) -> None:
    ask_to_register(session, organisation="Skrivefeil AS")
    first = mailed_token(session, AccountTopic.REGISTERED)
    ask_to_register(session, organisation="Nabohjelp AS")
    assert refusal(lambda: use_token(session, first)).code is AccountRefusal.LINK_INVALID
    open_mail(session, AccountTopic.REGISTERED)
    assert session.scalars(select(Organisation.name)).all() == ["Nabohjelp AS"]


@pytest.mark.parametrize("known", [True, False])
def test_one_address_gets_few_mails_whether_it_has_an_account_or_not(
    session: Session, *, known: bool
) -> None:
    if known:
        make_person(session, email=STRANGER)
    for number in range(3):
        ask_to_register(session, address=f"192.0.2.{number}")
    before = mailed(session)
    ask_to_register(session, address="192.0.2.9")
    assert mailed(session) == before
    if not known:
        assert open_mail(session, AccountTopic.REGISTERED).email == STRANGER


def test_a_number_that_was_taken_meanwhile_is_told_and_nothing_made(session: Session) -> None:
    ask_to_register(session, email="en@nabo.example")
    token = mailed_token(session, AccountTopic.REGISTERED)
    register(session, email="to@nabo.example")
    session.commit()
    refused = refusal(lambda: use_token(session, token))
    assert refused.code is AccountRefusal.ORGANISATION_NUMBER_TAKEN
    session.rollback()
    assert len(session.scalars(select(Organisation)).all()) == 1


def test_a_forgotten_password_leads_back_to_the_registration(session: Session) -> None:
    ask_to_register(session)
    links.ask_for_reset(session, email=STRANGER, address="192.0.2.1", secret_key=SECRET)
    assert {topic for _, topic in mailed(session)} == {AccountTopic.REGISTERED}
    open_mail(session, AccountTopic.REGISTERED)
    assert len(session.scalars(select(Organisation)).all()) == 1


def test_a_registration_that_nobody_confirmed_is_removed(session: Session) -> None:
    with clock_at(now() - timedelta(days=31)):
        ask_to_register(session)
    purge_sign_in_traces(session)
    assert session.scalars(select(Registration)).all() == []


# ---------------------------------------------------------------- roles given later


@pytest.fixture
def founder(session: Session) -> Person:
    """Signed up, and signed in, without anybody having said who it is."""
    return register(session)


def coordinator(session: Session) -> Grant:
    return Grant(Role.COORDINATOR, make_organisation(session).id)


def test_a_role_for_somebody_who_registered_is_theirs_by_a_fresh_link(
    session: Session, founder: Person
) -> None:
    stranger, grant = open_session(session, founder), coordinator(session)
    memberships.grant_membership(session, administrator(session), person=founder, grant=grant)
    assert grant not in queries.actor_of(founder).grants
    assert queries.people_with_role(session, Role.COORDINATOR) == []
    assert (founder.id, AccountTopic.ROLE_OFFERED) in mailed(session)

    open_mail(session, AccountTopic.ROLE_OFFERED, "seks helt andre ord her")

    assert grant in queries.actor_of(founder).grants
    # Whoever had the account until now has neither its password nor a session any more.
    assert refusal(lambda: sign_in(session, STRANGER, NEW_PASSWORD)).code is WRONG
    limits = {"idle": timedelta(hours=2), "absolute": timedelta(hours=12)}
    assert queries.get_live_session(session, stranger, **limits) is None


def test_somebody_who_was_invited_has_a_new_role_at_once(session: Session) -> None:
    person, grant = make_person(session), coordinator(session)
    memberships.grant_membership(session, administrator(session), person=person, grant=grant)
    assert queries.actor_of(person).grants == (grant,)


def test_a_role_is_offered_once_and_can_be_taken_back(session: Session, founder: Person) -> None:
    chief, grant = administrator(session), coordinator(session)

    def offer() -> object:
        return memberships.grant_membership(session, chief, person=founder, grant=grant)

    offer()
    assert refusal(offer).code is AccountRefusal.ALREADY_MEMBER
    offered = session.scalars(select(RoleOffer)).one()
    for actor in (ANONYMOUS, actor_for(founder)):
        refused = refusal(
            lambda a=actor: memberships.withdraw_offer(  # type: ignore[misc]  # the default binds the loop's value
                session, a, person=founder, offer_id=offered.id
            )
        )
        assert refused.code is AccountRefusal.ADMINISTRATORS_ONLY
    other = make_person(session)
    with pytest.raises(NotFound):
        memberships.withdraw_offer(session, chief, person=other, offer_id=offered.id)
    memberships.withdraw_offer(session, chief, person=founder, offer_id=offered.id)
    open_mail(session, AccountTopic.ROLE_OFFERED)
    assert grant not in queries.actor_of(founder).grants


def test_a_role_that_does_not_fit_is_not_offered(session: Session, founder: Person) -> None:
    grant = Grant(Role.COORDINATOR, unit_id=make_unit(session).id)
    refused = refusal(
        lambda: memberships.grant_membership(
            session, administrator(session), person=founder, grant=grant
        )
    )
    assert refused.code is AccountRefusal.ROLE_DOES_NOT_FIT


def test_the_link_to_a_role_does_not_confirm_what_a_stranger_registered(session: Session) -> None:
    ask_to_register(session)
    person = session.scalars(select(Person).where(Person.email == STRANGER)).one()
    grant = coordinator(session)
    memberships.grant_membership(session, administrator(session), person=person, grant=grant)
    open_mail(session, AccountTopic.ROLE_OFFERED)
    assert queries.actor_of(person).grants == (grant,)
    assert session.scalars(select(Registration)).all() == []


@pytest.mark.parametrize("what", ["role", "registration", "invitation"])
def test_an_administrator_sends_the_link_that_was_not_opened(session: Session, what: str) -> None:
    chief, person = administrator(session), make_person(session, email_proved_at=None)
    topic = AccountTopic.INVITED
    if what != "invitation":
        ask_to_register(session)
        person = session.scalars(select(Person).where(Person.email == STRANGER)).one()
        topic = AccountTopic.REGISTERED
    if what == "role":
        grant = coordinator(session)
        memberships.grant_membership(session, chief, person=person, grant=grant)
        topic = AccountTopic.ROLE_OFFERED
    before = mailed(session).count((person.id, topic))
    people.resend_invitation(session, chief, person=person)
    assert mailed(session).count((person.id, topic)) == before + 1


def test_an_administrator_whose_address_is_not_proved_is_no_last_one(session: Session) -> None:
    only = make_member(session, Role.ADMINISTRATOR)
    make_member(session, Role.ADMINISTRATOR, email_proved_at=None)
    refused = refusal(
        lambda: people.deactivate_person(
            session, actor_for(only), person=only, version=only.version
        )
    )
    assert refused.code is AccountRefusal.LAST_ADMINISTRATOR


# ---------------------------------------------------------------- closed and opened again


def test_an_account_that_is_opened_again_needs_a_fresh_link(session: Session) -> None:
    chief = administrator(session)
    person = make_person(session, password_hash=PASSWORD_HASH)
    people.deactivate_person(session, chief, person=person, version=person.version)
    people.activate_person(session, chief, person=person, version=person.version)
    assert refusal(lambda: sign_in(session, person.email, PASSWORD)).code is WRONG
    assert mailed(session) == [(person.id, AccountTopic.REOPENED)]
    open_mail(session, AccountTopic.REOPENED)
    assert sign_in(session, person.email, NEW_PASSWORD) is person


# ---------------------------------------------------------------- another address


@pytest.fixture
def owner(session: Session) -> Person:
    return make_person(session, email="gammel@kommune.example", password_hash=PASSWORD_HASH)


def ask(session: Session, person: Person, email: str = NEW, password: str = PASSWORD) -> None:
    addresses.ask_for_address(
        session,
        actor_for(person),
        email=email,
        password=password,
        address="192.0.2.1",
        secret_key=SECRET,
    )


def confirm(session: Session, actor: Actor, token: str) -> None:
    addresses.confirm_address(session, actor, token=token, secret_key=SECRET)


@pytest.mark.parametrize(
    ("email", "password", "field", "code"),
    [
        (NEW, "et annet passord", "old_password", AccountRefusal.OLD_PASSWORD_WRONG),
        ("ikke en adresse", PASSWORD, "email", AccountRefusal.EMAIL_INVALID),
        ("Gammel@kommune.example", PASSWORD, "email", AccountRefusal.EMAIL_UNCHANGED),
    ],
)
def test_a_wrong_wish_for_another_address_is_refused_at_its_field(
    session: Session, owner: Person, email: str, password: str, field: str, code: AccountRefusal
) -> None:
    refused = refusal(lambda: ask(session, owner, email, password))
    assert isinstance(refused, InvalidField)
    assert (refused.field, refused.code) == (field, code)
    assert mailed(session) == []


def test_a_new_address_counts_when_its_owner_opens_the_link(
    session: Session, owner: Person
) -> None:
    links.issue_link(session, owner, LinkPurpose.RESET)
    ask(session, owner)
    token = mailed_token(session, AccountTopic.ADDRESS)
    assert sign_in(session, "gammel@kommune.example", PASSWORD) is owner
    assert refusal(lambda: sign_in(session, NEW, PASSWORD)).code is WRONG
    told = {(owner.id, AccountTopic.ADDRESS), (owner.id, AccountTopic.ADDRESS_ASKED)}
    assert set(mailed(session)) == told

    confirm(session, actor_for(owner), token)

    assert sign_in(session, NEW, PASSWORD) is owner
    twice = refusal(lambda: confirm(session, actor_for(owner), token))
    assert twice.code is AccountRefusal.LINK_INVALID


def test_nobody_else_confirms_an_address(session: Session, owner: Person) -> None:
    """A new address that was mistyped is somebody else's, who now has a link."""
    ask(session, owner)
    token = mailed_token(session, AccountTopic.ADDRESS)
    for actor in (ANONYMOUS, actor_for(make_person(session))):
        refused = refusal(lambda a=actor: confirm(session, a, token))  # type: ignore[misc]  # the default binds the loop's value
        assert refused.code is AccountRefusal.LINK_INVALID
    assert owner.email == "gammel@kommune.example"


def test_an_address_that_has_an_account_is_answered_alike_and_not_taken(
    session: Session, owner: Person
) -> None:
    holder = make_person(session, email=NEW)
    ask(session, owner)
    told = {(holder.id, AccountTopic.ADDRESS_KNOWN), (owner.id, AccountTopic.ADDRESS_ASKED)}
    assert set(mailed(session)) == told


def test_an_address_that_was_taken_meanwhile_stays_with_its_owner(
    session: Session, owner: Person
) -> None:
    ask(session, owner)
    token = mailed_token(session, AccountTopic.ADDRESS)
    make_person(session, email=NEW)
    assert isinstance(refusal(lambda: confirm(session, actor_for(owner), token)), NotNow)


def test_a_stranger_who_typed_an_address_does_not_keep_it_from_its_owner(
    session: Session, owner: Person
) -> None:
    ask_to_register(session, email=NEW)
    ask(session, owner)
    confirm(session, actor_for(owner), mailed_token(session, AccountTopic.ADDRESS))
    assert owner.email == NEW
    refused = refusal(lambda: open_mail(session, AccountTopic.REGISTERED))
    assert refused.code is AccountRefusal.LINK_INVALID


def test_another_address_is_asked_for_a_few_times_an_hour(session: Session, owner: Person) -> None:
    for number in range(3):
        ask(session, owner, f"ny{number}@kommune.example")
    refused = refusal(lambda: ask(session, owner, "ny9@kommune.example"))
    assert refused.code is AccountRefusal.TOO_MANY_ATTEMPTS
    assert session.scalars(select(WebSession)).all() == []


def test_a_link_of_before_does_not_open_the_account_with_its_new_address(
    session: Session, owner: Person
) -> None:
    before = links.issue_link(session, owner, LinkPurpose.RESET)
    ask(session, owner)
    confirm(session, actor_for(owner), mailed_token(session, AccountTopic.ADDRESS))
    refused = refusal(lambda: use_token(session, link_token(SECRET, before.secret)))
    assert refused.code is AccountRefusal.LINK_INVALID
