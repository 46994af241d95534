"""Reading programmes: always only those that the actor may see."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.core.actor import Actor, Role
from marketplace.core.db import one_or_404
from marketplace.core.paging import Page, paginate
from marketplace.programmes.models import FundUse, Programme
from marketplace.programmes.policies import READERS

NEWEST = (Programme.starts_on.desc(), Programme.id.desc())


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Those of the municipality who follow it, and the partner that is party to it."""
    return or_(
        Programme.municipality_id.in_(sorted(actor.organisation_ids(*READERS))),
        Programme.partner_id.in_(sorted(actor.organisation_ids(Role.PARTNER))),
    )


def _with_parties() -> Select[Programme]:
    return select(Programme).options(
        joinedload(Programme.municipality), joinedload(Programme.partner)
    )


def get_programme(session: Session, actor: Actor, programme_id: int) -> Programme:
    statement = (
        _with_parties()
        .options(selectinload(Programme.uses).joinedload(FundUse.recorded_by))
        .where(Programme.id == programme_id, visible_to(actor))
    )
    return one_or_404(session, statement)


def list_programmes(session: Session, actor: Actor, page: int = 1) -> Page[Programme]:
    return paginate(session, _with_parties().where(visible_to(actor)).order_by(*NEWEST), page)


def list_of_municipality(session: Session, municipality_id: int) -> Sequence[Programme]:
    """Those that a case of the municipality may count in."""
    statement = select(Programme).where(Programme.municipality_id == municipality_id)
    return session.scalars(statement.order_by(*NEWEST)).all()


def list_municipalities(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The municipalities that this person keeps programmes for."""
    return accounts.list_own_organisations(session, actor, Role.COORDINATOR)


def list_partners(session: Session) -> Sequence[Organisation]:
    return accounts.list_approved_organisations(session, OrganisationKind.PARTNER)
