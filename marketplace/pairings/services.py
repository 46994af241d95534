"""The only place that changes pairings.

A party that proposes says yes by doing so; a coordinator's proposal needs both yeses. Where
changes were asked for and the proposing side proposes again, its yes stands anew and the other
side is asked once more: what they said yes to has changed.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import Incomplete, InvalidField, NotAllowed, NotNow
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.matches.many import suggestion_of
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings import policies, queries, recipients, role_map
from marketplace.pairings.approval import obstacles_to_approval
from marketplace.pairings.locks import hold, hold_for_approval
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.states import (
    OPEN,
    PAIRING_LIFECYCLE,
    UNDECIDED,
    ApprovalPoint,
    CaseRole,
    DeclineReason,
    PairingEvent,
    PairingMove,
    PairingRefusal,
    PairingState,
    PairingTopic,
    Side,
)

# ---------------------------------------------------------------- proposing


def propose_pairing(
    session: Session, actor: Actor, *, need: Need, concept: Concept, motivation: str
) -> Pairing:
    side = _expect_proposable(session, actor, need, concept)
    refuse_too_many(session, actor, PairingEvent.PROPOSED)
    suggestion = suggestion_of(session, need, concept.id)
    pairing = Pairing(
        need_id=need.id,
        need=need,
        concept_id=concept.id,
        concept=concept,
        interest=queries.find_standing_interest(session, need.id, concept.id),
        state=PairingState.PROPOSED,
        proposed_by_id=_person(actor),
        proposed_by_side=side,
        proposed_at=now(),
        motivation=_expect_text("motivation", motivation),
        suggested_rank=suggestion.rank if suggestion else None,
        suggested_strength=suggestion.strength.value if suggestion else None,
        roles=role_map.prefilled(need, concept),
        conflicts=[],
    )
    _say_yes(actor, pairing, side)
    session.add(pairing)
    event = record(session, actor, PairingEvent.PROPOSED, pairing, reason=pairing.motivation)
    _tell_of_proposal(
        session, pairing, event, PairingTopic.PROPOSED, PairingTopic.PROPOSED_ALREADY_YES
    )
    return pairing


def expect_may_propose(session: Session, actor: Actor, *, need: Need, concept: Concept) -> Side:
    """The side on which this person may propose the pair now; refuses and says why not."""
    side = policies.proposing_side(actor, need, concept)
    if side is None:
        raise NotAllowed(PairingRefusal.UNIT_ENTREPRENEUR_OR_COORDINATOR)
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(PairingRefusal.NEED_NOT_PUBLISHED)
    if concept.state is not ConceptState.PUBLISHED:
        raise NotNow(PairingRefusal.CONCEPT_NOT_PUBLISHED)
    if queries.find_open_pairing(session, need.id, concept.id) is not None:
        raise NotNow(PairingRefusal.ALREADY_OPEN)
    if side is not Side.COORDINATOR and concept.id in queries.declined_concept_ids(
        session, need.id
    ):
        raise NotNow(PairingRefusal.DECLINED_BEFORE)
    if side is Side.ENTREPRENEUR and not queries.find_standing_interest(
        session, need.id, concept.id
    ):
        raise NotNow(PairingRefusal.INTEREST_MISSING)
    return side


def _expect_proposable(session: Session, actor: Actor, need: Need, concept: Concept) -> Side:
    """The same, on rows that nobody closes, archives or withdraws before this commits."""
    hold(session, need)
    hold(session, concept)
    interest = queries.find_standing_interest(session, need.id, concept.id)
    if interest is not None:
        hold(session, interest)
    return expect_may_propose(session, actor, need=need, concept=concept)


def propose_again(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, motivation: str
) -> None:
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.PROPOSE_AGAIN)
    changed = _expect_text("motivation", motivation)
    if changed == pairing.motivation:
        raise InvalidField("motivation", PairingRefusal.MOTIVATION_UNCHANGED)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.PROPOSE_AGAIN)
    pairing.motivation, pairing.proposed_at = changed, now()
    pairing.unit_accepted_by_id = pairing.unit_accepted_at = None
    pairing.entrepreneur_accepted_by_id = pairing.entrepreneur_accepted_at = None
    _say_yes(actor, pairing, pairing.proposed_by_side)
    event = record(session, actor, PairingEvent.PROPOSED_AGAIN, pairing, reason=changed)
    _tell_of_proposal(
        session,
        pairing,
        event,
        PairingTopic.PROPOSED_AGAIN,
        PairingTopic.PROPOSED_AGAIN_ALREADY_YES,
    )


# ---------------------------------------------------------------- the parties answer


def accept_pairing(session: Session, actor: Actor, *, pairing: Pairing, version: int) -> None:
    """Say yes for one's side; with both yeses the case goes to the coordinators."""
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.ACCEPT)
    side = policies.side_to_accept(actor, pairing)
    if side is None:
        raise NotNow(PairingRefusal.ALREADY_ACCEPTED)
    _say_yes(actor, pairing, side)
    accepted = not policies.missing_yes(pairing)
    if accepted:
        PAIRING_LIFECYCLE.make(pairing, PairingMove.ACCEPT)
    event = record(session, actor, _ACCEPTED[side], pairing)
    if accepted:
        _tell(session, pairing, PairingTopic.ACCEPTED, event, coordinators=True)


