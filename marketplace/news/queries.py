"""What is to be looked at, which pairs are news to nobody, and what people follow."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from marketplace.accounts.awaited import is_approved
from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor
from marketplace.core.clock import NORWAY, now
from marketplace.core.db import one_or_404
from marketplace.core.revision import Collection
from marketplace.core.rules import in_sql, of
from marketplace.core.search import search_ids
from marketplace.core.target_groups import is_for
from marketplace.matches.index import concepts_index, open_needs_index
from marketplace.needs.models import Need
from marketplace.needs.queries import NeedFilter
from marketplace.needs.states import PUBLIC
from marketplace.news.models import Follow, NewText, SavedSearch, ToldMatch
from marketplace.news.states import ToldStrength

LONGEST_WORDS = 200
NEWS_FOR = timedelta(days=30)
"""A worker that was away for longer has no news to bring."""

Pair = tuple[int, int]
"""A need and a concept, by their ids."""


def find_new_texts(session: Session) -> Iterable[tuple[int, date]]:
    """What nobody has looked at yet, oldest first, with the day it is of."""
    statement = (
        select(NewText.id, NewText.noted_at)
        .where(
            NewText.looked_at.is_(None),
            NewText.noted_at <= now(),
            NewText.noted_at > now() - NEWS_FOR,
        )
        .order_by(NewText.noted_at, NewText.id)
    )
    found = [(row_id, at.astimezone(NORWAY).date()) for row_id, at in session.execute(statement)]
    if found:
        _catch_up(session)
    return found


def _catch_up(session: Session) -> None:
    """Here, where no transaction writes: a fresh process may have much to read."""
    for index in (concepts_index(session), open_needs_index(session)):
        with index.opened(session):
            pass


def get_new_text(session: Session, row_id: int) -> NewText:
    return session.get_one(NewText, row_id)


def find_published_concept(session: Session, concept_id: int) -> Concept | None:
    """While it is for others to read, of an organisation that is approved."""
    statement = (
        select(Concept)
        .join(Organisation, Organisation.id == Concept.organisation_id)
        .where(
            Concept.id == concept_id,
            Concept.state == ConceptState.PUBLISHED,
            in_sql(is_approved(of(Organisation))),
        )
    )
    return session.scalars(statement).one_or_none()


def search_of(wanted: NeedFilter) -> SavedSearch:
    """All that narrows: order and state are of the list alone."""
    return SavedSearch(
        words=wanted.words[:LONGEST_WORDS],
        area=wanted.area,
        budget_status=wanted.budget_status,
        organisation_id=wanted.municipality_id,
        age=wanted.age,
        group=wanted.group,
    )


def is_told_stronger(session: Session, pair: Pair, strength: ToldStrength) -> bool:
    """Whether people were told of the pair when it was stronger than now."""
    stronger = list(ToldStrength)[list(ToldStrength).index(strength) + 1 :]
    need_id, concept_id = pair
    statement = select(ToldMatch.id).where(
        ToldMatch.need_id == need_id,
        ToldMatch.concept_id == concept_id,
        ToldMatch.strength.in_(stronger),
    )
    return session.scalar(statement.limit(1)) is not None


def get_told(session: Session, pair: Pair, strength: ToldStrength) -> ToldMatch:
    need_id, concept_id = pair
    statement = select(ToldMatch).where(
        ToldMatch.need_id == need_id,
        ToldMatch.concept_id == concept_id,
        ToldMatch.strength == strength,
    )
    return session.scalars(statement).one()


# ---------------------------------------------------------------- what people follow


def list_follows(session: Session, actor: Actor) -> Sequence[Follow]:
    """The actor's own, the newest first; a need that is not public any more is left out."""
    statement = (
        select(Follow)
        .outerjoin(Follow.need)
        .options(
            contains_eager(Follow.need).joinedload(Need.unit),
            joinedload(Follow.unit).joinedload(Unit.organisation),
        )
        .where(_own(Follow, actor), or_(Follow.need_id.is_(None), Need.state.in_(PUBLIC)))
    )
    return session.scalars(statement.order_by(Follow.id.desc())).all()


def get_follow(session: Session, actor: Actor, follow_id: int) -> Follow:
    return one_or_404(session, select(Follow).where(Follow.id == follow_id, _own(Follow, actor)))


def find_follow(
    session: Session, actor: Actor, need_id: int | None, unit_id: int | None
) -> Follow | None:
    statement = select(Follow).where(
        _own(Follow, actor),
        Follow.need_id.is_not_distinct_from(need_id),
        Follow.unit_id.is_not_distinct_from(unit_id),
    )
    return session.scalars(statement).one_or_none()


def list_searches(session: Session, actor: Actor) -> Sequence[SavedSearch]:
    statement = (
        select(SavedSearch)
        .options(joinedload(SavedSearch.organisation))
        .where(_own(SavedSearch, actor))
    )
    return session.scalars(statement.order_by(SavedSearch.id.desc())).all()


def get_search(session: Session, actor: Actor, search_id: int) -> SavedSearch:
    own = _own(SavedSearch, actor)
    return one_or_404(session, select(SavedSearch).where(SavedSearch.id == search_id, own))


def _own(model: type[Follow | SavedSearch], actor: Actor) -> ColumnElement[bool]:
    return and_(model.person_id == actor.person_id, model.ended_at.is_(None))


def needs_followed(actor: Actor) -> ColumnElement[bool]:
    """For the actor's calendar."""
    return Need.id.in_(select(Follow.need_id).where(_own(Follow, actor), Follow.need_id > 0))


def followers_of_need(session: Session, need: Need) -> set[int]:
    """Who is told of what is added to the need."""
    return _following(session, Follow.need_id == need.id)


def followers_of_news(session: Session, need: Need) -> set[int]:
    """Who is told that the need is there: by its unit, or by what they look for."""
    found = _following(session, Follow.unit_id == need.unit_id)
    by_words: dict[str, set[int]] = {}
    for words, person_id in session.execute(_searches_for(need)):
        by_words.setdefault(words, set()).add(person_id)
    for words, people in by_words.items():
        if not words or need.id in search_ids(session, Collection.NEEDS, words, lambda: [need.id]):
            found |= people
    return found


def _following(session: Session, condition: ColumnElement[bool]) -> set[int]:
    statement = (
        select(Follow.person_id)
        .join(Person, Person.id == Follow.person_id)
        .where(Person.active, Follow.ended_at.is_(None), condition)
    )
    return set(session.scalars(statement))


def _searches_for(need: Need) -> Select[str, int]:
    """Words and people of the searches that the need fits, but for the words."""
    asked = (
        (SavedSearch.area, need.unit.area),
        (SavedSearch.budget_status, need.budget_status),
        (SavedSearch.organisation_id, need.unit.organisation_id),
    )
    return (
        select(SavedSearch.words, SavedSearch.person_id)
        .join(Person, Person.id == SavedSearch.person_id)
        .join(Need, Need.id == need.id)
        .where(
            Person.active,
            SavedSearch.ended_at.is_(None),
            *is_for(Need, SavedSearch.age, SavedSearch.group),
            *(or_(column.is_(None), column == value) for column, value in asked),
        )
    )
