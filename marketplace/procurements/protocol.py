"""The points of § 10-5 that the protocol of a procurement still lacks."""

from marketplace.procurements.models import Procurement
from marketplace.procurements.states import ProcurementState, ProtocolPoint


def missing_points(procurement: Procurement) -> list[ProtocolPoint]:
    """In the order of the paragraph. That a contract is reserved is told only where it is so."""
    told = {
        ProtocolPoint.OBJECT: bool(procurement.object),
        ProtocolPoint.VALUE: procurement.estimated_value > 0,
        ProtocolPoint.INVITED: bool(procurement.invited),
        ProtocolPoint.IMPARTIALITY: bool(procurement.impartiality),
        ProtocolPoint.SUBCONTRACTORS: bool(procurement.subcontractors),
        ProtocolPoint.WINNER: procurement.contracted_at is not None,
    }
    return [point for point, there in told.items() if not there and _counts(procurement, point)]


def missing_before_contract(procurement: Procurement) -> list[ProtocolPoint]:
    """The winner is told with the contract itself."""
    return [p for p in missing_points(procurement) if p is not ProtocolPoint.WINNER]


def _counts(procurement: Procurement, point: ProtocolPoint) -> bool:
    """Who wins and who delivers is not asked of a procurement that was cancelled."""
    of_a_winner = point in {ProtocolPoint.WINNER, ProtocolPoint.SUBCONTRACTORS}
    return not (of_a_winner and procurement.state is ProcurementState.CANCELLED)
