"""The lists of the administration pages: organisations, people, and where a role may be held."""

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.accounts.states import OrganisationKind, OrganisationState
from marketplace.core.actor import Role
from marketplace.core.paging import Page, paginate


def list_organisations(
    session: Session,
    *,
    words: str = "",
    kind: OrganisationKind | None = None,
    state: OrganisationState | None = None,
    page: int = 1,
) -> Page[Organisation]:
    """Those that wait for an answer first, the oldest of them first; then by name."""
    waiting = Organisation.state == OrganisationState.PENDING
    statement = select(Organisation).order_by(
        waiting.desc(),
        case((waiting, Organisation.created_at)),
        func.lower(Organisation.name),
        Organisation.id,
    )
    if kind is not None:
        statement = statement.where(Organisation.kind == kind)
    if state is not None:
        statement = statement.where(Organisation.state == state)
    for word in words.split():
        number = Organisation.organisation_number.contains(word, autoescape=True)
        name = Organisation.name.icontains(word, autoescape=True)
        statement = statement.where(or_(name, number))
    return paginate(session, statement, page)


def list_people(
    session: Session, *, words: str = "", role: Role | None = None, page: int = 1
) -> Page[Person]:
    statement = _people_with_places().order_by(func.lower(Person.name), Person.id)
    if role is not None:
        statement = statement.where(Person.memberships.any(Membership.role == role))
    for word in words.split():
        name = Person.name.icontains(word, autoescape=True)
        statement = statement.where(or_(name, Person.email.icontains(word, autoescape=True)))
    return paginate(session, statement, page)


def list_demo_people(session: Session) -> list[Person]:
    statement = _people_with_places().where(Person.demo_order.is_not(None), Person.active)
    return list(session.scalars(statement.order_by(Person.demo_order, Person.id)))


def _people_with_places() -> Select[Person]:
    memberships = selectinload(Person.memberships)
    return select(Person).options(
        memberships.joinedload(Membership.organisation), memberships.joinedload(Membership.unit)
    )


def list_places(session: Session) -> list[Organisation]:
    """Every approved organisation with its units: where somebody may be given a role."""
    statement = (
        select(Organisation)
        .options(selectinload(Organisation.units))
        .where(Organisation.state == OrganisationState.APPROVED)
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return list(session.scalars(statement))


def list_memberships(session: Session, person_id: int) -> list[Membership]:
    statement = (
        select(Membership)
        .options(joinedload(Membership.organisation), joinedload(Membership.unit))
        .where(Membership.person_id == person_id)
        .order_by(Membership.id)
    )
    return list(session.scalars(statement))


def list_units(session: Session, organisation_id: int) -> list[Unit]:
    statement = select(Unit).where(Unit.organisation_id == organisation_id)
    return list(session.scalars(statement.order_by(func.lower(Unit.name), Unit.id)))
