"""The audit trail: what changed, whoever flushed it, and nothing is ever taken back."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.states import AccountEvent, ServiceArea
from marketplace.core.actor import SYSTEM
from marketplace.core.audit import record
from tests.factories import make_organisation, make_unit


@pytest.fixture
def unit(session: Session) -> Unit:
    unit = make_unit(session, capacity=1, contact_phone="10 00 01 01")
    record(session, SYSTEM, AccountEvent.UNIT_CREATED, unit)
    return unit


def test_a_change_is_told_with_before_and_after(session: Session, unit: Unit) -> None:
    unit.capacity, unit.contact_phone = 3, None
    event = record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit, reason="Flere folk")
    assert event.before == {"capacity": 1, "contact_phone": "10 00 01 01"}
    assert event.after == {"capacity": 3}
    assert event.reason == "Flere folk"


def test_a_change_that_a_query_has_flushed_is_still_told(session: Session, unit: Unit) -> None:
    unit.capacity = 2
    session.scalars(select(Unit)).all()
    unit.capacity = 3
    event = record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit)
    assert (event.before, event.after) == ({"capacity": 1}, {"capacity": 3})


def test_each_event_tells_only_its_own_change(session: Session, unit: Unit) -> None:
    unit.capacity = 2
    record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit)
    unit.name = "Nytt navn"
    assert record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit).after == {"name": "Nytt navn"}


def test_a_new_row_tells_what_it_points_to(session: Session) -> None:
    organisation = make_organisation(session)
    unit = Unit(
        organisation=organisation,
        name="Ny enhet",
        area=ServiceArea.SCHOOL,
        contact_name="Kari Kontakt",
        contact_email="enhet@kommune.example",
    )
    session.add(unit)
    event = record(session, SYSTEM, AccountEvent.UNIT_CREATED, unit)
    assert event.after["organisation_id"] == organisation.id


def test_what_was_rolled_back_is_not_told(session: Session, unit: Unit) -> None:
    with session.begin_nested() as savepoint:
        unit.capacity = 9
        session.flush()
        savepoint.rollback()
    session.refresh(unit)
    unit.name = "Nytt navn"
    event = record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit)
    assert set(event.before) == {"name"}
    assert event.after == {"name": "Nytt navn"}


@pytest.mark.parametrize("change", ["edit", "delete"])
def test_an_event_is_never_changed_or_removed(session: Session, unit: Unit, change: str) -> None:
    event = record(session, SYSTEM, AccountEvent.UNIT_CHANGED, unit)
    if change == "edit":
        event.reason = "noe annet"
    else:
        session.delete(event)
    with pytest.raises(RuntimeError, match="cannot be changed"):
        session.flush()
