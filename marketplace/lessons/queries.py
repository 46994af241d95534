"""Reading lessons: those of a case for who sees the case, the published ones for everyone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Unit
from marketplace.accounts.states import Language, ServiceArea
from marketplace.core.engine import asked_once
from marketplace.core.errors import NotFound
from marketplace.core.paging import Page, paginate
from marketplace.core.revision import Collection
from marketplace.core.search import search_ids
from marketplace.lessons.models import Lesson
from marketplace.lessons.states import Outcome
from marketplace.matches import queries as matches
from marketplace.matches.texts import Text
from marketplace.needs import queries as needs
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pairings.queries import with_case
from marketplace.pairings.states import Side

SHOWN_BESIDE = 3


@asked_once
def list_lessons(session: Session, pairing_id: int) -> dict[Side, Lesson]:
    """What the sides have written so far; the caller may see the case."""
    statement = select(Lesson).options(joinedload(Lesson.author))
    written = session.scalars(statement.where(Lesson.pairing_id == pairing_id))
    return {lesson.side: lesson for lesson in written}


# ---------------------------------------------------------------- what everyone reads


@dataclass(frozen=True, slots=True)
class PublishedCase:
    """A closed case with the words of both sides: the unit's first."""

    pairing: Pairing
    lessons: Sequence[Lesson]

    @property
    def outcome(self) -> Outcome | None:
        return self.lessons[0].outcome


@dataclass(frozen=True, slots=True)
class LessonFilter:
    words: str = ""
    area: ServiceArea | None = None
    outcome: Outcome | None = None
    language: Language | None = None


def list_published(session: Session, wanted: LessonFilter, page: int) -> Page[Pairing]:
    """Closed cases, closed last first; those that answer the words best first where given."""
    found = _search(session, wanted.words) if wanted.words else []
    conditions = [Pairing.id.in_(select(Lesson.pairing_id).where(*_of_lessons(wanted)))]
    if wanted.words:
        conditions.append(Pairing.id.in_(found))
    if wanted.area is not None:
        within = select(Need.id).join(Need.unit).where(Unit.area == wanted.area)
        conditions.append(Pairing.need_id.in_(within))
    statement = with_case().where(*conditions)
    order = (Pairing.closed_at.desc(), Pairing.id.desc())
    return paginate(session, statement.order_by(*order), page, ranked=found)


def _of_lessons(wanted: LessonFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [Lesson.published_at.is_not(None)]
    if wanted.outcome is not None:
        conditions.append(Lesson.outcome == wanted.outcome)
    if wanted.language is not None:
        conditions.append(Lesson.language == wanted.language)
    return conditions


def get_published(session: Session, pairing_id: int) -> PublishedCase:
    pairing = session.scalars(with_case().where(Pairing.id == pairing_id)).one_or_none()
    lessons = published_of(session, [pairing_id]).get(pairing_id)
    if pairing is None or lessons is None:
        raise NotFound
    return PublishedCase(pairing, lessons)


def published_of(session: Session, pairing_ids: Sequence[int]) -> dict[int, list[Lesson]]:
    """The published lessons of each case, the unit's first."""
    statement = select(Lesson).where(
        Lesson.pairing_id.in_(pairing_ids), Lesson.published_at.is_not(None)
    )
    by_case: dict[int, list[Lesson]] = {}
    for lesson in session.scalars(statement.order_by(Lesson.side.desc(), Lesson.id)):
        by_case.setdefault(lesson.pairing_id, []).append(lesson)
    return by_case


# ---------------------------------------------------------------- found by their words


def _search(session: Session, words: str) -> list[int]:
    return _cases_of(session, search_ids(session, Collection.LESSONS, words))


def list_like_need(session: Session, need: Need) -> list[PublishedCase]:
    """Closed cases whose need resembles this one, closest first."""
    # Both sides of a case may be among the nearest.
    near = matches.texts_like_need(session, Collection.LESSONS, need, 2 * SHOWN_BESIDE)
    wanted = _cases_of(session, near)[:SHOWN_BESIDE]
    cases = session.scalars(with_case().where(Pairing.id.in_(wanted)))
    pairings = {pairing.id: pairing for pairing in cases}
    lessons = published_of(session, wanted)
    return [PublishedCase(pairings[row], lessons[row]) for row in wanted if row in lessons]


def _cases_of(session: Session, lesson_ids: Sequence[int]) -> list[int]:
    """The cases of the lessons, each once, in the order of the first of theirs."""
    statement = select(Lesson.id, Lesson.pairing_id).where(Lesson.id.in_(lesson_ids))
    case_of = {row.id: row.pairing_id for row in session.execute(statement)}
    return list(dict.fromkeys(case_of[each] for each in lesson_ids if each in case_of))


def texts_since(session: Session, revision: int) -> Iterator[Text]:
    """What a lesson is found by: its own words, and those of the need it comes from."""
    for lesson in session.scalars(_newer(revision)):
        need = lesson.pairing.need
        own = (lesson.worked, lesson.did_not_work, lesson.do_differently)
        words = "\n".join((*own, needs.text_of(need)))
        yield Text(lesson.id, lesson.revision, need.title, words, lesson.language.value)


def _newer(revision: int) -> Select[Lesson]:
    return (
        select(Lesson)
        .where(Lesson.revision > revision, Lesson.published_at.is_not(None))
        .options(
            joinedload(Lesson.pairing).joinedload(Pairing.need).selectinload(Need.addenda),
        )
        .order_by(Lesson.revision)
    )
