"""What the best set of pairings is made from: needs, what is free, and what is decided."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation, Unit
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor, Role
from marketplace.core.db import Identified, one_or_404
from marketplace.core.engine import asked_once
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import NeedState, ParticipationState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import OPEN
from marketplace.portfolios.models import CapacityLimit, PairWish, PortfolioPlan
from marketplace.portfolios.states import WishKind

Pair = tuple[int, int]

# ---------------------------------------------------------------- whose portfolio


def list_municipalities(session: Session, actor: Actor) -> Sequence[Organisation]:
    return accounts.list_own_organisations(session, actor, Role.COORDINATOR)


def get_municipality(session: Session, actor: Actor, wanted_id: int | None) -> Organisation:
    return accounts.get_own_organisation(session, actor, wanted_id, Role.COORDINATOR)


def get_unit(session: Session, actor: Actor, unit_id: int) -> Unit:
    statement = select(Unit).where(
        Unit.id == unit_id,
        Unit.organisation_id.in_(sorted(actor.organisation_ids(Role.COORDINATOR))),
    )
    return one_or_404(session, statement.options(joinedload(Unit.organisation)))


# ---------------------------------------------------------------- what is decided


def find_plan(session: Session, municipality_id: int) -> PortfolioPlan | None:
    statement = select(PortfolioPlan).where(PortfolioPlan.municipality_id == municipality_id)
    return session.scalar(statement)


def _limits_of(municipality_id: int) -> Select[CapacityLimit]:
    return (
        select(CapacityLimit)
        .where(CapacityLimit.municipality_id == municipality_id)
        .options(
            joinedload(CapacityLimit.unit),
            joinedload(CapacityLimit.concept).joinedload(Concept.organisation),
            joinedload(CapacityLimit.set_by),
        )
        .order_by(CapacityLimit.set_at.desc(), CapacityLimit.id.desc())
    )


def list_limits(session: Session, municipality_id: int) -> Sequence[CapacityLimit]:
    """Those that stand, the newest first."""
    statement = _limits_of(municipality_id).where(CapacityLimit.undone_at.is_(None))
    return session.scalars(statement).all()


def get_limit(session: Session, actor: Actor, limit_id: int) -> CapacityLimit:
    theirs = CapacityLimit.municipality_id.in_(sorted(actor.organisation_ids(Role.COORDINATOR)))
    return one_or_404(session, select(CapacityLimit).where(CapacityLimit.id == limit_id, theirs))


def _wishes_of(municipality_ids: Collection[int]) -> Select[PairWish]:
    return (
        select(PairWish)
        .join(PairWish.need)
        .join(Need.unit)
        .where(Unit.organisation_id.in_(municipality_ids))
        .options(
            joinedload(PairWish.need).joinedload(Need.unit),
            joinedload(PairWish.concept).joinedload(Concept.organisation),
            joinedload(PairWish.made_by),
        )
    )


def list_wishes(session: Session, municipality_id: int) -> Sequence[PairWish]:
    """Those that stand, the newest first."""
    statement = _wishes_of([municipality_id]).where(PairWish.undone_at.is_(None))
    newest = (PairWish.made_at.desc(), PairWish.id.desc())
    return session.scalars(statement.order_by(*newest)).all()


def get_wish(session: Session, actor: Actor, wish_id: int) -> PairWish:
    theirs = sorted(actor.organisation_ids(Role.COORDINATOR))
    return one_or_404(session, _wishes_of(theirs).where(PairWish.id == wish_id))


def list_all_decided(session: Session, municipality_id: int) -> Sequence[Identified]:
    """The plan, limits and pairs, also what was undone."""
    plan = find_plan(session, municipality_id)
    return [
        *([plan] if plan else []),
        *session.scalars(_limits_of(municipality_id)),
        *session.scalars(_wishes_of([municipality_id])),
    ]


@asked_once
def standing_wishes(session: Session, need_id: int) -> Mapping[int, WishKind]:
    """What is decided of the need's pairs, by the concept."""
    statement = select(PairWish.concept_id, PairWish.kind).where(
        PairWish.need_id == need_id, PairWish.undone_at.is_(None)
    )
    return {row.concept_id: row.kind for row in session.execute(statement)}


