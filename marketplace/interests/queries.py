"""Reading interests: the owner's own, and those received on a need; never a competitor's."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Select, exists, false, or_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Unit
from marketplace.concepts.models import Concept
from marketplace.concepts.queries import owned_by
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.clock import today
from marketplace.core.db import one_or_404
from marketplace.core.paging import Page, paginate
from marketplace.core.registry import Registry
from marketplace.core.rules import in_sql, of
from marketplace.interests.awaited import stands
from marketplace.interests.models import Interest
from marketplace.interests.policies import READERS
from marketplace.interests.states import InterestState
from marketplace.needs.awaited import stands_after_its_deadline
from marketplace.needs.models import Need


def visible_to(actor: Actor) -> ColumnElement[bool]:
    return or_(_own(actor), _received(actor))


def _own(actor: Actor) -> ColumnElement[bool]:
    return Interest.concept_id.in_(select(Concept.id).where(owned_by(actor)))


def _received(actor: Actor) -> ColumnElement[bool]:
    units = sorted(actor.unit_ids(*UNIT_ROLES))
    municipalities = sorted(actor.organisation_ids(*READERS))
    if not units and not municipalities:
        return false()
    inside = or_(Unit.id.in_(units), Unit.organisation_id.in_(municipalities))
    asked = exists().where(Need.id == Interest.need_id, Unit.id == Need.unit_id, inside)
    # The interest's own need and unit, whatever the statement around it is about.
    return asked.correlate(Interest)


def concepts_received(actor: Actor) -> ColumnElement[bool]:
    """The concepts that somebody of a municipality reads because they answer its need."""
    return Concept.id.in_(select(Interest.concept_id).where(_received(actor)))


def _in_need() -> Select[Interest]:
    """For those who have the need."""
    return select(Interest).options(
        joinedload(Interest.concept).joinedload(Concept.organisation), joinedload(Interest.person)
    )


def _whole() -> Select[Interest]:
    need = joinedload(Interest.need).joinedload(Need.unit).joinedload(Unit.organisation)
    return _in_need().options(need)


def get_interest(session: Session, actor: Actor, interest_id: int) -> Interest:
    statement = _whole().options(joinedload(Interest.declined_by))
    statement = statement.where(Interest.id == interest_id, visible_to(actor))
    return one_or_404(session, statement)


def standing_interest(session: Session, need_id: int, concept_id: int) -> Interest | None:
    """The one interest that now stands between a need and a concept."""
    statement = _whole().where(
        Interest.need_id == need_id,
        Interest.concept_id == concept_id,
        in_sql(stands(of(Interest))),
    )
    return session.scalars(statement).one_or_none()


def list_own_interests(session: Session, actor: Actor, page: int) -> Page[Interest]:
    """All interests of the actor's organisations, the newest first."""
    newest = (Interest.registered_at.desc(), Interest.id.desc())
    return paginate(session, _whole().where(_own(actor)).order_by(*newest), page)


def list_interests_for_need(session: Session, actor: Actor, need: Need) -> Sequence[Interest]:
    """The standing interests in a need that the actor may see: first come, first shown."""
    statement = _in_need().where(
        Interest.need_id == need.id, in_sql(stands(of(Interest))), visible_to(actor)
    )
    return session.scalars(statement.order_by(Interest.registered_at, Interest.id)).all()


def list_answers_to_need(session: Session, actor: Actor, need: Need) -> Sequence[Interest]:
    """Those that stand, and those that the unit has said no to; never what was withdrawn."""
    answered = or_(in_sql(stands(of(Interest))), Interest.state == InterestState.DECLINED)
    statement = _in_need().where(Interest.need_id == need.id, answered, visible_to(actor))
    return session.scalars(statement.order_by(Interest.registered_at, Interest.id)).all()


Holds = Callable[[Session, Interest], bool]
HOLDERS: Registry[Holds] = Registry()
"""What a later stage has made of an interest, so that neither side ends it by itself."""


def is_held(session: Session, interest: Interest) -> bool:
    return any(holds(session, interest) for holds in HOLDERS)


def needs_answered(actor: Actor) -> ColumnElement[bool]:
    """The needs that this person's organisations have a standing interest in."""
    owned = Concept.organisation_id.in_(sorted(actor.organisation_ids(Role.ENTREPRENEUR)))
    answered = (
        select(Interest.need_id).join(Interest.concept).where(owned, in_sql(stands(of(Interest))))
    )
    return Need.id.in_(answered)


# ---------------------------------------------------------------- when the time to answer is over

NEWS_FOR = timedelta(days=30)
"""A worker that was away for longer, or data brought in from elsewhere, is no news to anybody."""


def find_deadlines_passed(session: Session) -> Iterable[tuple[int, date]]:
    """Needs that stopped taking interests, and the first day on which they did not."""
    statement = select(Need.id, Need.interests_close_on).where(
        in_sql(stands_after_its_deadline(of(Need))),
        Need.interests_close_on >= today() - NEWS_FOR,
    )
    rows = session.execute(statement.order_by(Need.interests_close_on, Need.id))
    return [(need_id, last + timedelta(1)) for need_id, last in rows if last is not None]


def titles_of_answers(session: Session, need: Need) -> list[str]:
    statement = (
        select(Concept.title)
        .join(Interest, Interest.concept_id == Concept.id)
        .where(Interest.need_id == need.id, in_sql(stands(of(Interest))))
        .order_by(Interest.registered_at, Interest.id)
    )
    return list(session.scalars(statement))
