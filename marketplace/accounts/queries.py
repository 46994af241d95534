"""Who people are and where they belong: what every feature asks."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from marketplace.accounts.awaited import awaits_approval, is_approved
from marketplace.accounts.models import (
    Membership,
    OneTimeLink,
    Organisation,
    Person,
    Registration,
    RoleOffer,
    Unit,
    WebSession,
)
from marketplace.accounts.policies import can_see_organisation
from marketplace.accounts.states import AccountRefusal, OrganisationKind, OrganisationState
from marketplace.accounts.tokens import hash_token, read_link_token
from marketplace.core.actor import Actor, Grant, Role
from marketplace.core.clock import now
from marketplace.core.db import UtcDateTime, get_or_404
from marketplace.core.errors import NotFound, NotNow
from marketplace.core.paging import Page, paginate
from marketplace.core.rules import in_sql, of


def actor_of(person: Person) -> Actor:
    grants = tuple(Grant(m.role, m.organisation_id, m.unit_id) for m in person.memberships)
    return Actor(person_id=person.id, name=person.name, grants=grants)


def people_with_role(
    session: Session,
    role: Role,
    *,
    organisation_id: int | None = None,
) -> list[int]:
    """The ids of the active people who hold `role`, there where it is asked for."""
    statement = _active_member_ids().where(Membership.role == role)
    if organisation_id is not None:
        statement = statement.where(Membership.organisation_id == organisation_id)
    return list(session.scalars(statement))


def organisation_people(session: Session, organisation_id: int) -> list[int]:
    """The ids of all active people with a role in the organisation or in one of its units."""
    statement = _active_member_ids().where(Membership.organisation_id == organisation_id)
    return list(session.scalars(statement))


def _active_member_ids() -> Select[int]:
    return (
        select(Membership.person_id)
        .join(Membership.person)
        .where(Person.active)
        .distinct()
        .order_by(Membership.person_id)
    )


def get_person(session: Session, person_id: int) -> Person:
    return get_or_404(session, Person, person_id)


def get_person_by_email(session: Session, email: str) -> Person | None:
    """`email` in its stored form."""
    return session.scalar(select(Person).where(Person.email == email))


def get_organisation(session: Session, actor: Actor, organisation_id: int) -> Organisation:
    organisation = get_or_404(session, Organisation, organisation_id)
    if not can_see_organisation(actor, organisation):
        raise NotFound
    return organisation


def list_own_organisations(session: Session, actor: Actor, *roles: Role) -> Sequence[Organisation]:
    """Those in which the actor has one of the roles."""
    own = Organisation.id.in_(sorted(actor.organisation_ids(*roles)))
    statement = select(Organisation).where(own).order_by(Organisation.name, Organisation.id)
    return session.scalars(statement).all()


def get_own_organisation(
    session: Session, actor: Actor, wanted_id: int | None, *roles: Role
) -> Organisation:
    """The one that is asked for; without a number the person's first."""
    own = list_own_organisations(session, actor, *roles)
    found = [each for each in own if wanted_id in (None, each.id)]
    if not found:
        raise NotFound
    return found[0]


def list_approved_organisations(session: Session, kind: OrganisationKind) -> Sequence[Organisation]:
    statement = select(Organisation).where(
        Organisation.kind == kind, in_sql(is_approved(of(Organisation)))
    )
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def list_municipality_names(session: Session) -> list[str]:
    statement = select(Organisation.name).where(Organisation.kind == OrganisationKind.MUNICIPALITY)
    return list(session.scalars(statement.order_by(Organisation.id)))


def get_unit(session: Session, unit_id: int) -> Unit:
    """A unit is open to all as soon as its municipality is approved."""
    unit = session.get(Unit, unit_id, options=[joinedload(Unit.organisation)])
    if unit is None or not is_approved(unit.organisation):
        raise NotFound
    return unit


def get_live_session(
    session: Session, token: str, *, idle: timedelta, absolute: timedelta
) -> WebSession | None:
    """The sign-in that a token stands for, where it is neither ended nor too old."""
    found = session.scalars(
        _SIGN_IN_OF_TOKEN, {"token": hash_token(token), **_ages(idle, absolute)}
    )
    return found.unique().one_or_none()


def find_signed_in(session: Session, token: str) -> int | None:
    """The id of whom the token was given to, whether or not it still opens anything."""
    statement = select(WebSession.person_id).where(WebSession.token_hash == hash_token(token))
    return session.scalar(statement)


def list_live_sessions(
    session: Session, person_id: int, *, idle: timedelta, absolute: timedelta
) -> list[WebSession]:
    statement = _LIVE_SESSIONS.where(WebSession.person_id == person_id)
    order = (WebSession.last_seen_at.desc(), WebSession.id.desc())
    return list(session.scalars(statement.order_by(*order), _ages(idle, absolute)))


def _ages(idle: timedelta, absolute: timedelta) -> dict[str, datetime]:
    return {"seen_after": now() - idle, "created_after": now() - absolute}


_LIVE_SESSIONS = (
    select(WebSession)
    .join(WebSession.person)
    .where(
        WebSession.revoked_at.is_(None),
        WebSession.last_seen_at > bindparam("seen_after", type_=UtcDateTime()),
        WebSession.created_at > bindparam("created_after", type_=UtcDateTime()),
        Person.active,
    )
)

_SIGN_IN_OF_TOKEN = (
    _LIVE_SESSIONS.outerjoin(Person.memberships)
    .options(contains_eager(WebSession.person).contains_eager(Person.memberships))
    .where(WebSession.token_hash == bindparam("token"))
    .order_by(Membership.id)
)
"""Put together once: every request asks it."""


def get_open_link(session: Session, *, token: str, secret_key: str) -> OneTimeLink:
    """The link that a token stands for, if it can still be used; refuse any other alike."""
    link = find_open_link(session, read_link_token(secret_key, token) or "")
    if link is None:
        raise NotNow(AccountRefusal.LINK_INVALID)
    return link


def find_open_link(session: Session, secret: str) -> OneTimeLink | None:
    statement = (
        select(OneTimeLink)
        .join(OneTimeLink.person)
        .options(contains_eager(OneTimeLink.person))
        .where(
            OneTimeLink.token_hash == hash_token(secret),
            OneTimeLink.used_at.is_(None),
            OneTimeLink.expires_at > now(),
            Person.active,
        )
    )
    return session.scalar(statement)


def find_registration(session: Session, person: Person) -> Registration | None:
    """What the person wants registered as soon as they have proved their address."""
    return session.scalar(select(Registration).where(Registration.person_id == person.id))


def list_role_offers(session: Session, person_id: int) -> list[RoleOffer]:
    statement = (
        select(RoleOffer)
        .options(joinedload(RoleOffer.organisation), joinedload(RoleOffer.unit))
        .where(RoleOffer.person_id == person_id)
    )
    return list(session.scalars(statement.order_by(RoleOffer.id)))


# ---------------------------------------------------------------- the lists of the administration


def list_organisations(
    session: Session,
    *,
    words: str = "",
    kind: OrganisationKind | None = None,
    state: OrganisationState | None = None,
    page: int = 1,
) -> Page[Organisation]:
    """Those that wait for an answer first, the oldest of them first; then by name."""
    waiting = in_sql(awaits_approval(of(Organisation)))
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
        .where(in_sql(is_approved(of(Organisation))))
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
