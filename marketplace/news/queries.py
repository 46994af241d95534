"""What is to be looked at, and which pairs are news to nobody."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, select, union
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationState
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.clock import NORWAY, now
from marketplace.interests.models import Interest
from marketplace.matches.index import concepts_index, open_needs_index
from marketplace.matches.models import Judgement
from marketplace.matches.states import Verdict
from marketplace.news.models import NewText, ToldMatch
from marketplace.news.states import ToldStrength
from marketplace.pairings.models import Pairing

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
            Organisation.state == OrganisationState.APPROVED,
        )
    )
    return session.scalars(statement).one_or_none()


def known_pairs(session: Session, column: str, row_id: int) -> set[Pair]:
    """Pairs of a need or of a concept that have found each other: answered, or proposed."""
    found = union(
        *(
            select(model.need_id, model.concept_id).where(_is(model, column, row_id))
            for model in (Interest, Pairing)
        )
    )
    return {(need_id, concept_id) for need_id, concept_id in session.execute(found)}


def dismissed_needs(session: Session, concept_id: int) -> set[int]:
    """The needs whose units have laid the concept aside."""
    statement = select(Judgement.need_id).where(
        Judgement.concept_id == concept_id,
        Judgement.verdict == Verdict.DISMISSED,
        Judgement.undone_at.is_(None),
    )
    return set(session.scalars(statement))


def _is(model: type[Interest | Pairing], column: str, row_id: int) -> ColumnElement[bool]:
    of: ColumnElement[bool] = getattr(model, column) == row_id
    return of


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
