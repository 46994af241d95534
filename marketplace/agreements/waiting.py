"""What the agreement of a case waits for, and since when."""

from datetime import datetime

from marketplace.agreements.models import Agreement
from marketplace.agreements.policies import missing_signatures
from marketplace.agreements.states import AgreementAwaited, AgreementState
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side

_SIGNATURES = {
    frozenset({Side.UNIT}): AgreementAwaited.UNIT_SIGNATURE,
    frozenset({Side.ENTREPRENEUR}): AgreementAwaited.ENTREPRENEUR_SIGNATURE,
    frozenset({Side.UNIT, Side.ENTREPRENEUR}): AgreementAwaited.BOTH_SIGNATURES,
}


def awaited(open_version: Agreement | None, in_force: Agreement | None) -> AgreementAwaited | None:
    """The next step; None where an agreement is in force and no other is on its way."""
    if open_version is None:
        return None if in_force else AgreementAwaited.START
    if open_version.state is AgreementState.DRAFT:
        return AgreementAwaited.OFFER
    return _SIGNATURES[missing_signatures(open_version)]


def waiting_since(pairing: Pairing, open_version: Agreement | None) -> datetime:
    if open_version is None:
        return pairing.decided_at or pairing.proposed_at
    given = (
        open_version.created_at,
        open_version.offered_at,
        open_version.unit_signed_at,
        open_version.entrepreneur_signed_at,
    )
    return max(at for at in given if at)