def ask_for_changes(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """By the party that did not propose, or by a coordinator who could decide."""
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.ASK_FOR_CHANGES)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.ASK_FOR_CHANGES, reason=reason)
    pairing.change_request = reason.strip()
    pairing.changes_asked_by_id, pairing.changes_asked_at = actor.person_id, now()
    event = record(
        session, actor, PairingEvent.CHANGES_ASKED, pairing, reason=pairing.change_request
    )
    _tell(session, pairing, PairingTopic.CHANGES_ASKED, event)


def withdraw_pairing(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """By either party before the decision (turning down is this too), or by its coordinator."""
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.WITHDRAW)
    withdraw(session, actor, pairing, reason)


def withdraw(session: Session, actor: Actor, pairing: Pairing, reason: str) -> None:
    """The move itself, also when the case falls with what it rests on."""
    PAIRING_LIFECYCLE.make(pairing, PairingMove.WITHDRAW, reason=reason)
    pairing.withdrawn_by_id, pairing.withdrawn_at = actor.person_id, now()
    pairing.withdrawal_reason = reason.strip()
    event = record(
        session, actor, PairingEvent.WITHDRAWN, pairing, reason=pairing.withdrawal_reason
    )
    _tell(session, pairing, PairingTopic.WITHDRAWN, event, outcome=True)


# ---------------------------------------------------------------- the coordinator decides


def approve_pairing(
    session: Session,
    actor: Actor,
    *,
    pairing: Pairing,
    version: int,
    points: Collection[ApprovalPoint],
    no_conflict: bool,
) -> None:
    hold_for_approval(session, pairing)
    pairing.expect_version(version)
    for obstacle in obstacles_to_approval(session, actor, pairing):
        raise obstacle
    _expect_all_ticked(points, no_conflict=no_conflict)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.APPROVE)
    pairing.decided_by_id, pairing.decided_at = actor.person_id, now()
    pairing.no_conflict_declared = True
    ticked = {"checklist": [point.value for point in ApprovalPoint]}
    event = record(session, actor, PairingEvent.APPROVED, pairing, extra=ticked)
    _tell(session, pairing, PairingTopic.APPROVED, event, outcome=True)


def _expect_all_ticked(points: Collection[ApprovalPoint], *, no_conflict: bool) -> None:
    """Everything that is not ticked is told at once."""
    missing: list[StrEnum] = [point for point in ApprovalPoint if point not in points]
    if missing:
        conflict = [] if no_conflict else [PairingRefusal.NO_CONFLICT_UNDECLARED]
        raise Incomplete(PairingRefusal.CHECKLIST_INCOMPLETE, [*missing, *conflict])
    if not no_conflict:
        raise InvalidField("no_conflict", PairingRefusal.NO_CONFLICT_UNDECLARED)


def decline_pairing(
    session: Session,
    actor: Actor,
    *,
    pairing: Pairing,
    version: int,
    decline_reason: DeclineReason | None,
    reason: str,
) -> None:
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.DECLINE)
    if decline_reason is None:
        raise InvalidField("decline_reason", PairingRefusal.DECLINE_REASON_MISSING)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.DECLINE, reason=reason)
    pairing.decided_by_id, pairing.decided_at = actor.person_id, now()
    pairing.decline_reason, pairing.decline_note = decline_reason, reason.strip()
    event = record(session, actor, PairingEvent.DECLINED, pairing, reason=pairing.decline_note)
    code = {"decline_reason": decline_reason.value}
    _tell(session, pairing, PairingTopic.DECLINED, event, outcome=True, values=code)


def declare_conflict(session: Session, actor: Actor, *, pairing: Pairing, reason: str) -> None:
    """A coordinator's own word that they cannot handle this case; it is not taken back."""
    expect_may_declare_conflict(actor, pairing)
    note = _expect_text("reason", reason)
    pairing.conflicts.append(ConflictDeclaration(person_id=_person(actor), note=note))
    record(session, actor, PairingEvent.CONFLICT_DECLARED, pairing, reason=note)


def expect_may_declare_conflict(actor: Actor, pairing: Pairing) -> None:
    if not policies.coordinates(actor, pairing.need):
        raise NotAllowed(PairingRefusal.COORDINATORS_ONLY)
    if policies.has_conflict(actor, pairing):
        raise NotNow(PairingRefusal.CONFLICT_DECLARED)
    if pairing.state not in UNDECIDED:
        raise NotNow(LifecycleRefusal.WRONG_STATE, state=pairing.state)


# ---------------------------------------------------------------- after the approval


def end_test(pairing: Pairing) -> None:
    """The test takes no capacity any more; part of what ends it, so without an event of its own."""
    pairing.test_ended_at = now()


def resume_test(pairing: Pairing) -> None:
    pairing.test_ended_at = None


