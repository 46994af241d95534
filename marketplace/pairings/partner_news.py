"""What the partner of a programme is told of its cases: how they came out, never why.

The reasons are what both sides wrote to each other; the partner reads titles, stage and dates.
"""

from sqlalchemy.orm import Session

from marketplace.accounts.queries import people_with_role
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.outbox import tell
from marketplace.pairings.models import Pairing
from marketplace.programmes.states import ProgrammeTopic


def tell_partner(
    session: Session, pairing: Pairing, topic: ProgrammeTopic, event: AuditEvent
) -> None:
    """Nothing happens where the case is in no programme."""
    programme = pairing.programme
    if programme is None:
        return
    people = people_with_role(session, Role.PARTNER, organisation_id=programme.partner_id)
    payload = {
        "programme_id": programme.id,
        "title": programme.name,
        "need_title": pairing.need.title,
        "concept_title": pairing.concept.title,
    }
    tell(session, people, topic, event, payload)
