"""Deputies: who stands in for the person of a role. They are chosen by those who fill the role."""

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.errors import InvalidField, NotNow
from marketplace.core.outbox import tell
from marketplace.pairings import role_map
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.services import expect_may_assign, payload_of
from marketplace.pairings.states import CaseRole, PairingEvent, PairingRefusal, PairingTopic


def assign_deputy(
    session: Session, actor: Actor, *, pairing: Pairing, role: CaseRole, person_id: int
) -> None:
    """Choose a deputy, or another one; whoever fits the role fits, but for its own person."""
    holder = expect_may_have_deputy(actor, pairing, role)
    if person_id == holder.person_id:
        raise InvalidField("person_id", PairingRefusal.OWN_DEPUTY)
    person = role_map.find_candidate(session, pairing, role, person_id)
    if person is None:
        raise InvalidField("person_id", PairingRefusal.ROLE_DOES_NOT_FIT)
    before = holder.deputy_id
    role_map.set_deputy(holder, person)
    change = {"role": role.value, "person_id": person_id, "instead_of_id": before}
    event = record(session, actor, PairingEvent.DEPUTY_ASSIGNED, pairing, extra=change)
    _tell(session, {person_id}, PairingTopic.DEPUTY_ASSIGNED, event, holder)
    if before is not None and before != person_id:
        _tell(session, {before}, PairingTopic.DEPUTY_REMOVED, event, holder)


def remove_deputy(session: Session, actor: Actor, *, pairing: Pairing, role: CaseRole) -> None:
    holder = expect_may_have_deputy(actor, pairing, role)
    if holder.deputy_id is None:
        raise NotNow(PairingRefusal.DEPUTY_MISSING, role=role)
    before = holder.deputy_id
    role_map.set_deputy(holder, None)
    change = {"role": role.value, "instead_of_id": before}
    event = record(session, actor, PairingEvent.DEPUTY_REMOVED, pairing, extra=change)
    _tell(session, {before}, PairingTopic.DEPUTY_REMOVED, event, holder)


def expect_may_have_deputy(actor: Actor, pairing: Pairing, role: CaseRole) -> CaseRoleHolder:
    """The holder of a role that this person may choose a deputy for; refuses and says why not."""
    expect_may_assign(actor, pairing, role)
    holder = role_map.holder_of(pairing, role)
    if holder is None:
        raise NotNow(PairingRefusal.ROLE_WITHOUT_HOLDER, role=role)
    return holder


def _tell(
    session: Session,
    people: set[int],
    topic: PairingTopic,
    event: AuditEvent,
    holder: CaseRoleHolder,
) -> None:
    payload = {"role": holder.role.value, **payload_of(holder.pairing)}
    tell(session, people, topic, event, payload)
