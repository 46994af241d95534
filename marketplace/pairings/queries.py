"""Reading pairings: always only those that the actor may see."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, union
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.models import Membership, Person, Unit
from marketplace.concepts.models import Concept
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.db import among, one_or_404
from marketplace.core.engine import asked_once
from marketplace.core.paging import Page, paginate
from marketplace.core.revision import Collection
from marketplace.core.rules import in_sql, of
from marketplace.core.search import search_ids
from marketplace.core.sight import can_see
from marketplace.interests.models import Interest
from marketplace.needs.models import Need
from marketplace.needs.queries import joined_by
from marketplace.pairings import sights
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.policies import READERS, can_see_all_names
from marketplace.pairings.roles.role_map import is_held_by
from marketplace.pairings.states import OPEN, CaseRole, PairingState

# ---------------------------------------------------------------- who sees what


def _of_pairing(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Of the pairing's own need, unit and concept, whatever the statement around it is about."""
    return exists().where(*conditions).correlate(Pairing)


def of_units(unit_ids: frozenset[int]) -> ColumnElement[bool]:
    return _of_pairing(Need.id == Pairing.need_id, Need.unit_id.in_(sorted(unit_ids)))


def of_joined_units(unit_ids: frozenset[int]) -> ColumnElement[bool]:
    """Cases of needs that the units have joined: they test too, so they follow the case."""
    return Pairing.need_id.in_(joined_by(unit_ids))


def of_entrepreneurs(organisation_ids: frozenset[int]) -> ColumnElement[bool]:
    owned = Concept.organisation_id.in_(sorted(organisation_ids))
    return _of_pairing(Concept.id == Pairing.concept_id, owned)


def of_municipalities(organisation_ids: frozenset[int]) -> ColumnElement[bool]:
    within = Unit.organisation_id.in_(sorted(organisation_ids))
    return _of_pairing(Need.id == Pairing.need_id, Unit.id == Need.unit_id, within)


