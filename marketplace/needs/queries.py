"""Reading needs: always only those that the actor may see."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.accounts.states import OrganisationKind, ServiceArea
from marketplace.core.actor import ANONYMOUS, UNIT_ROLES, Actor, Role
from marketplace.core.audit import PastEvent, events_of, joined
from marketplace.core.clock import today
from marketplace.core.db import among, one_or_404
from marketplace.core.paging import Page, SameForAll, paginate
from marketplace.core.revision import Collection
from marketplace.core.search import search_ids
from marketplace.core.target_groups import Group, is_for
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.policies import REVIEW_READERS, can_see_inside
from marketplace.needs.states import (
    PUBLIC,
    REVIEWED,
    BudgetStatus,
    NeedEvent,
    NeedState,
    ParticipationState,
)

# ---------------------------------------------------------------- who sees what


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """What `policies.can_see` says of one row, as a condition for many."""
    conditions: list[ColumnElement[bool]] = [Need.state.in_(PUBLIC)]
    own_units = actor.unit_ids(*UNIT_ROLES)
    if own_units:
        conditions.append(Need.unit_id.in_(sorted(own_units)))
        beside = _in_organisations(actor.organisation_ids(*UNIT_ROLES))
        conditions.append(and_(Need.state == NeedState.IN_REVIEW, beside))
        conditions.append(and_(Need.state.in_(REVIEWED), Need.id.in_(joined_by(own_units))))
    municipalities = actor.organisation_ids(*REVIEW_READERS)
    if municipalities:
        conditions.append(and_(Need.state.in_(REVIEWED), _in_organisations(municipalities)))
    return or_(*conditions)


def _in_organisations(organisation_ids: Iterable[int]) -> ColumnElement[bool]:
    units = select(Unit.id).where(Unit.organisation_id.in_(sorted(organisation_ids)))
    return Need.unit_id.in_(units)


def joined_by(unit_ids: Iterable[int]) -> Select[int]:
    """The ids of the needs that the units have joined and stand behind."""
    return select(NeedParticipation.need_id).where(
        NeedParticipation.unit_id.in_(sorted(unit_ids)),
        NeedParticipation.state == ParticipationState.ENDORSED,
    )


def has_visible_need(session: Session, actor: Actor, unit: Unit) -> bool:
    """Whether the unit stands behind a need, its own or a pooled one, that the actor may see."""
    behind = or_(Need.unit_id == unit.id, Need.id.in_(joined_by([unit.id])))
    statement = select(Need.id).where(behind, visible_to(actor)).limit(1)
    return session.scalar(statement) is not None


def _with_unit() -> Select[Need]:
    return select(Need).options(joinedload(Need.unit).joinedload(Unit.organisation))


def get_need(session: Session, actor: Actor, need_id: int) -> Need:
    statement = (
        _with_unit()
        .options(
            joinedload(Need.author),
            joinedload(Need.contact),
            joinedload(Need.decision_maker),
            joinedload(Need.endorsed_by),
            joinedload(Need.sent_back_by),
            selectinload(Need.addenda),
        )
        .where(Need.id == need_id, visible_to(actor))
    )
    return one_or_404(session, statement)


# ---------------------------------------------------------------- lists


class NeedSort(StrEnum):
    RELEVANCE = "relevance"
    NEWEST = "newest"
    DEADLINE = "deadline"


@dataclass(frozen=True, slots=True)
class NeedFilter:
    """What somebody looks for in the list of all needs."""

    words: str = ""
    state: NeedState = NeedState.PUBLISHED
    area: ServiceArea | None = None
    budget_status: BudgetStatus | None = None
    age: int | None = None
    group: Group | None = None
    municipality_id: int | None = None
    sort: NeedSort | None = None

    @property
    def order(self) -> NeedSort:
        """Relevance means something only where there are words to be relevant to."""
        if self.words:
            return self.sort or NeedSort.RELEVANCE
        return NeedSort.DEADLINE if self.sort is NeedSort.DEADLINE else NeedSort.NEWEST


def list_needs(session: Session, wanted: NeedFilter, page: int) -> Page[Need]:
    """Published or closed needs, of all municipalities: the same for everybody."""
    if wanted.state not in PUBLIC:
        wanted = replace(wanted, state=NeedState.PUBLISHED)
    conditions = [visible_to(ANONYMOUS), *_conditions(wanted)]
    found: Sequence[int] = ()
    if wanted.words:
        fitting = select(Need.id).where(*conditions)
        found = search_ids(
            session, Collection.NEEDS, wanted.words, lambda: session.scalars(fitting).all()
        )
        conditions.append(among(Need.id, found))
    statement = _with_unit().where(*conditions)
    ranked = found if wanted.order is NeedSort.RELEVANCE else ()
    narrowed = replace(wanted, sort=None) != NeedFilter(state=wanted.state)
    same = None if narrowed else SameForAll(Collection.NEEDS, wanted.state)
    ordered = statement.order_by(*_order(wanted))
    return paginate(session, ordered, page, ranked=ranked, same_for_all=same)


def _conditions(wanted: NeedFilter) -> list[ColumnElement[bool]]:
    """All but for the words."""
    conditions: list[ColumnElement[bool]] = [Need.state == wanted.state]
    if wanted.area:
        conditions.append(Need.unit_id.in_(select(Unit.id).where(Unit.area == wanted.area)))
    if wanted.budget_status:
        conditions.append(Need.budget_status == wanted.budget_status)
    conditions += is_for(Need, wanted.age, wanted.group)
    if wanted.municipality_id:
        conditions.append(_in_organisations([wanted.municipality_id]))
    return conditions


def _order(wanted: NeedFilter) -> tuple[ColumnElement[Any], ...]:
    if wanted.order is NeedSort.DEADLINE:
        over = case((Need.interests_close_on >= today(), 0), else_=1)
        return over, Need.interests_close_on.asc(), Need.id.desc()
    return Need.published_at.desc(), Need.id.desc()


def list_own_needs(session: Session, actor: Actor, page: int) -> Page[Need]:
    """All needs of the actor's units, what changed last first."""
    own = Need.unit_id.in_(sorted(actor.unit_ids(*UNIT_ROLES)))
    newest = (Need.updated_at.desc(), Need.id.desc())
    return paginate(session, _with_unit().where(own).order_by(*newest), page)


