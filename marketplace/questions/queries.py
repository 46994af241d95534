"""Reading questions: answered ones are for all, the others for asker, unit and coordinators."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.awaited import is_approved
from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.clock import today
from marketplace.core.db import one_or_404
from marketplace.core.paging import Page, paginate
from marketplace.core.rules import in_sql, of
from marketplace.needs.models import Need
from marketplace.questions.awaited import awaited_on, awaits_answer
from marketplace.questions.models import Question
from marketplace.questions.states import QuestionState

_WAITING = in_sql(awaits_answer(of(Question)))
OVERDUE_AFTER = timedelta(days=7)
"""From the day a question should have been answered until the coordinators are told."""

# ---------------------------------------------------------------- who sees what


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return or_(Question.state == QuestionState.ANSWERED, _own(actor), followed_up_by(actor))


def _own(actor: Actor) -> ColumnElement[bool]:
    return Question.asker_id == (actor.person_id or 0)


def followed_up_by(actor: Actor) -> ColumnElement[bool]:
    """Those on needs of the actor's units, or of a municipality the actor coordinates."""
    units = sorted(actor.unit_ids(*UNIT_ROLES))
    municipalities = sorted(actor.organisation_ids(Role.COORDINATOR))
    inside = or_(Unit.id.in_(units), Unit.organisation_id.in_(municipalities))
    return Question.need_id.in_(select(Need.id).join(Need.unit).where(inside))


def _with_answer() -> Select[Question]:
    """For those who have the need."""
    return select(Question).options(selectinload(Question.additions))


def _whole() -> Select[Question]:
    need = joinedload(Question.need).joinedload(Need.unit).joinedload(Unit.organisation)
    return _with_answer().options(need)


# ---------------------------------------------------------------- one, and many


def get_question(session: Session, actor: Actor, question_id: int) -> Question:
    statement = _whole().where(Question.id == question_id, visible_to(actor))
    return one_or_404(session, statement)


def list_questions_of_need(session: Session, actor: Actor, need: Need) -> Sequence[Question]:
    """All that the actor may see, in the order in which they were asked."""
    statement = _with_answer().where(Question.need_id == need.id, visible_to(actor))
    return session.scalars(statement.order_by(Question.asked_at, Question.id)).all()


def list_waiting(session: Session, actor: Actor, page: int) -> Page[Question]:
    """What the actor's units or municipalities have not answered, the most urgent first."""
    statement = _whole().where(_WAITING, followed_up_by(actor))
    return paginate(session, statement.order_by(Question.due_on, Question.id), page)


def list_own_questions(session: Session, actor: Actor, page: int) -> Page[Question]:
    """What the actor has asked, the newest first."""
    newest = (Question.asked_at.desc(), Question.id.desc())
    return paginate(session, _whole().where(_own(actor)).order_by(*newest), page)


# ---------------------------------------------------------------- what the rules ask


def asks_for_an_approved_organisation(session: Session, actor: Actor) -> bool:
    own = Organisation.id.in_(sorted(actor.organisation_ids(Role.ENTREPRENEUR)))
    approved = in_sql(is_approved(of(Organisation)))
    return session.scalar(select(Organisation.id).where(own, approved).limit(1)) is not None


def waits_already(session: Session, actor: Actor, need: Need, text: str) -> bool:
    """Whether the same person has just asked the same."""
    statement = select(Question.id).where(
        Question.need_id == need.id,
        _own(actor),
        _WAITING,
        Question.text == text,
    )
    return session.scalar(statement.limit(1)) is not None


def list_waiting_on(session: Session, need: Need) -> Sequence[Question]:
    statement = _whole().where(Question.need_id == need.id, _WAITING)
    return session.scalars(statement.order_by(Question.id)).all()


# ---------------------------------------------------------------- by the clock


def find_due(session: Session) -> Iterable[tuple[int, date]]:
    """Questions without an answer on their day, and that day."""
    return _waiting_since(session, today())


def find_overdue(session: Session) -> Iterable[tuple[int, date]]:
    """Questions that still have no answer a week later, and the day on which that was."""
    late = _waiting_since(session, today() - OVERDUE_AFTER)
    return [(question_id, due_on + OVERDUE_AFTER) for question_id, due_on in late]


def _waiting_since(session: Session, day: date) -> list[tuple[int, date]]:
    late = in_sql(awaited_on(of(Question), day))
    statement = select(Question.id, Question.due_on).where(late)
    rows = session.execute(statement.order_by(Question.due_on, Question.id))
    return [(question_id, due_on) for question_id, due_on in rows]


def get_waiting(session: Session, question_id: int) -> Question | None:
    """The question where it still waits; nobody answers it before this commits."""
    statement = (
        select(Question)
        .where(Question.id == question_id, _WAITING)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.scalars(statement).one_or_none()


# ---------------------------------------------------------------- who is told


def askers(session: Session, need: Need) -> set[int]:
    """Whoever has asked about the need follows it."""
    asked = select(Question.asker_id).where(Question.need_id == need.id)
    return set(session.scalars(select(Person.id).where(Person.active, Person.id.in_(asked))))


def needs_asked_about(actor: Actor) -> ColumnElement[bool]:
    return Need.id.in_(select(Question.need_id).where(Question.asker_id == (actor.person_id or 0)))
