"""E-mail and password: checked, changed, and counted where they are wrong.

A wrong attempt has to be remembered although it is refused: whoever calls these must commit
after a refusal as after a success.
"""

from sqlalchemy.orm import Session

from marketplace.accounts import queries
from marketplace.accounts.identifiers import same_email
from marketplace.accounts.models import Person
from marketplace.accounts.passwords import (
    check_password,
    hash_password,
    needs_rehash,
    password_fits,
)
from marketplace.accounts.services.attempts import (
    SIGN_IN_ACCOUNT,
    SIGN_IN_ADDRESS,
    SIGN_IN_DEVICE,
    SIGN_IN_HERE,
    Counted,
    counted,
    forget_attempts,
    note_attempt,
    refuse_too_many,
)
from marketplace.accounts.services.sessions import revoke_sessions_of
from marketplace.accounts.states import AccountEvent, AccountRefusal
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed
from marketplace.core.security_log import SecurityEvent, write


def check_credentials(
    session: Session, *, email: str, password: str, address: str, secret_key: str, device: str = ""
) -> Person:
    """The person whose e-mail and password these are.

    `device` names a device that has been signed in to this account before.

    The answer, and the time it takes, is the same for a wrong password and for an account that
    does not exist, has no password yet or is closed.
    """
    email = same_email(email)
    tries = _what_counts(secret_key, email, address, device)
    refuse_too_many(session, *tries, code=AccountRefusal.TOO_MANY_SIGN_INS)
    person = queries.get_person_by_email(session, email)
    password_hash = person.password_hash if person is not None and person.active else None
    if not password_fits(password_hash, password) or person is None:
        note_attempt(session, *tries)
        write(SecurityEvent.SIGN_IN_FAILED, subject_id=person.id if person else None)
        raise NotAllowed(AccountRefusal.WRONG_CREDENTIALS)
    forget_attempts(session, *(what for what in tries if what.limit is not SIGN_IN_ADDRESS))
    if password_hash and needs_rehash(password_hash, password):
        person.password_hash = hash_password(password)
    return person


def _what_counts(secret_key: str, email: str, address: str, device: str) -> list[Counted]:
    """A known device has tries of its own, so that others cannot use up those of the owner."""
    if device:
        return [counted(secret_key, SIGN_IN_DEVICE, email, device)]
    return [
        counted(secret_key, SIGN_IN_HERE, email, address),
        counted(secret_key, SIGN_IN_ADDRESS, address),
        counted(secret_key, SIGN_IN_ACCOUNT, email),
    ]


def expect_good_password(session: Session, person: Person, password: str) -> None:
    places = queries.list_municipality_names(session)
    check_password(password, email=person.email, name=person.name, places=places)


def set_password(session: Session, actor: Actor, *, person: Person, password: str) -> None:
    expect_good_password(session, person, password)
    person.password_hash = hash_password(password)
    record(session, actor, AccountEvent.PASSWORD_SET, person)


def check_own_password(
    session: Session,
    *,
    person: Person,
    password: str,
    address: str,
    secret_key: str,
    device: str,
) -> None:
    """Whoever changes how one gets in shows that they know how one gets in now."""
    try:
        check_credentials(
            session,
            email=person.email,
            password=password,
            address=address,
            secret_key=secret_key,
            device=device,
        )
    except NotAllowed:
        raise InvalidField("old_password", AccountRefusal.OLD_PASSWORD_WRONG) from None


def change_password(
    session: Session,
    actor: Actor,
    *,
    old: str,
    new: str,
    token: str,
    address: str,
    secret_key: str,
    device: str = "",
) -> None:
    """Change one's own password; the other sign-ins end, for they may be somebody else's."""
    person = queries.get_person(session, person_of(actor))
    check_own_password(
        session,
        person=person,
        password=old,
        address=address,
        secret_key=secret_key,
        device=device,
    )
    set_password(session, actor, person=person, password=new)
    revoke_sessions_of(session, actor, person=person, keep_token=token)
