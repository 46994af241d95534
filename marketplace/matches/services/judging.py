"""Shortlisting and dismissing, and changing one's mind."""

from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.matches import policies, queries
from marketplace.matches.models import Judgement
from marketplace.matches.states import DismissalReason, JudgementEvent, MatchRefusal, Verdict
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState


def shortlist_concept(session: Session, actor: Actor, *, need: Need, concept: Concept) -> Judgement:
    return _judge(session, actor, need, concept, Verdict.SHORTLISTED)


def dismiss_concept(
    session: Session,
    actor: Actor,
    *,
    need: Need,
    concept: Concept,
    reason: DismissalReason,
    note: str = "",
) -> Judgement:
    """Leave the concept out of this need's matches; it is kept, and can be undone."""
    if reason is DismissalReason.OTHER and not note.strip():
        raise InvalidField("note", MatchRefusal.EXPLAIN_OTHER)
    return _judge(session, actor, need, concept, Verdict.DISMISSED, reason, note)


def undo_judgement(session: Session, actor: Actor, *, need: Need, concept: Concept) -> None:
    _check_may_judge(actor, need)
    standing = queries.standing_judgement(session, need.id, concept.id)
    if standing is None:
        raise NotNow(MatchRefusal.NOTHING_TO_UNDO)
    _undo(session, actor, standing)


def _judge(
    session: Session,
    actor: Actor,
    need: Need,
    concept: Concept,
    verdict: Verdict,
    reason: DismissalReason | None = None,
    note: str = "",
) -> Judgement:
    _check_may_judge(actor, need)
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(MatchRefusal.NEED_NOT_PUBLISHED)
    if concept.state is not ConceptState.PUBLISHED:
        raise NotNow(MatchRefusal.CONCEPT_NOT_PUBLISHED)
    standing = queries.standing_judgement(session, need.id, concept.id)
    if standing is not None:
        if standing.verdict is verdict:
            raise NotNow(MatchRefusal.ALREADY_JUDGED)
        _undo(session, actor, standing)
    judgement = Judgement(
        need_id=need.id,
        concept_id=concept.id,
        person_id=actor.person_id,
        verdict=verdict,
        reason=reason,
        note=note.strip() or None,
        **queries.place_in_ranking(session, need, concept),
    )
    session.add(judgement)
    shortlisted = verdict is Verdict.SHORTLISTED
    event = JudgementEvent.SHORTLISTED if shortlisted else JudgementEvent.DISMISSED
    record(session, actor, event, judgement, reason=reason)
    return judgement


def _undo(session: Session, actor: Actor, standing: Judgement) -> None:
    standing.undone_at, standing.undone_by_id = now(), actor.person_id
    record(session, actor, JudgementEvent.UNDONE, standing)


def _check_may_judge(actor: Actor, need: Need) -> None:
    if not policies.can_judge(actor, need):
        raise NotAllowed(MatchRefusal.UNIT_MEMBERS_ONLY, unit=need.unit.name)
