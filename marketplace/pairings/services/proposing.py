"""Proposing a pairing, and proposing it again.

A party that proposes says yes by doing so; a coordinator's proposal needs both yeses. Where
changes were asked for and the proposing side proposes again, its yes stands anew and the other
side is asked once more: what they said yes to has changed.
"""

from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.core.texts import expect_text
from marketplace.interests.queries import standing_interest
from marketplace.matches.many import suggestion_of
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.pairings import policies, queries, recipients
from marketplace.pairings.locks import hold
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import role_map
from marketplace.pairings.services.expectations import expect_move, say_yes
from marketplace.pairings.states import (
    PAIRING_LIFECYCLE,
    PairingEvent,
    PairingMove,
    PairingRefusal,
    PairingState,
    PairingTopic,
    Side,
)
from marketplace.pairings.told import CaseTold, named


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
        interest=standing_interest(session, need.id, concept.id),
        state=PairingState.PROPOSED,
        proposed_by_id=person_of(actor),
        proposed_by_side=side,
        proposed_at=now(),
        motivation=expect_text("motivation", motivation, PairingRefusal.TEXT_MISSING),
        suggested_rank=suggestion.rank if suggestion else None,
        suggested_strength=suggestion.strength.value if suggestion else None,
        roles=role_map.prefilled(need, concept),
        conflicts=[],
    )
    say_yes(actor, pairing, side)
    session.add(pairing)
    event = record(session, actor, PairingEvent.PROPOSED, pairing, reason=pairing.motivation)
    _tell_of_proposal(
        session, pairing, event, PairingTopic.PROPOSED, PairingTopic.PROPOSED_ALREADY_YES
    )
    return pairing


def expect_may_propose(session: Session, actor: Actor, *, need: Need, concept: Concept) -> Side:
    """The side on which this person may propose the pair now; refuses and says why not."""
    side = expect_proposer(actor, need=need, concept=concept)
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(PairingRefusal.NEED_NOT_PUBLISHED)
    if concept.state is not ConceptState.PUBLISHED:
        raise NotNow(PairingRefusal.CONCEPT_NOT_PUBLISHED)
    if concept.id in queries.open_concept_ids(session, need.id):
        raise NotNow(PairingRefusal.ALREADY_OPEN)
    if side is not Side.COORDINATOR and concept.id in queries.declined_concept_ids(
        session, need.id
    ):
        raise NotNow(PairingRefusal.DECLINED_BEFORE)
    if side is Side.ENTREPRENEUR and not standing_interest(session, need.id, concept.id):
        raise NotNow(PairingRefusal.INTEREST_MISSING)
    return side


def expect_proposer(actor: Actor, *, need: Need, concept: Concept) -> Side:
    side = policies.proposing_side(actor, need, concept)
    if side is None:
        raise NotAllowed(PairingRefusal.UNIT_ENTREPRENEUR_OR_COORDINATOR)
    return side


def _expect_proposable(session: Session, actor: Actor, need: Need, concept: Concept) -> Side:
    """The same, on rows that nobody closes, archives or withdraws before this commits."""
    hold(session, need)
    hold(session, concept)
    interest = standing_interest(session, need.id, concept.id)
    if interest is not None:
        hold(session, interest)
    return expect_may_propose(session, actor, need=need, concept=concept)


def propose_again(
    session: Session, actor: Actor, *, pairing: Pairing, version: int, motivation: str
) -> None:
    pairing.expect_version(version)
    expect_move(actor, pairing, PairingMove.PROPOSE_AGAIN)
    changed = expect_text("motivation", motivation, PairingRefusal.TEXT_MISSING)
    if changed == pairing.motivation:
        raise InvalidField("motivation", PairingRefusal.MOTIVATION_UNCHANGED)
    PAIRING_LIFECYCLE.make(pairing, PairingMove.PROPOSE_AGAIN)
    pairing.motivation, pairing.proposed_at = changed, now()
    pairing.unit_accepted_by_id = pairing.unit_accepted_at = None
    pairing.entrepreneur_accepted_by_id = pairing.entrepreneur_accepted_at = None
    say_yes(actor, pairing, pairing.proposed_by_side)
    event = record(session, actor, PairingEvent.PROPOSED_AGAIN, pairing, reason=changed)
    _tell_of_proposal(
        session,
        pairing,
        event,
        PairingTopic.PROPOSED_AGAIN,
        PairingTopic.PROPOSED_AGAIN_ALREADY_YES,
    )


def _tell_of_proposal(
    session: Session, pairing: Pairing, event: AuditEvent, asked: StrEnum, informed: StrEnum
) -> None:
    """Only those whose side has not said yes are asked to answer."""
    answering = recipients.yet_to_answer(session, pairing)
    joined = recipients.of_joined_units(session, pairing)
    others = recipients.parties(session, pairing) - answering - joined
    told = CaseTold(**named(pairing), reason=pairing.motivation)
    tell(session, answering, asked, event, told)
    tell(session, others, informed, event, told)
    tell(session, joined, PairingTopic.PROPOSED_IN_POOL, event, told)
