"""The only place that writes invitations."""

from sqlalchemy.orm import Session

from marketplace.accounts.awaited import is_approved
from marketplace.accounts.states import AccountRefusal
from marketplace.concepts.models import Concept
from marketplace.concepts.recipients import owners
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.core.texts import expect_shared_text
from marketplace.invitations import policies, queries
from marketplace.invitations.models import Invitation
from marketplace.invitations.states import InvitationEvent, InvitationRefusal, InvitationTopic
from marketplace.invitations.told import InvitedTold
from marketplace.needs.awaited import takes_answers
from marketplace.needs.models import Need
from marketplace.needs.told import named

MOST_AN_HOUR = 20
"""Far more than fit one need, and few enough that nobody is flooded."""


def invite_concept(
    session: Session, actor: Actor, *, need: Need, concept: Concept, line: str
) -> Invitation:
    """Ask the owner of a concept to answer the need, with a line from whoever asks."""
    expect_may_invite(actor, need)
    _hold(session, need, concept)
    expect_invitable(session, need=need, concept=concept)
    missing, personal = InvitationRefusal.LINE_MISSING, InvitationRefusal.PERSONAL_DATA
    line = expect_shared_text("line", line, missing, personal)
    refuse_too_many(session, actor, InvitationEvent.SENT, most=MOST_AN_HOUR)
    invitation = Invitation(need=need, concept=concept, person_id=actor.person_id, line=line)
    session.add(invitation)
    event = record(session, actor, InvitationEvent.SENT, invitation)
    told = InvitedTold(
        **named(need),
        concept_id=concept.id,
        concept=concept.title,
        unit=need.unit.name,
        reason=line,
    )
    tell(session, owners(session, concept), InvitationTopic.RECEIVED, event, told)
    return invitation


def expect_may_invite(actor: Actor, need: Need) -> None:
    if not policies.can_invite(actor, need):
        raise NotAllowed(InvitationRefusal.UNIT_AND_COORDINATORS_ONLY, unit=need.unit.name)


def expect_invitable(session: Session, *, need: Need, concept: Concept) -> None:
    """Refuse before a line is written for nothing, and again when it is sent."""
    if not takes_answers(need):
        raise NotNow(InvitationRefusal.NEED_NOT_OPEN)
    if concept.state is not ConceptState.PUBLISHED:
        raise NotNow(InvitationRefusal.CONCEPT_NOT_PUBLISHED)
    if not is_approved(concept.organisation):
        raise NotNow(AccountRefusal.ORGANISATION_NOT_APPROVED)
    if queries.is_invited(session, need.id, concept.id):
        raise NotNow(InvitationRefusal.ALREADY_INVITED)
    if concept.id in queries.left_out_concept_ids(session, need.id):
        raise NotNow(InvitationRefusal.LEFT_OUT)
    if concept.id in queries.answered_concept_ids(session, need.id):
        raise NotNow(InvitationRefusal.ALREADY_ANSWERED)


def _hold(session: Session, need: Need, concept: Concept) -> None:
    """Nobody closes the need meanwhile, and nobody invites the same concept at once."""
    session.refresh(need, ["state", "version"], with_for_update=True)
    session.refresh(concept, ["state", "version"], with_for_update={"read": True})
