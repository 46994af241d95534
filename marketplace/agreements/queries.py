"""Reading agreements: whoever may see the case may see its agreement."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.models import Unit
from marketplace.accounts.states import Language
from marketplace.agreements.awaited import is_in_force
from marketplace.agreements.models import AgreedSite, Agreement, AgreementTemplate
from marketplace.agreements.states import OPEN
from marketplace.core.actor import Actor
from marketplace.core.db import one_or_404
from marketplace.core.engine import asked_once
from marketplace.core.errors import NotFound, NotNow
from marketplace.core.rules import in_sql, of
from marketplace.pairings import queries as pairings
from marketplace.pairings.awaited import was_approved
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingRefusal


def get_case(session: Session, actor: Actor, pairing_id: int) -> Pairing:
    """The case, where it has come as far as an agreement."""
    pairing = pairings.get_pairing(session, actor, pairing_id)
    if not was_approved(pairing):
        raise NotNow(PairingRefusal.NOT_APPROVED)
    return pairing


def whole() -> Select[Agreement]:
    return select(Agreement).options(
        joinedload(Agreement.unit_signed_by),
        joinedload(Agreement.entrepreneur_signed_by),
        selectinload(Agreement.criteria),
        selectinload(Agreement.checkpoints),
        selectinload(Agreement.sites).joinedload(AgreedSite.unit),
    )


@asked_once
def list_versions(session: Session, pairing_id: int) -> Sequence[Agreement]:
    """All versions, newest first."""
    statement = whole().where(Agreement.pairing_id == pairing_id)
    return session.scalars(statement.order_by(Agreement.number.desc())).all()


def get_version(session: Session, pairing_id: int, number: int) -> Agreement:
    statement = whole().where(Agreement.pairing_id == pairing_id, Agreement.number == number)
    return one_or_404(session, statement)


@asked_once
def find_in_force(session: Session, pairing_id: int) -> Agreement | None:
    """The version that both have signed and no later one has superseded."""
    statement = whole().where(
        Agreement.pairing_id == pairing_id, in_sql(is_in_force(of(Agreement)))
    )
    return session.scalars(statement).one_or_none()


@asked_once
def find_open_version(session: Session, pairing_id: int) -> Agreement | None:
    """The version that is being written or waits for signatures."""
    statement = whole().where(Agreement.pairing_id == pairing_id, Agreement.state.in_(OPEN))
    return session.scalars(statement).one_or_none()


def get_open_version(session: Session, pairing_id: int) -> Agreement:
    agreement = find_open_version(session, pairing_id)
    if agreement is None:
        raise NotFound
    return agreement


def list_site_units(session: Session, pairing: Pairing) -> Sequence[Unit]:
    """Where a test may go on: units of the municipality, the need's own first."""
    home = pairing.need.unit
    statement = select(Unit).where(Unit.organisation_id == home.organisation_id)
    return session.scalars(
        statement.order_by((Unit.id == home.id).desc(), Unit.name, Unit.id)
    ).all()


def find_template(session: Session, language: Language) -> AgreementTemplate | None:
    return session.scalar(select(AgreementTemplate).where(AgreementTemplate.language == language))
