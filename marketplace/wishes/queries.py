"""Reading wishes: they are for the people of the municipality."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.db import one_or_404
from marketplace.core.paging import Page, paginate
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, RaisedBy
from marketplace.wishes.models import UnitNo, Wish, WishAddressee
from marketplace.wishes.policies import COUNTERS, READERS
from marketplace.wishes.states import Voice, WishState

SHOWN_ON_PAGE = 5


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return Wish.organisation_id.in_(sorted(actor.organisation_ids(*READERS)))


def _whole() -> Select[Wish]:
    return select(Wish).options(
        joinedload(Wish.organisation),
        joinedload(Wish.author),
        joinedload(Wish.unit),
        joinedload(Wish.need).joinedload(Need.unit).joinedload(Unit.organisation),
        selectinload(Wish.addressees).joinedload(WishAddressee.unit),
        selectinload(Wish.noes).joinedload(UnitNo.unit),
        selectinload(Wish.noes).joinedload(UnitNo.person),
    )


def get_wish(session: Session, actor: Actor, wish_id: int) -> Wish:
    statement = _whole().where(Wish.id == wish_id, visible_to(actor))
    return one_or_404(session, statement)


def list_wishes(session: Session, actor: Actor, page: int) -> Page[Wish]:
    """The open ones first, and of these the newest."""
    over = case((Wish.state == WishState.OPEN, 0), else_=1)
    order = (over, Wish.raised_at.desc(), Wish.id.desc())
    return paginate(session, _whole().where(visible_to(actor)).order_by(*order), page)


def list_unanswered(session: Session, actor: Actor) -> Sequence[Wish]:
    """Open wishes that the actor's units have not said no to; those addressed to them first."""
    units = sorted(actor.unit_ids(*UNIT_ROLES))
    homes = sorted(actor.organisation_ids(*UNIT_ROLES))
    refused = select(UnitNo.wish_id).where(UnitNo.unit_id.in_(units))
    meant = select(WishAddressee.wish_id).where(WishAddressee.unit_id.in_(units))
    order = (case((Wish.id.in_(meant), 0), else_=1), Wish.raised_at.desc(), Wish.id.desc())
    statement = _whole().where(
        Wish.state == WishState.OPEN,
        Wish.organisation_id.in_(homes),
        Wish.id.not_in(refused),
    )
    return session.scalars(statement.order_by(*order).limit(SHOWN_ON_PAGE)).all()


def find_wish_of_need(session: Session, actor: Actor, need_id: int) -> Wish | None:
    return session.scalars(_whole().where(Wish.need_id == need_id, visible_to(actor))).one_or_none()


def wish_behind(session: Session, need: Need) -> Wish | None:
    return session.scalars(select(Wish).where(Wish.need_id == need.id)).one_or_none()


# ---------------------------------------------------------------- places to choose from


def list_led_municipalities(session: Session, actor: Actor) -> Sequence[Organisation]:
    return accounts.list_own_organisations(session, actor, Role.LEADERSHIP)


def list_units(session: Session, organisation_id: int) -> Sequence[Unit]:
    statement = select(Unit).where(Unit.organisation_id == organisation_id)
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


def list_answering_units(
    session: Session, actor: Actor, wish: Wish, roles: Collection[Role] = UNIT_ROLES
) -> Sequence[Unit]:
    """The actor's units in the wish's municipality, for which they may answer."""
    own = Unit.id.in_(sorted(actor.unit_ids(*roles)))
    here = Unit.organisation_id == wish.organisation_id
    return session.scalars(select(Unit).where(own, here).order_by(Unit.name, Unit.id)).all()


# ---------------------------------------------------------------- who is told


def leaders_of(session: Session, units: Collection[int]) -> set[int]:
    leads = (Membership.role == Role.UNIT_LEADER, Membership.unit_id.in_(sorted(units)))
    return _active(session, *leads)


def leaders_around(session: Session, wish: Wish) -> set[int]:
    """The leaders of the municipality's units, in the wish's area where it names one."""
    units = select(Unit.id).where(Unit.organisation_id == wish.organisation_id)
    if wish.area is not None:
        units = units.where(Unit.area == wish.area)
    return _active(session, Membership.role == Role.UNIT_LEADER, Membership.unit_id.in_(units))


def leadership_of(session: Session, organisation_id: int) -> set[int]:
    role = Membership.role == Role.LEADERSHIP
    return _active(session, role, Membership.organisation_id == organisation_id)


def raisers(session: Session, need: Need) -> set[int]:
    """Whoever wished for it follows the need that came of it."""
    wished = select(Wish.author_id).where(Wish.need_id == need.id)
    return set(session.scalars(select(Person.id).where(Person.active, Person.id.in_(wished))))


def _active(session: Session, *conditions: ColumnElement[bool]) -> set[int]:
    statement = select(Person.id).join(Person.memberships).where(Person.active, *conditions)
    return set(session.scalars(statement))


# ---------------------------------------------------------------- whose voice the needs are

VOICES = {
    RaisedBy.LEADERSHIP: Voice.LEADERSHIP,
    RaisedBy.LEADER: Voice.UNITS,
    RaisedBy.EMPLOYEE: Voice.UNITS,
    RaisedBy.USER: Voice.USERS,
    RaisedBy.RELATIVE: Voice.USERS,
    RaisedBy.OTHER: Voice.OTHERS,
}


@dataclass(frozen=True, slots=True)
class RaisedByCounts:
    """How many published needs were first raised by whom."""

    counts: dict[RaisedBy, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    def share(self, count: int) -> float:
        return count / self.total if self.total else 0.0

    def of_voice(self, voice: Voice) -> int:
        return sum(count for by, count in self.counts.items() if VOICES[by] is voice)


def count_raised_by(session: Session, actor: Actor) -> RaisedByCounts:
    """Counts all that has been published in the municipalities the actor leads or coordinates."""
    homes = sorted(actor.organisation_ids(*COUNTERS))
    statement = (
        select(Need.raised_by, func.count(Need.id))
        .join(Need.unit)
        .where(Need.state.in_(PUBLIC), Need.raised_by.is_not(None), Unit.organisation_id.in_(homes))
        .group_by(Need.raised_by)
    )
    found = {by: count for by, count in session.execute(statement) if by is not None}
    return RaisedByCounts({by: found.get(by, 0) for by in RaisedBy})