# ---------------------------------------------------------------- what there is to choose among


def list_published_needs(session: Session, municipality_id: int) -> Sequence[Need]:
    statement = (
        select(Need)
        .join(Need.unit)
        .where(Unit.organisation_id == municipality_id, Need.state == NeedState.PUBLISHED)
        .options(joinedload(Need.unit), selectinload(Need.addenda))
        .order_by(Unit.name, Need.title, Need.id)
    )
    return session.scalars(statement).all()


def count_published_concepts(session: Session) -> int:
    statement = select(func.count(Concept.id)).where(Concept.state == ConceptState.PUBLISHED)
    return session.scalar(statement) or 0


def list_concepts(session: Session, concept_ids: Collection[int]) -> Mapping[int, Concept]:
    statement = (
        select(Concept).where(Concept.id.in_(concept_ids)).options(joinedload(Concept.organisation))
    )
    return {concept.id: concept for concept in session.scalars(statement)}


def list_open_pairs(session: Session, municipality_id: int) -> frozenset[Pair]:
    """Pairings that are proposed or approved: they need no proposal."""
    statement = (
        select(Pairing.need_id, Pairing.concept_id)
        .join(Pairing.need)
        .join(Need.unit)
        .where(Unit.organisation_id == municipality_id, Pairing.state.in_(OPEN))
    )
    return frozenset((need_id, concept_id) for need_id, concept_id in session.execute(statement))


# ---------------------------------------------------------------- what is free


@dataclass(frozen=True, slots=True)
class Free:
    """The capacity of a unit or a concept, and how much of it open pairings have taken."""

    capacity: int
    taken: int

    @property
    def room(self) -> int:
        return max(0, self.capacity - self.taken)


def takes_room() -> ColumnElement[bool]:
    """A proposal keeps its place too, so that what is proposed does not change the rest."""
    return and_(Pairing.state.in_(OPEN), Pairing.test_ended_at.is_(None))


def units_free(session: Session, municipality_id: int) -> Mapping[Unit, Free]:
    """Each unit of the municipality, by name; a test of a need it has joined takes room too."""
    theirs = select(Unit.id).where(Unit.organisation_id == municipality_id)
    own = select(Need.unit_id).join(Pairing.need).where(takes_room(), Need.unit_id.in_(theirs))
    joined = (
        select(NeedParticipation.unit_id)
        .join(Pairing, Pairing.need_id == NeedParticipation.need_id)
        .where(
            takes_room(),
            NeedParticipation.state == ParticipationState.ENDORSED,
            NeedParticipation.unit_id.in_(theirs),
        )
    )
    taken = Counter([*session.scalars(own), *session.scalars(joined)])
    units = select(Unit).where(Unit.organisation_id == municipality_id)
    found = session.scalars(units.order_by(Unit.name, Unit.id))
    return {unit: Free(unit.capacity, taken[unit.id]) for unit in found}


def concepts_free(session: Session, concept_ids: Collection[int]) -> Mapping[int, Free]:
    """Of those that are published; a concept without a stated capacity takes no test."""
    counted = (
        select(Pairing.concept_id, func.count(Pairing.id))
        .where(takes_room(), Pairing.concept_id.in_(concept_ids))
        .group_by(Pairing.concept_id)
    )
    taken = {row[0]: row[1] for row in session.execute(counted)}
    statement = select(Concept.id, Concept.capacity).where(
        Concept.id.in_(concept_ids), Concept.state == ConceptState.PUBLISHED
    )
    return {
        concept_id: Free(capacity or 0, taken.get(concept_id, 0))
        for concept_id, capacity in session.execute(statement)
    }


def joined_units(session: Session, need_ids: Collection[int]) -> Mapping[int, Sequence[int]]:
    """The units that test each need beside the one that owns it."""
    statement = select(NeedParticipation.need_id, NeedParticipation.unit_id).where(
        NeedParticipation.need_id.in_(need_ids),
        NeedParticipation.state == ParticipationState.ENDORSED,
    )
    found: dict[int, list[int]] = {}
    for need_id, unit_id in session.execute(statement.order_by(NeedParticipation.id)):
        found.setdefault(need_id, []).append(unit_id)
    return found
