"""Who is told what: both sides of a case, and the partner of its programme."""

from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.accounts.queries import people_with_role
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.outbox import tell
from marketplace.pairings import recipients
from marketplace.pairings.models import Pairing
from marketplace.pairings.told import CaseTold, named
from marketplace.programmes.states import ProgrammeTopic
from marketplace.programmes.told import ProgrammeCaseTold


def tell_parties(
    session: Session,
    pairing: Pairing,
    topic: StrEnum,
    event: AuditEvent,
    *,
    coordinators: bool = False,
    outcome: bool = False,
    told: CaseTold | None = None,
) -> None:
    """An outcome is told to the coordinators too, and to everybody with a role in the case."""
    people = recipients.parties(session, pairing)
    if coordinators or outcome:
        people |= recipients.deciders(session, pairing)
    if outcome:
        people |= recipients.in_role_map(session, pairing)
    told = told or CaseTold(**named(pairing), reason=event.reason)
    tell(session, people, topic, event, told)


# ---------------------------------------------------------------- the partner of a programme


def tell_partner(
    session: Session, pairing: Pairing, topic: ProgrammeTopic, event: AuditEvent
) -> None:
    """How the case came out, never why: the reasons are what both sides wrote to each other.

    Nothing happens where the case is in no programme.
    """
    programme = pairing.programme
    if programme is None:
        return
    people = people_with_role(session, Role.PARTNER, organisation_id=programme.partner_id)
    told = ProgrammeCaseTold(
        programme_id=programme.id,
        title=programme.name,
        need_title=pairing.need.title,
        concept_title=pairing.concept.title,
    )
    tell(session, people, topic, event, told)
