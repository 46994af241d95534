"""Reading which units are in a need, and which needs a unit could join."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Membership, Person, Unit
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.errors import NotFound
from marketplace.core.paging import Page, paginate
from marketplace.needs.joining import policies
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.queries import visible_to
from marketplace.needs.states import JOINABLE


def _in_need() -> Select[NeedParticipation]:
    """For those who have the need."""
    return select(NeedParticipation).options(
        joinedload(NeedParticipation.unit), joinedload(NeedParticipation.contact)
    )


def _whole() -> Select[NeedParticipation]:
    need = joinedload(NeedParticipation.need).joinedload(Need.unit).joinedload(Unit.organisation)
    return _in_need().options(need)


def get_participation(session: Session, actor: Actor, participation_id: int) -> NeedParticipation:
    statement = (
        _whole()
        .join(NeedParticipation.need)
        .where(NeedParticipation.id == participation_id, visible_to(actor))
    )
    found = session.scalars(statement).one_or_none()
    if found is None or not policies.can_see(actor, found):
        raise NotFound
    return found


def list_participations(session: Session, actor: Actor, need: Need) -> list[NeedParticipation]:
    """The units that are in the need, or have asked to be as far as the actor may know."""
    statement = _in_need().where(
        NeedParticipation.need_id == need.id, NeedParticipation.state.in_(policies.STANDING)
    )
    rows = session.scalars(statement.order_by(NeedParticipation.id))
    return [row for row in rows if policies.can_see(actor, row)]


def find_standing(session: Session, need_id: int, unit_id: int) -> NeedParticipation | None:
    statement = _whole().where(
        NeedParticipation.need_id == need_id,
        NeedParticipation.unit_id == unit_id,
        NeedParticipation.state.in_(policies.STANDING),
    )
    return session.scalars(statement).one_or_none()


def list_units_to_join_with(session: Session, actor: Actor, need: Need) -> Sequence[Unit]:
    """The actor's units in the need's municipality that are not in it yet."""
    inside = select(NeedParticipation.unit_id).where(
        NeedParticipation.need_id == need.id, NeedParticipation.state.in_(policies.STANDING)
    )
    statement = select(Unit).where(
        Unit.id.in_(sorted(actor.unit_ids(*UNIT_ROLES))),
        Unit.organisation_id == need.unit.organisation_id,
        Unit.id != need.unit_id,
        Unit.id.not_in(inside),
    )
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


def list_joinable(session: Session, actor: Actor, page: int) -> Page[Need]:
    """Needs of other units in the actor's municipalities, what was sent last first."""
    homes = sorted(actor.organisation_ids(*UNIT_ROLES))
    own = sorted(actor.unit_ids(*UNIT_ROLES))
    statement = (
        select(Need)
        .join(Need.unit)
        .options(joinedload(Need.unit).joinedload(Unit.organisation))
        .where(Need.state.in_(JOINABLE), Unit.organisation_id.in_(homes), Need.unit_id.not_in(own))
    )
    newest = (Need.updated_at.desc(), Need.id.desc())
    return paginate(session, statement.order_by(*newest), page)


def joined_need_ids(session: Session, unit_id: int, need_ids: Collection[int]) -> set[int]:
    """Those of the needs that the unit is in already, or has asked to be."""
    statement = select(NeedParticipation.need_id).where(
        NeedParticipation.unit_id == unit_id,
        NeedParticipation.need_id.in_(sorted(need_ids)),
        NeedParticipation.state.in_(policies.STANDING),
    )
    return set(session.scalars(statement))


# ---------------------------------------------------------------- people


def list_contacts(session: Session, unit_ids: Collection[int]) -> Sequence[Person]:
    """Who may be the contact at the site: the people of the units one may join with."""
    members = select(Membership.person_id).where(Membership.unit_id.in_(sorted(unit_ids)))
    statement = select(Person).where(Person.active, Person.id.in_(members))
    return session.scalars(statement.order_by(Person.name, Person.id)).all()


def works_in(session: Session, person_id: int, unit_id: int) -> bool:
    return any(person.id == person_id for person in list_contacts(session, [unit_id]))


def leaders_of(session: Session, unit_id: int) -> set[int]:
    statement = (
        select(Person.id)
        .join(Person.memberships)
        .where(Person.active, Membership.unit_id == unit_id, Membership.role == Role.UNIT_LEADER)
    )
    return set(session.scalars(statement))
