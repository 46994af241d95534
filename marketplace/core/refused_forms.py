"""Forms that were refused, kept for an hour so that their senders get back what they typed.

What was typed may be just what must not be stored, such as a number of somebody's identity. So it
is encrypted with a key made of the sender and of a random token that only the sender's address
holds: nobody who reads this table, or a copy of it, can read what is in it.
"""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe

from cryptography.fernet import Fernet
from sqlalchemy import delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from marketplace.core.clock import now
from marketplace.core.db import Base, Identified, person_reference, short_text

KEPT_FOR = timedelta(hours=1)
MOST_OF_ONE = 10
MOST_OF_STRANGERS = 200
"""All who are not signed in share these: nobody can fill the table from outside."""


class RefusedForm(Identified, Base):
    __tablename__ = "refused_form"

    token_hash: Mapped[str] = short_text(64, unique=True)
    person_id: Mapped[int | None] = person_reference(index=True)
    contents: Mapped[str]
    kept_at: Mapped[datetime] = mapped_column(default=now, index=True)


def keep_refused(session: Session, person_id: int | None, browser: str, contents: str) -> str:
    """Keep it, and return the token that opens it, for the same person or browser alone."""
    token = token_urlsafe(16)
    secret = _secret(token, person_id, browser)
    session.add(
        RefusedForm(
            token_hash=_hash(secret),
            person_id=person_id,
            contents=Fernet(_key(secret)).encrypt(contents.encode()).decode(),
        )
    )
    session.flush()
    _let_go_of_the_oldest(session, person_id)
    return token


def find_refused(session: Session, token: str, person_id: int | None, browser: str) -> str | None:
    secret = _secret(token, person_id, browser)
    found = session.scalar(
        select(RefusedForm.contents).where(
            RefusedForm.token_hash == _hash(secret), RefusedForm.kept_at > now() - KEPT_FOR
        )
    )
    return None if found is None else Fernet(_key(secret)).decrypt(found.encode()).decode()


def purge_refused_forms(session: Session) -> None:
    session.execute(delete(RefusedForm).where(RefusedForm.kept_at <= now() - KEPT_FOR))


def _let_go_of_the_oldest(session: Session, person_id: int | None) -> None:
    most = MOST_OF_STRANGERS if person_id is None else MOST_OF_ONE
    theirs = RefusedForm.person_id == person_id
    newest = select(RefusedForm.id).where(theirs).order_by(RefusedForm.id.desc()).limit(most)
    session.execute(delete(RefusedForm).where(theirs, RefusedForm.id.not_in(newest)))


def _secret(token: str, person_id: int | None, browser: str) -> bytes:
    """Whoever is signed in is known by that, on any browser; a stranger by the browser alone."""
    sender = f"browser {browser}" if person_id is None else f"person {person_id}"
    return f"{token} {sender}".encode()


def _hash(secret: bytes) -> str:
    return sha256(b"found by " + secret).hexdigest()


def _key(secret: bytes) -> bytes:
    return urlsafe_b64encode(sha256(b"opened by " + secret).digest())