def with_role_of(actor: Actor) -> ColumnElement[bool]:
    """What `Reader.ROLE_HOLDERS` means of one case, as a condition for many."""
    mine = in_sql(is_held_by(actor.person_id, of(CaseRoleHolder)))
    held = select(CaseRoleHolder.pairing_id).where(mine)
    return and_(Pairing.id.in_(held), of_municipalities(actor.organisation_ids(*UNIT_ROLES)))


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The parties, those of the municipality who follow its cases, and who has a role in one.

    Said of each pairing by itself, and only for the roles that the actor has: a list of all needs
    of a municipality would be read for a page of its pairings.
    """
    conditions: list[ColumnElement[bool]] = []
    if units := actor.unit_ids(*UNIT_ROLES):
        conditions += [of_units(units), of_joined_units(units), with_role_of(actor)]
    if owned := actor.organisation_ids(Role.ENTREPRENEUR):
        conditions.append(of_entrepreneurs(owned))
    if followed := actor.organisation_ids(*READERS):
        conditions.append(of_municipalities(followed))
    return or_(false(), *conditions)


def concepts_in_sight(actor: Actor) -> ColumnElement[bool]:
    """Concepts that a case shows to this actor, also when they are no longer published."""
    return Concept.id.in_(select(Pairing.concept_id).where(visible_to(actor)))


def shown_people(session: Session, actor: Actor, pairing: Pairing) -> frozenset[int] | None:
    """Whose names this actor sees in the case; None means everybody's.

    An entrepreneur sees their own people, and of the municipality those in the role map and who
    stands in for them: all of them once the case is approved, before that the contact of the unit.
    """
    if can_see_all_names(actor, pairing):
        return None
    own = select(Membership.person_id).where(
        Membership.organisation_id == pairing.concept.organisation_id,
        Membership.role == Role.ENTREPRENEUR,
    )
    all_roles = can_see(actor, sights.PEOPLE, pairing, sights.around(pairing))
    known = [h for h in pairing.roles if all_roles or h.role is CaseRole.UNIT_CONTACT]
    named = {h.person_id for h in known} | {h.deputy_id for h in known if h.deputy_id}
    return frozenset(session.scalars(own)) | named


def names_of(session: Session, people: Iterable[int]) -> dict[int, str]:
    """The names of everybody; the caller shows those that its reader may see."""
    statement = select(Person.id, Person.name).where(Person.id.in_(sorted(people)))
    return {row.id: row.name for row in session.execute(statement)}


# ---------------------------------------------------------------- one, and many


def _with_concept() -> Select[Pairing]:
    return select(Pairing).options(joinedload(Pairing.concept).joinedload(Concept.organisation))


def with_case() -> Select[Pairing]:
    need = joinedload(Pairing.need).joinedload(Need.unit).joinedload(Unit.organisation)
    return _with_concept().options(need)


@asked_once
def get_pairing(session: Session, actor: Actor, pairing_id: int) -> Pairing:
    statement = (
        with_case()
        .options(
            joinedload(Pairing.interest),
            joinedload(Pairing.proposed_by),
            joinedload(Pairing.withdrawn_by),
            joinedload(Pairing.decided_by),
            joinedload(Pairing.unit_accepted_by),
            joinedload(Pairing.entrepreneur_accepted_by),
            selectinload(Pairing.roles).options(
                joinedload(CaseRoleHolder.person), joinedload(CaseRoleHolder.deputy)
            ),
            joinedload(Pairing.programme),
            selectinload(Pairing.conflicts).joinedload(ConflictDeclaration.person),
        )
        .where(Pairing.id == pairing_id, visible_to(actor))
    )
    return one_or_404(session, statement)


NEWEST = (Pairing.proposed_at.desc(), Pairing.id.desc())


def list_pairings(
    session: Session,
    actor: Actor,
    *,
    state: PairingState | None = None,
    words: str = "",
    page: int = 1,
) -> Page[Pairing]:
    """What was proposed last, first; `words` are looked for as in the lists of needs."""
    statement = with_case().where(visible_to(actor))
    if state is not None:
        statement = statement.where(Pairing.state == state)
    if words:
        statement = statement.join(Pairing.need).join(Pairing.concept).where(_about(session, words))
    return paginate(session, statement.order_by(*NEWEST), page)


def _about(session: Session, words: str) -> ColumnElement[bool]:
    """The matcher finds what is published; what is not any more is found by its title."""
    return or_(
        among(Pairing.need_id, search_ids(session, Collection.NEEDS, words)),
        among(Pairing.concept_id, search_ids(session, Collection.CONCEPTS, words)),
        Need.title.icontains(words, autoescape=True),
        Concept.title.icontains(words, autoescape=True),
    )


@asked_once
def list_pairings_of_need(session: Session, actor: Actor, need_id: int) -> Sequence[Pairing]:
    """What was proposed last, first; whoever asks has the need."""
    statement = _with_concept().where(Pairing.need_id == need_id, visible_to(actor))
    return session.scalars(statement.order_by(*NEWEST)).all()


def list_pairings_of_concept(session: Session, actor: Actor, concept_id: int) -> Sequence[Pairing]:
    statement = with_case().where(Pairing.concept_id == concept_id, visible_to(actor))
    return session.scalars(statement.order_by(*NEWEST)).all()


@asked_once
def latest_pairings(session: Session, actor: Actor) -> Mapping[tuple[int, int], Pairing]:
    """By need and concept, the one that was proposed last, also where it fell."""
    found = session.scalars(
        select(Pairing).where(visible_to(actor)).order_by(Pairing.proposed_at, Pairing.id)
    )
    return {(pairing.need_id, pairing.concept_id): pairing for pairing in found}


# ---------------------------------------------------------------- what the rules ask


def met_pairs(
    session: Session, *, need_id: int | None = None, concept_id: int | None = None
) -> set[tuple[int, int]]:
    """Pairs (need, concept), of the one or of the other, that have met: answered, or proposed."""
    found = union(
        *(
            select(model.need_id, model.concept_id).where(
                model.need_id == need_id if concept_id is None else model.concept_id == concept_id
            )
            for model in (Interest, Pairing)
        )
    )
    return {(need, concept) for need, concept in session.execute(found)}


def organisations_of(session: Session, pairing_ids: Sequence[int]) -> set[int]:
    """The municipalities of these cases, and the organisations that own their concepts."""
    of_these = Pairing.id.in_(pairing_ids)
    towns = (
        select(Unit.organisation_id)
        .join(Need, Need.unit_id == Unit.id)
        .join(Pairing, Pairing.need_id == Need.id)
    )
    owners = select(Concept.organisation_id).join(Pairing, Pairing.concept_id == Concept.id)
    return {*session.scalars(towns.where(of_these)), *session.scalars(owners.where(of_these))}


def find_open_pairing(session: Session, need_id: int, concept_id: int) -> Pairing | None:
    statement = select(Pairing).where(
        Pairing.need_id == need_id, Pairing.concept_id == concept_id, Pairing.state.in_(OPEN)
    )
    return session.scalar(statement)


@asked_once
def open_concept_ids(session: Session, need_id: int) -> set[int]:
    """Concepts that have an open pairing with the need."""
    statement = select(Pairing.concept_id).where(
        Pairing.need_id == need_id, Pairing.state.in_(OPEN)
    )
    return set(session.scalars(statement))


def takes_capacity() -> ColumnElement[bool]:
    """Approved, and the test has not ended yet."""
    return and_(Pairing.state == PairingState.APPROVED, Pairing.test_ended_at.is_(None))


def count_approved_of_unit(session: Session, unit_id: int) -> int:
    """Tests of the unit's own needs, and of those it has joined: they go on at its site too."""
    statement = (
        select(func.count(Pairing.id))
        .join(Pairing.need)
        .where(takes_capacity(), or_(Need.unit_id == unit_id, Need.id.in_(joined_by([unit_id]))))
    )
    return session.scalar(statement) or 0


