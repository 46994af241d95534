"""A rule of the database that is broken is named in the log, without the values of any row."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.core.db import broken_rule
from tests.factories import make_organisation, make_person, make_unit

TYPED = "kari.typed@kommune.example"


def broken(session: Session) -> str:
    with pytest.raises(IntegrityError) as caught:
        session.flush()
    told = broken_rule(caught.value)
    assert "typed" not in told.replace("IntegrityError", "")
    return told


def test_two_alike(session: Session) -> None:
    make_person(session, email=TYPED)
    session.add(Person(name="Kari", email=TYPED))
    told = broken(session)
    assert "uq_person_email" in told or "person.email" in told


def test_a_check(session: Session) -> None:
    session.add(Unit(organisation=make_organisation(session), name="typed", area="school",
                     capacity=-1, contact_name="typed", contact_email=TYPED))  # fmt: skip
    assert "ck_unit_capacity_not_negative" in broken(session)


def test_what_is_missing_and_what_leads_nowhere(session: Session) -> None:
    unit = make_unit(session, name="typed")
    with pytest.raises(IntegrityError) as caught:
        session.execute(update(Organisation).values(name=None))
    assert "name" in broken_rule(caught.value)
    assert "organisation" in broken_rule(caught.value)
    session.rollback()
    assert unit.id
