"""What agreements wait for, and since when: of one version, or in SQL (`core.rules`)."""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists

from marketplace.accounts.models import Membership
from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementAwaited, AgreementState, AgreementTask
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.awaited import Awaited, Follower, Party
from marketplace.core.rules import in_sql, missing, of
from marketplace.pairings.awaited import of_approved_pairings
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PARTIES, Side


def is_written(agreement: Agreement) -> bool:
    return agreement.state == AgreementState.DRAFT


def is_in_force(agreement: Agreement) -> bool:
    return agreement.state == AgreementState.SIGNED


def lacks_signature(agreement: Agreement, side: Side) -> bool:
    of_unit = side is Side.UNIT
    return missing(agreement.unit_signed_at if of_unit else agreement.entrepreneur_signed_at)


def awaits_signature(agreement: Agreement, side: Side) -> bool:
    return (agreement.state == AgreementState.OFFERED) & lacks_signature(agreement, side)


def since(agreement: Agreement, state: AgreementState) -> datetime | None:
    """A draft waits from the last hand on it; each signature from the offer."""
    return agreement.updated_at if state is AgreementState.DRAFT else agreement.offered_at


# ---------------------------------------------------------------- in the words of its own page

_SIGNATURES = {
    (Side.UNIT,): AgreementAwaited.UNIT_SIGNATURE,
    (Side.ENTREPRENEUR,): AgreementAwaited.ENTREPRENEUR_SIGNATURE,
    PARTIES: AgreementAwaited.BOTH_SIGNATURES,
}


def awaited(open_version: Agreement | None, in_force: Agreement | None) -> AgreementAwaited | None:
    """The next step; None where an agreement is in force and no other is on its way."""
    if open_version is None:
        return None if in_force else AgreementAwaited.START
    if is_written(open_version):
        return AgreementAwaited.OFFER
    return _SIGNATURES[tuple(side for side in PARTIES if awaits_signature(open_version, side))]


def waiting_since(pairing: Pairing, open_version: Agreement | None) -> datetime:
    if open_version is None:
        return pairing.decided_at or pairing.proposed_at
    return since(open_version, open_version.state) or open_version.updated_at


# ---------------------------------------------------------------- what waits for whom


def _missing() -> Select[Any]:
    begun = exists().where(Agreement.pairing_id == Pairing.id)
    return of_approved_pairings(Pairing.decided_at).where(~begun)


def _versions(state: AgreementState, which: bool) -> Select[Any]:
    statement = of_approved_pairings(since(of(Agreement), state))
    return statement.join(Agreement, Agreement.pairing_id == Pairing.id).where(in_sql(which))


def _draft() -> Select[Any]:
    return _versions(AgreementState.DRAFT, is_written(of(Agreement)))


def _signature(side: Side) -> Select[Any]:
    return _versions(AgreementState.OFFERED, awaits_signature(of(Agreement), side))


def _writing_party() -> ColumnElement[str]:
    """The side that is writing the draft: whose the last hand on it was."""
    theirs = exists().where(
        Membership.person_id == Agreement.author_id,
        Membership.organisation_id == Concept.organisation_id,
        Membership.role == Role.ENTREPRENEUR,
    )
    return case((theirs, str(Party.ENTREPRENEUR)), else_=str(Party.UNIT))


AWAITED = (
    Awaited(AgreementTask.MISSING, Party.UNIT, _missing),
    Awaited(AgreementTask.DRAFT, _writing_party, _draft),
    Awaited(
        AgreementTask.UNIT_SIGNATURE,
        Party.UNIT_LEADER,
        partial(_signature, Side.UNIT),
        followed_by=frozenset({Follower.ENTREPRENEUR}),
    ),
    Awaited(
        AgreementTask.ENTREPRENEUR_SIGNATURE,
        Party.ENTREPRENEUR,
        partial(_signature, Side.ENTREPRENEUR),
    ),
)
