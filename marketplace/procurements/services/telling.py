"""Who is told how a procurement goes: the case, whoever has a step left, others, the partner."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.core.audit import AuditEvent
from marketplace.core.outbox import tell
from marketplace.interests.recipients import interested_people
from marketplace.pairings.services.telling import tell_partner
from marketplace.pairings.told import CaseTold, named
from marketplace.procurements import queries
from marketplace.procurements.models import Procurement
from marketplace.procurements.services.expectations import everybody
from marketplace.procurements.states import ProcurementTopic
from marketplace.procurements.told import OtherSuppliersTold
from marketplace.programmes.states import ProgrammeTopic


@dataclass(frozen=True, slots=True)
class Topics:
    """The same news in the words of the case, of other suppliers, and of the partner."""

    inside: ProcurementTopic
    others: ProcurementTopic
    partner: ProgrammeTopic | None = None


def tell_how_it_goes(
    session: Session,
    procurement: Procurement,
    topics: Topics,
    event: AuditEvent,
    reason: str | None = None,
) -> None:
    """To other suppliers only the need is named: whose concept was tested is not theirs to know.

    `reason` goes to both sides, so it is left out where it is withheld.
    """
    pairing = procurement.pairing
    inside = everybody(session, pairing) | _with_a_step_left(procurement)
    tell(session, inside, topics.inside, event, CaseTold(**named(pairing), reason=reason))
    need = OtherSuppliersTold(need_id=pairing.need_id, need_title=pairing.need.title)
    others = interested_people(session, pairing.need) - inside
    tell(session, others, topics.others, event, need)
    if topics.partner is not None:
        tell_partner(session, pairing, topics.partner, event)


def _with_a_step_left(procurement: Procurement) -> set[int]:
    owners = (step.owner for step in queries.open_steps(procurement))
    return {owner.id for owner in owners if owner is not None and owner.active}
