"""What messages about an agreement carry."""

from dataclasses import dataclass

from marketplace.pairings.told import CaseTold


@dataclass(frozen=True, kw_only=True)
class AgreementTold(CaseTold):
    """`number` is that of the version."""

    number: int
