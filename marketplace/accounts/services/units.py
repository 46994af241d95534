"""Units: created by administrators, kept up to date by their own leaders as well."""

from dataclasses import asdict, dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts import policies
from marketplace.accounts.identifiers import read_email
from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.states import (
    AccountEvent,
    AccountRefusal,
    OrganisationKind,
    ServiceArea,
)
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.reactions import run_reactions


@dataclass(frozen=True, slots=True)
class Readiness:
    """What a unit is ready for: how many pilots at once, whom to call, and what it brings."""

    capacity: int
    contact_name: str
    contact_email: str
    contact_phone: str | None = None
    test_experience: str | None = None
    time_for_pilots: str | None = None
    data_and_systems: str | None = None
    readiness_notes: str | None = None


def create_unit(
    session: Session,
    actor: Actor,
    *,
    organisation: Organisation,
    name: str,
    area: ServiceArea,
    readiness: Readiness,
) -> Unit:
    _administrators_only(actor)
    if organisation.kind is not OrganisationKind.MUNICIPALITY:
        raise NotNow(AccountRefusal.ONLY_MUNICIPALITIES_HAVE_UNITS)
    _refuse_taken_name(session, organisation.id, name)
    unit = Unit(organisation=organisation, name=name, area=area, **_values(readiness))
    session.add(unit)
    record(session, actor, AccountEvent.UNIT_CREATED, unit)
    return unit


def change_unit(
    session: Session,
    actor: Actor,
    *,
    unit: Unit,
    version: int,
    name: str,
    area: ServiceArea,
    readiness: Readiness,
) -> None:
    unit.expect_version(version)
    _administrators_only(actor)
    renamed = name != unit.name
    if renamed:
        _refuse_taken_name(session, unit.organisation_id, name)
    unit.name, unit.area = name, area
    _fill(unit, readiness)
    record(session, actor, AccountEvent.UNIT_CHANGED, unit)
    if renamed:
        run_reactions(session, actor, AccountEvent.UNIT_CHANGED, unit)


def change_readiness(
    session: Session, actor: Actor, *, unit: Unit, version: int, readiness: Readiness
) -> None:
    unit.expect_version(version)
    if not policies.can_edit_readiness(actor, unit):
        raise NotAllowed(AccountRefusal.UNIT_LEADER_OR_ADMINISTRATOR)
    _fill(unit, readiness)
    record(session, actor, AccountEvent.UNIT_CHANGED, unit)


def _administrators_only(actor: Actor) -> None:
    if not policies.can_administer(actor):
        raise NotAllowed(AccountRefusal.ADMINISTRATORS_ONLY)


def _refuse_taken_name(session: Session, organisation_id: int, name: str) -> None:
    taken = select(Unit.id).where(Unit.organisation_id == organisation_id, Unit.name == name)
    if session.scalar(taken) is not None:
        raise InvalidField("name", AccountRefusal.UNIT_NAME_TAKEN)


def _fill(unit: Unit, readiness: Readiness) -> None:
    for name, value in _values(readiness).items():
        setattr(unit, name, value)


def _values(readiness: Readiness) -> dict[str, object]:
    email = read_email(readiness.contact_email, "contact_email")
    return {**asdict(readiness), "contact_email": email}
