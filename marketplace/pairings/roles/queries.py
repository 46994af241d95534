"""The roles that people have in open cases: who has what, who could take it over, who decides that.

A coordinator replaces people of the municipality, an entrepreneur their own. What one of them may
not replace (a case in which they have declared a conflict) is shown as such.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.models import Membership, Organisation, Person, Unit
from marketplace.concepts.models import Concept
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.errors import NotFound
from marketplace.core.paging import Page, paginate
from marketplace.core.rules import in_sql, of
from marketplace.needs.handing_over import PARTS, list_naming, naming
from marketplace.needs.models import Need
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.queries import of_entrepreneurs, of_municipalities
from marketplace.pairings.roles import policies
from marketplace.pairings.roles.posts import AnyPost, NeedPost, Post
from marketplace.pairings.roles.role_map import Fit, fit_for, is_held_by
from marketplace.pairings.states import OPEN, CaseRole

# ---------------------------------------------------------------- who fits a role


def list_candidates(session: Session, pairing: Pairing, role: CaseRole) -> Sequence[Person]:
    """Who fits the role: people in use with a fitting membership in the right place."""
    holders = select(Membership.person_id).where(fit_for(pairing, role).in_sql())
    statement = select(Person).where(Person.active, Person.id.in_(holders))
    return session.scalars(statement.order_by(Person.name, Person.id)).all()


def find_candidate(
    session: Session, pairing: Pairing, role: CaseRole, person_id: int
) -> Person | None:
    candidates = list_candidates(session, pairing, role)
    return next((person for person in candidates if person.id == person_id), None)


# ---------------------------------------------------------------- who has what


def in_hand(actor: Actor) -> ColumnElement[bool]:
    """Roles of open cases whose people this actor is the one to replace."""
    municipal = and_(
        of_municipalities(actor.organisation_ids(Role.COORDINATOR)),
        CaseRoleHolder.role != CaseRole.ENTREPRENEUR_CONTACT,
    )
    own = and_(
        of_entrepreneurs(actor.organisation_ids(Role.ENTREPRENEUR)),
        CaseRoleHolder.role == CaseRole.ENTREPRENEUR_CONTACT,
    )
    return and_(Pairing.state.in_(OPEN), or_(municipal, own))


def list_people(session: Session, actor: Actor, *, words: str = "", page: int = 1) -> Page[Person]:
    """Those with something that this actor could give to somebody else; closed accounts first."""
    roles = select(CaseRoleHolder).join(CaseRoleHolder.pairing).where(in_hand(actor))
    holders = roles.with_only_columns(CaseRoleHolder.person_id)
    deputies = roles.with_only_columns(CaseRoleHolder.deputy_id).where(
        CaseRoleHolder.deputy_id.is_not(None)
    )
    named = [naming(actor, part) for part in PARTS]
    statement = select(Person).where(Person.id.in_(holders.union(deputies, *named)))
    if words:
        statement = statement.where(Person.name.icontains(words, autoescape=True))
    return paginate(session, statement.order_by(Person.active, Person.name, Person.id), page)


def list_held(session: Session, person: Person) -> Sequence[CaseRoleHolder]:
    """Everything the person has in open cases, whoever may replace them."""
    return session.scalars(_held_by(person).where(Pairing.state.in_(OPEN))).all()


def _held_by(person: Person) -> Select[CaseRoleHolder]:
    return (
        select(CaseRoleHolder)
        .join(CaseRoleHolder.pairing)
        .where(in_sql(is_held_by(person.id, of(CaseRoleHolder))))
        .options(
            joinedload(CaseRoleHolder.person),
            joinedload(CaseRoleHolder.deputy),
            joinedload(CaseRoleHolder.pairing).options(
                joinedload(Pairing.need).joinedload(Need.unit).joinedload(Unit.organisation),
                joinedload(Pairing.concept).joinedload(Concept.organisation),
                selectinload(Pairing.conflicts),
                selectinload(Pairing.roles),
            ),
        )
        .order_by(CaseRoleHolder.pairing_id, CaseRoleHolder.id)
    )


def get_person(session: Session, actor: Actor, person_id: int) -> Person:
    """Somebody of the actor's own, or with a role that is in the actor's hand."""
    own = select(Membership.person_id).where(
        Membership.organisation_id.in_(sorted(actor.organisation_ids(*policies.REPLACERS)))
    )
    person = session.scalar(select(Person).where(Person.id == person_id))
    if person is None:
        raise NotFound
    known = session.scalar(select(Person.id).where(Person.id == person_id, Person.id.in_(own)))
    if known is None and not _concerns(session, actor, person):
        raise NotFound
    return person


def _concerns(session: Session, actor: Actor, person: Person) -> bool:
    held = session.scalars(_held_by(person).where(in_hand(actor))).first()
    return held is not None or bool(list_naming(session, actor, person))


def list_all_posts(session: Session, actor: Actor, person: Person) -> list[AnyPost]:
    """What the person has in cases, and what they are to needs."""
    return [*list_posts(session, actor, person), *list_need_posts(session, actor, person)]


def list_posts(session: Session, actor: Actor, person: Person) -> list[Post]:
    """The person's roles that are in the actor's hand, case by case, each with who fits it."""
    holders = session.scalars(_held_by(person).where(in_hand(actor))).all()
    members = _members_of(session, [holder.pairing for holder in holders])
    return [
        Post(
            holder=holder,
            deputises=holder.deputy_id == person.id,
            may_replace=policies.may_assign(actor, holder.pairing, holder.role),
            candidates=_candidates(members, holder, person),
        )
        for holder in holders
    ]


def _members_of(session: Session, pairings: Iterable[Pairing]) -> Sequence[Membership]:
    """The memberships of the organisations of all cases, asked for once."""
    places = {
        organisation_id
        for pairing in pairings
        for organisation_id in (pairing.need.unit.organisation_id, pairing.concept.organisation_id)
    }
    return members_of_organisations(session, places)


def members_of_organisations(session: Session, places: Collection[int]) -> Sequence[Membership]:
    """The memberships of people in use, by name, with their people."""
    statement = (
        select(Membership)
        .join(Membership.person)
        .options(joinedload(Membership.person))
        .where(Membership.organisation_id.in_(sorted(places)), Person.active)
    )
    return session.scalars(statement.order_by(Person.name, Person.id, Membership.id)).all()


def _candidates(
    members: Sequence[Membership], holder: CaseRoleHolder, leaving: Person
) -> list[Person]:
    """Who fits; nobody becomes deputy of themselves, and who leaves takes over nothing."""
    fit = fit_for(holder.pairing, holder.role)
    return fit.people(members, without={leaving.id, holder.person_id})


def list_need_posts(session: Session, actor: Actor, person: Person) -> list[NeedPost]:
    needs = list_naming(session, actor, person)
    members = members_of_organisations(session, {need.unit.organisation_id for need in needs})
    return [
        NeedPost(
            need=need,
            part=part,
            candidates=_fit_of_part(need, part).people(members, without={person.id}),
        )
        for need in needs
        for part in PARTS
        if getattr(need, f"{part}_id") == person.id
    ]


def _fit_of_part(need: Need, part: str) -> Fit:
    if part == "contact":
        return Fit("unit_id", need.unit_id, UNIT_ROLES)
    leads = frozenset({Role.UNIT_LEADER, Role.LEADERSHIP})
    return Fit("organisation_id", need.unit.organisation_id, leads)


# ---------------------------------------------------------------- who could replace somebody


@dataclass(frozen=True, slots=True)
class Replacers:
    """Those of one organisation who can replace somebody, and in how many cases."""

    organisation: Organisation
    cases: int
    people: Sequence[Person]


def list_replacers(
    session: Session, held: Sequence[CaseRoleHolder], leaving: Person
) -> list[Replacers]:
    """For each organisation whose cases it is about: who there can hand the roles over."""
    members = _members_of(session, [holder.pairing for holder in held])
    cases: dict[tuple[Organisation, Role], set[int]] = {}
    for holder in held:
        cases.setdefault(_in_charge(holder), set()).add(holder.pairing_id)
    return [
        Replacers(place, len(ids), _people_with(members, place, role, leaving))
        for (place, role), ids in cases.items()
    ]


def _in_charge(holder: CaseRoleHolder) -> tuple[Organisation, Role]:
    if holder.role is CaseRole.ENTREPRENEUR_CONTACT:
        return holder.pairing.concept.organisation, Role.ENTREPRENEUR
    return holder.pairing.need.unit.organisation, Role.COORDINATOR


def _people_with(
    members: Sequence[Membership], place: Organisation, role: Role, leaving: Person
) -> list[Person]:
    theirs = (m.person for m in members if m.organisation_id == place.id and m.role is role)
    return [person for person in theirs if person.id != leaving.id]