def count_approved_of_concept(session: Session, concept_id: int) -> int:
    statement = select(func.count(Pairing.id)).where(
        takes_capacity(), Pairing.concept_id == concept_id
    )
    return session.scalar(statement) or 0


@asked_once
def declined_concept_ids(session: Session, need_id: int) -> set[int]:
    """Concepts that a coordinator has declined for the need, and nobody has taken up again."""
    declined = select(Pairing.concept_id).where(
        Pairing.need_id == need_id, Pairing.state == PairingState.DECLINED
    )
    again = select(Pairing.concept_id).where(Pairing.need_id == need_id, Pairing.state.in_(OPEN))
    return set(session.scalars(declined.except_(again)))


def declined_need_ids(session: Session, concept_id: int) -> set[int]:
    """Needs for which a coordinator has declined the concept, and nobody has taken it up again."""
    declined = select(Pairing.need_id).where(
        Pairing.concept_id == concept_id, Pairing.state == PairingState.DECLINED
    )
    again = select(Pairing.need_id).where(Pairing.concept_id == concept_id, Pairing.state.in_(OPEN))
    return set(session.scalars(declined.except_(again)))


def declined_pairs(session: Session, need_ids: Iterable[int]) -> set[tuple[int, int]]:
    """Pairs (need, concept) that a coordinator has declined, and nobody has taken up again."""
    pair = select(Pairing.need_id, Pairing.concept_id).where(Pairing.need_id.in_(need_ids))
    declined = pair.where(Pairing.state == PairingState.DECLINED)
    again = pair.where(Pairing.state.in_(OPEN))
    return {(need, concept) for need, concept in session.execute(declined.except_(again))}
