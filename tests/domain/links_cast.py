"""Registering, and opening what has been mailed, as a person does who reads their mail."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.services import arrivals, registration
from marketplace.accounts.services.organisations import OrganisationDetails
from marketplace.accounts.services.registration import NewPerson
from marketplace.accounts.states import AccountTopic
from marketplace.accounts.tokens import link_token
from marketplace.core.outbox import OutboxMessage

SECRET = "a secret of the tests"
NUMBER = "974 760 673"
NEW_PASSWORD = "fem andre gode ord"
STRANGER = "ola@nabo.example"


def ask_to_register(session: Session, **values: Any) -> None:
    details = OrganisationDetails(
        name=values.pop("organisation", "Nabohjelp AS"),
        organisation_number=values.pop("organisation_number", NUMBER),
        legal_form=values.pop("legal_form", "AS"),
        about=values.pop("about", "Vi hjelper naboer."),
    )
    address = values.pop("address", "192.0.2.1")
    person = NewPerson(**({"name": "Ola Gründer", "email": STRANGER} | values))
    registration.ask_to_register(
        session, details=details, person=person, address=address, secret_key=SECRET
    )


def register(session: Session, **values: Any) -> Person:
    """Register, and open the link."""
    ask_to_register(session, **values)
    return open_mail(session, AccountTopic.REGISTERED)


def mailed_token(session: Session, topic: AccountTopic) -> str:
    """What the newest mail of the topic leads to."""
    newest = select(OutboxMessage).where(OutboxMessage.topic == topic)
    message = session.scalars(newest.order_by(OutboxMessage.id.desc())).first()
    assert message is not None, f"no mail about {topic}"
    return link_token(SECRET, message.payload["link_secret"])


def open_mail(session: Session, topic: AccountTopic, password: str = NEW_PASSWORD) -> Person:
    return use_token(session, mailed_token(session, topic), password)


def use_token(session: Session, token: str, password: str = NEW_PASSWORD) -> Person:
    return arrivals.use_link(session, token=token, password=password, secret_key=SECRET)


def mailed(session: Session) -> list[tuple[int, str]]:
    rows = session.execute(select(OutboxMessage.person_id, OutboxMessage.topic))
    return sorted((row.person_id, row.topic) for row in rows)