def list_waiting_for_review(session: Session, actor: Actor, page: int) -> Page[Need]:
    """What the coordinators of the actor's municipalities are to decide, oldest first."""
    reviewed = actor.organisation_ids(Role.COORDINATOR)
    waiting = and_(Need.state == NeedState.IN_REVIEW, _in_organisations(reviewed))
    statement = _with_unit().options(joinedload(Need.author)).where(waiting)
    return paginate(session, statement.order_by(Need.submitted_at, Need.id), page)


def list_own_units(session: Session, actor: Actor) -> Sequence[Unit]:
    own = Unit.id.in_(sorted(actor.unit_ids(*UNIT_ROLES)))
    statement = select(Unit).where(own).options(joinedload(Unit.organisation))
    return session.scalars(statement.order_by(Unit.name, Unit.id)).all()


def list_municipalities(session: Session) -> Sequence[Organisation]:
    return accounts.list_approved_organisations(session, OrganisationKind.MUNICIPALITY)


def municipalities_of(session: Session, need_ids: Sequence[int]) -> set[int]:
    """Whose needs these are."""
    statement = select(Unit.organisation_id).join(Need, Need.unit_id == Unit.id)
    return set(session.scalars(statement.where(Need.id.in_(need_ids))))


# ---------------------------------------------------------------- what has happened

PUBLIC_EVENTS = (NeedEvent.PUBLISHED, NeedEvent.ADDENDUM_ADDED, NeedEvent.CLOSED)


def list_events(session: Session, actor: Actor, need: Need) -> list[PastEvent]:
    """The need's story, newest first: whole for those inside, without names for all others."""
    if can_see_inside(actor, need):
        return joined(events_of(session, [need]), NeedEvent.CHANGED)
    return [replace(past, who="") for past in events_of(session, [need], only=PUBLIC_EVENTS)]


# ---------------------------------------------------------------- people to choose from


def list_contacts(session: Session, unit: Unit) -> Sequence[Person]:
    """Who may be the contact of a need: the people of the unit."""
    return _people(session, Membership.unit_id == unit.id)


def list_decision_makers(session: Session, unit: Unit) -> Sequence[Person]:
    """Who may decide what happens after a test: the municipality's leaders."""
    leads = Membership.role.in_([Role.UNIT_LEADER, Role.LEADERSHIP])
    return _people(session, and_(Membership.organisation_id == unit.organisation_id, leads))


def _people(session: Session, condition: ColumnElement[bool]) -> Sequence[Person]:
    holders = select(Membership.person_id).where(condition)
    statement = select(Person).where(Person.active, Person.id.in_(holders))
    return session.scalars(statement.order_by(Person.name, Person.id)).all()


def belongs_to_municipality(session: Session, person_id: int, organisation_id: int) -> bool:
    here = and_(Membership.person_id == person_id, Membership.organisation_id == organisation_id)
    return session.scalar(select(Membership.id).where(here).limit(1)) is not None


# ---------------------------------------------------------------- the text that is compared


def text_of(need: Need) -> str:
    """What the need asks for; its title goes beside it, with a weight of its own.

    In it is what a concept must answer: the problem, for whom, the wanted effect, and what the
    unit has added since. Left out is what a concept should not be measured by: what was tried
    (its words describe what did not work), how the effect is measured and what the unit gives
    (forms, hours and contacts, alike in all needs), money, route and dates.
    """
    asked = (need.problem, need.target_group, need.wanted_effect)
    return "\n".join(part for part in (*asked, *(a.text for a in need.addenda)) if part)
