"""What agreements wait for, and since when: of one version, or in SQL (`core.rules`)."""

from datetime import datetime

from marketplace.agreements.models import Agreement
from marketplace.agreements.states import AgreementAwaited, AgreementState
from marketplace.core.rules import missing
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