def close_case(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, reason: str
) -> None:
    """The move itself; the stage that closes a case has asked who may and what is missing."""
    pairing.expect_version(version)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.CLOSE, reason=reason)
    pairing.closed_by_id, pairing.closed_at = actor.person_id, now()
    pairing.closing_reason = reason.strip()
    pairing.test_ended_at = pairing.test_ended_at or now()
    event = record(session, actor, PairingEvent.CLOSED, pairing, reason=pairing.closing_reason)
    _tell(session, pairing, PairingTopic.CLOSED, event, outcome=True)


# ---------------------------------------------------------------- the role map


def assign_role(
    session: Session, actor: Actor, *, pairing: Pairing, role: CaseRole, person_id: int
) -> None:
    """Whoever was the deputy and gets the role is the deputy no longer."""
    expect_may_assign(actor, pairing, role)
    person = role_map.find_candidate(session, pairing, role, person_id)
    if person is None:
        raise InvalidField("person_id", PairingRefusal.ROLE_DOES_NOT_FIT)
    holder = role_map.holder_of(pairing, role)
    before = holder.person_id if holder is not None else None
    change: dict[str, int | str | None] = {"role": role.value, "person_id": person_id}
    if holder is None:
        pairing.roles.append(CaseRoleHolder(role=role, person=person))
    else:
        change["instead_of_id"] = before
        role_map.hand_over(holder, person)
    event = record(session, actor, PairingEvent.ROLE_ASSIGNED, pairing, extra=change)
    told = {"role": role.value, **payload_of(pairing)}
    tell(session, {person_id}, PairingTopic.ROLE_ASSIGNED, event, told)
    if before is not None and before != person_id:
        tell(session, {before}, PairingTopic.ROLE_LOST, event, told)


def expect_may_assign(actor: Actor, pairing: Pairing, role: CaseRole) -> None:
    if not policies.may_assign(actor, pairing, role):
        who = policies.ASSIGNERS[role]
        raise NotAllowed(PairingRefusal.ROLE_NOT_YOURS, role=role, who=who)
    if pairing.state not in OPEN:
        raise NotNow(PairingRefusal.CASE_OVER)


# ---------------------------------------------------------------- parts of the moves

_ACCEPTED = {
    Side.UNIT: PairingEvent.UNIT_ACCEPTED,
    Side.ENTREPRENEUR: PairingEvent.ENTREPRENEUR_ACCEPTED,
}


def expect_move(actor: Actor, pairing: Pairing, move: PairingMove) -> None:
    """Refuse the wrong person, then the wrong moment."""
    refusal = policies.refusal(actor, pairing, move)
    if refusal is not None:
        raise NotAllowed(refusal)
    PAIRING_LIFECYCLE.check(pairing.state, move)


def _person(actor: Actor) -> int:
    if actor.person_id is None:
        raise NotAllowed(PairingRefusal.UNIT_ENTREPRENEUR_OR_COORDINATOR)
    return actor.person_id


def _expect_text(field: str, text: str) -> str:
    if not text.strip():
        raise InvalidField(field, PairingRefusal.TEXT_MISSING)
    return text.strip()


def _say_yes(actor: Actor, pairing: Pairing, side: Side) -> None:
    if side is Side.UNIT:
        pairing.unit_accepted_by_id, pairing.unit_accepted_at = actor.person_id, now()
    elif side is Side.ENTREPRENEUR:
        pairing.entrepreneur_accepted_by_id = actor.person_id
        pairing.entrepreneur_accepted_at = now()


def payload_of(pairing: Pairing) -> dict[str, Any]:
    """What every message about a case carries."""
    return {
        "pairing_id": pairing.id,
        "need_id": pairing.need_id,
        "need_title": pairing.need.title,
        "concept_title": pairing.concept.title,
    }


def _tell_of_proposal(
    session: Session, pairing: Pairing, event: AuditEvent, asked: StrEnum, informed: StrEnum
) -> None:
    """Only those whose side has not said yes are asked to answer."""
    answering = recipients.yet_to_answer(session, pairing)
    joined = recipients.of_joined_units(session, pairing)
    others = recipients.parties(session, pairing) - answering - joined
    payload = {**payload_of(pairing), "reason": pairing.motivation}
    tell(session, answering, asked, event, payload)
    tell(session, others, informed, event, payload)
    tell(session, joined, PairingTopic.PROPOSED_IN_POOL, event, payload)


def _tell(
    session: Session,
    pairing: Pairing,
    topic: StrEnum,
    event: AuditEvent,
    *,
    coordinators: bool = False,
    outcome: bool = False,
    values: Mapping[str, str] | None = None,
) -> None:
    """An outcome is told to the coordinators too, and to everybody with a role in the case."""
    people = recipients.parties(session, pairing)
    if coordinators or outcome:
        people |= recipients.deciders(session, pairing)
    if outcome:
        people |= recipients.in_role_map(session, pairing)
    reason = {"reason": event.reason} if event.reason else {}
    tell(session, people, topic, event, {**payload_of(pairing), **reason, **(values or {})})
