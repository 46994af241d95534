"""Following a need, a unit or a search, and ceasing to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, Unit
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.needs.models import Need
from marketplace.needs.queries import NeedFilter
from marketplace.needs.states import NeedState
from marketplace.news import queries
from marketplace.news.models import Follow, SavedSearch
from marketplace.news.states import NewsEvent, NewsRefusal

MOST_SEARCHES = 20
"""Each is made once more for every need that is published."""


def follow_need(session: Session, actor: Actor, *, need: Need) -> Follow:
    """Only what is published: what is added to it then is for everybody."""
    if need.state is not NeedState.PUBLISHED:
        raise NotNow(NewsRefusal.NEED_NOT_OPEN)
    return _follow(session, actor, Follow(need_id=need.id))


def follow_unit(session: Session, actor: Actor, *, unit: Unit) -> Follow:
    return _follow(session, actor, Follow(unit_id=unit.id))


def _follow(session: Session, actor: Actor, follow: Follow) -> Follow:
    follow.person_id = _hold(session, actor)
    if queries.find_follow(session, actor, follow.need_id, follow.unit_id) is not None:
        raise NotNow(NewsRefusal.ALREADY_FOLLOWED)
    refuse_too_many(session, actor, NewsEvent.FOLLOWED)
    session.add(follow)
    record(session, actor, NewsEvent.FOLLOWED, follow)
    return follow


def end_follow(session: Session, actor: Actor, *, follow: Follow) -> None:
    follow.ended_at = now()
    record(session, actor, NewsEvent.FOLLOW_ENDED, follow)


def save_search(session: Session, actor: Actor, *, wanted: NeedFilter) -> SavedSearch:
    search = queries.search_of(wanted)
    search.person_id = _hold(session, actor)
    if not search.narrows:
        raise NotNow(NewsRefusal.NOTHING_SEARCHED)
    saved = queries.list_searches(session, actor)
    if any(other.asks == search.asks for other in saved):
        raise NotNow(NewsRefusal.ALREADY_SAVED)
    if len(saved) >= MOST_SEARCHES:
        raise NotNow(NewsRefusal.TOO_MANY_SEARCHES, most=MOST_SEARCHES)
    refuse_too_many(session, actor, NewsEvent.SEARCH_SAVED)
    session.add(search)
    record(session, actor, NewsEvent.SEARCH_SAVED, search)
    return search


def end_search(session: Session, actor: Actor, *, search: SavedSearch) -> None:
    search.ended_at = now()
    record(session, actor, NewsEvent.SEARCH_ENDED, search)


def _hold(session: Session, actor: Actor) -> int:
    """Requests of one person take turns, so that nothing is saved twice."""
    if actor.person_id is None:
        raise NotAllowed(NewsRefusal.SIGN_IN_FIRST)
    own = select(Person.id).where(Person.id == actor.person_id)
    return session.scalars(own.with_for_update(key_share=True)).one()
