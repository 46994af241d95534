"""What needs wait for: of one need, or in SQL (`core.rules`)."""

from datetime import datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select

from marketplace.accounts.models import Unit
from marketplace.core.audit import AuditEvent
from marketplace.core.awaited import NOBODY, PERSON, Awaited, Follower, Party, columns
from marketplace.core.clock import NORWAY, today
from marketplace.core.rules import before, given, in_sql, missing, of, one_of, opposite, same
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import JOINABLE, SENT_BACK, NeedState, NeedTask, ParticipationState


def answers_are_over(need: Need) -> bool:
    """The day of the deadline is the last on which entrepreneurs may answer."""
    return before(need.interests_close_on, today())


def takes_answers(need: Need) -> bool:
    return (need.state == NeedState.PUBLISHED) & opposite(answers_are_over(need))


def stands_after_its_deadline(need: Need) -> bool:
    return (need.state == NeedState.PUBLISHED) & answers_are_over(need)


def questions_are_over(need: Need) -> bool:
    """The day of the deadline is the last on which entrepreneurs may ask."""
    return before(need.questions_close_on, today())


def takes_questions(need: Need) -> bool:
    return (need.state == NeedState.PUBLISHED) & opposite(questions_are_over(need))


def awaits_changes(need: Need) -> bool:
    return need.state == NeedState.NEEDS_CHANGES


def awaits_endorsement(need: Need) -> bool:
    """By the unit's leader; one who reads it earlier may give it before it is sent to review."""
    return (need.state == NeedState.IN_REVIEW) & missing(need.endorsed_at)


def awaits_review(need: Need) -> bool:
    """By a coordinator, once a leader of the unit stands behind it."""
    return (need.state == NeedState.IN_REVIEW) & given(need.endorsed_at)


def awaits_own_leader(participation: NeedParticipation, need: Need) -> bool:
    """A unit that has been brought into the need of another, until its own leader answers."""
    asked = participation.state == ParticipationState.ASKED
    return asked & one_of(need.state, JOINABLE)


def wrote(person: object, need: Need) -> bool:
    """A coordinator does not publish what they wrote themselves."""
    return same(need.author_id, person)


# ---------------------------------------------------------------- what waits for whom


def of_needs(since: Any) -> Select[Any]:
    return select(*columns_of_need(Need.id, since, Need.author_id)).join_from(Need, Unit)


def columns_of_need(
    subject_id: Any, since: Any, person: Any = NOBODY, **others: Any
) -> tuple[ColumnElement[Any], ...]:
    unit = {"unit": Unit.id, "municipality": Unit.organisation_id}
    return columns(subject_id, since, person, need=Need.id, **unit, **others)


def _draft() -> Select[Any]:
    """From the day after it was written on."""
    midnight = datetime.combine(today(), time.min, NORWAY)
    draft = (Need.state == NeedState.DRAFT, Need.updated_at < midnight)
    return of_needs(Need.updated_at).where(*draft)


def _changes() -> Select[Any]:
    """Since they were asked for last; writing since then does not make the wait shorter."""
    asked = select(func.max(AuditEvent.at)).where(
        AuditEvent.subject_type == Need.__name__,
        AuditEvent.subject_id == Need.id,
        AuditEvent.event.in_(list(map(str, SENT_BACK))),
    )
    since = func.coalesce(asked.correlate(Need).scalar_subquery(), Need.updated_at)
    return of_needs(since).where(in_sql(awaits_changes(of(Need))))


_SENT = func.coalesce(Need.submitted_at, Need.updated_at)


def _endorsement() -> Select[Any]:
    return of_needs(_SENT).where(in_sql(awaits_endorsement(of(Need))))


def _review() -> Select[Any]:
    ready = case((Need.endorsed_at > _SENT, Need.endorsed_at), else_=_SENT)
    return of_needs(ready).where(in_sql(awaits_review(of(Need))))


def _not_by_its_author() -> ColumnElement[bool]:
    return in_sql(opposite(wrote(PERSON, of(Need))))


def _joining() -> Select[Any]:
    return (
        select(*columns_of_need(Need.id, NeedParticipation.asked_at))
        .select_from(NeedParticipation)
        .join(Need, Need.id == NeedParticipation.need_id)
        .join(Unit, Unit.id == NeedParticipation.unit_id)
        .where(in_sql(awaits_own_leader(of(NeedParticipation), of(Need))))
    )


AWAITED = (
    Awaited(NeedTask.DRAFT, Party.AUTHOR, _draft, queued=False),
    Awaited(NeedTask.CHANGES, Party.UNIT, _changes),
    Awaited(NeedTask.ENDORSEMENT, Party.UNIT_LEADER, _endorsement),
    Awaited(NeedTask.JOINING, Party.UNIT_LEADER, _joining),
    Awaited(
        NeedTask.REVIEW,
        Party.COORDINATOR,
        _review,
        followed_by=frozenset({Follower.COORDINATORS}),
        coordinator_may=_not_by_its_author,
    ),
)
