"""The only place that changes wishes."""

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.states import Language, ServiceArea
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.limits import refuse_too_many
from marketplace.core.outbox import tell
from marketplace.core.reactions import run_reactions
from marketplace.core.texts import expect_text
from marketplace.needs.models import Need
from marketplace.needs.services import writing
from marketplace.needs.states import RaisedBy
from marketplace.wishes import policies, queries
from marketplace.wishes.models import UnitNo, Wish, WishAddressee
from marketplace.wishes.states import (
    WISH_LIFECYCLE,
    WishEvent,
    WishMove,
    WishRefusal,
    WishState,
    WishTopic,
)
from marketplace.wishes.told import WishTold

# ---------------------------------------------------------------- leadership wishes


def raise_wish(
    session: Session,
    actor: Actor,
    *,
    municipality: Organisation,
    title: str,
    what: str,
    why: str,
    area: ServiceArea | None = None,
    units: Sequence[Unit] = (),
    language: Language = Language.BOKMAL,
) -> Wish:
    expect_may_raise(actor, municipality)
    if any(unit.organisation_id != municipality.id for unit in units):
        raise InvalidField("units", WishRefusal.UNIT_OUTSIDE_MUNICIPALITY)
    refuse_too_many(session, actor, WishEvent.RAISED)
    wish = Wish(organisation=municipality, author_id=actor.person_id, area=area, language=language)
    wish.title = expect_text("title", title, WishRefusal.TEXT_MISSING)
    wish.what = expect_text("what", what, WishRefusal.TEXT_MISSING)
    wish.why = expect_text("why", why, WishRefusal.TEXT_MISSING)
    wish.state, wish.raised_at, wish.updated_at = WishState.OPEN, now(), now()
    wish.addressees = [WishAddressee(unit=unit) for unit in units]
    session.add(wish)
    addressed = {"units": [unit.id for unit in units]}
    event = record(session, actor, WishEvent.RAISED, wish, extra=addressed)
    meant = queries.leaders_of(session, [unit.id for unit in units])
    others = queries.leaders_around(session, wish) - meant
    _tell(session, meant, WishTopic.RAISED_TO_YOU, event, wish)
    _tell(session, others if not units else (), WishTopic.RAISED, event, wish)
    return wish


def expect_may_raise(actor: Actor, municipality: Organisation) -> None:
    if not policies.can_raise(actor, municipality.id):
        raise NotAllowed(WishRefusal.LEADERSHIP_ONLY)


def withdraw_wish(session: Session, actor: Actor, *, wish: Wish, version: int, reason: str) -> None:
    wish.expect_version(version)
    expect_may_withdraw(actor, wish)
    reason = reason.strip()
    WISH_LIFECYCLE.make(wish, WishMove.WITHDRAW, reason=reason)
    wish.withdrawn_by_id, wish.withdrawal_reason = actor.person_id, reason
    wish.withdrawn_at = wish.updated_at = now()
    event = record(session, actor, WishEvent.WITHDRAWN, wish, reason=reason)
    _tell(session, _asked(session, wish), WishTopic.WITHDRAWN, event, wish, reason=reason)


def expect_may_withdraw(actor: Actor, wish: Wish) -> None:
    if not policies.can_withdraw(actor, wish):
        raise NotAllowed(WishRefusal.LEADERSHIP_ONLY)


# ---------------------------------------------------------------- units answer


def take_on_wish(session: Session, actor: Actor, *, wish: Wish, version: int, unit: Unit) -> Need:
    """Make a draft of it: from here on it is the unit's need, to write on and to endorse."""
    wish.expect_version(version)
    expect_may_answer(actor, wish, WishMove.TAKE_ON)
    _expect_own(wish, unit, allowed=policies.can_take_on_for(actor, unit.id))
    WISH_LIFECYCLE.check(wish.state, WishMove.TAKE_ON)
    need = _draft(session, actor, wish, unit)
    WISH_LIFECYCLE.make(wish, WishMove.TAKE_ON)
    wish.taken_on_by_id, wish.unit, wish.need = actor.person_id, unit, need
    wish.taken_on_at = wish.updated_at = now()
    event = record(session, actor, WishEvent.TAKEN_ON, wish)
    told = _leadership(session, wish) | queries.leaders_of(session, [unit.id])
    _tell(session, told, WishTopic.TAKEN_ON, event, wish)
    run_reactions(session, actor, WishEvent.TAKEN_ON, wish)
    return need


def _draft(session: Session, actor: Actor, wish: Wish, unit: Unit) -> Need:
    need = writing.create_need(session, actor, unit=unit, title=wish.title, language=wish.language)
    fields = {"problem": f"{wish.what}\n\n{wish.why}", "raised_by": RaisedBy.LEADERSHIP}
    writing.save_need(session, actor, need=need, version=need.version, fields=fields)
    return need


def say_no_to_wish(
    session: Session, actor: Actor, *, wish: Wish, version: int, unit: Unit, reason: str
) -> UnitNo:
    """One unit's answer; leadership sees it, and the wish stays open to the others."""
    wish.expect_version(version)
    expect_may_answer(actor, wish, WishMove.SAY_NO)
    _expect_own(wish, unit, allowed=policies.can_say_no_for(actor, unit.id), by_leader=True)
    WISH_LIFECYCLE.check(wish.state, WishMove.SAY_NO)
    if any(no.unit_id == unit.id for no in wish.noes):
        raise NotNow(WishRefusal.ALREADY_SAID_NO, unit=unit.name)
    reason = reason.strip()
    WISH_LIFECYCLE.make(wish, WishMove.SAY_NO, reason=reason)
    no = UnitNo(unit=unit, person_id=actor.person_id, at=now(), reason=reason)
    wish.noes.append(no)
    wish.updated_at = now()
    said = {"unit_id": unit.id}
    event = record(session, actor, WishEvent.UNIT_SAID_NO, wish, reason=reason, extra=said)
    _tell(session, _leadership(session, wish), WishTopic.UNIT_SAID_NO, event, wish, reason=reason)
    return no


def expect_may_answer(actor: Actor, wish: Wish, move: WishMove) -> None:
    """Refuse whoever answers for no unit of the municipality."""
    leads = actor.holds_in_organisation(wish.organisation_id, Role.UNIT_LEADER)
    works = leads or actor.holds_in_organisation(wish.organisation_id, Role.UNIT_MEMBER)
    if not works:
        raise NotAllowed(WishRefusal.UNIT_MEMBERS_ONLY)
    if move is WishMove.SAY_NO and not leads:
        raise NotAllowed(WishRefusal.UNIT_LEADERS_ONLY)


def _expect_own(wish: Wish, unit: Unit, *, allowed: bool, by_leader: bool = False) -> None:
    if unit.organisation_id != wish.organisation_id:
        raise InvalidField("unit_id", WishRefusal.UNIT_OUTSIDE_MUNICIPALITY)
    if not allowed:
        raise NotAllowed(
            WishRefusal.UNIT_LEADERS_ONLY if by_leader else WishRefusal.UNIT_MEMBERS_ONLY
        )


# ---------------------------------------------------------------- what comes of it


def note_publishing(session: Session, actor: Actor, need: Need) -> None:
    """Whoever wished for it is told when the need that came of it is published."""
    wish = queries.wish_behind(session, need)
    if wish is None:
        return
    event = record(session, actor, WishEvent.NEED_PUBLISHED, wish)
    _tell(session, _leadership(session, wish), WishTopic.NEED_PUBLISHED, event, wish)


# ---------------------------------------------------------------- shared steps


def _leadership(session: Session, wish: Wish) -> set[int]:
    return queries.leadership_of(session, wish.organisation_id)


def _asked(session: Session, wish: Wish) -> set[int]:
    """The leaders who were told of the wish, and those who have answered it."""
    named = {addressee.unit_id for addressee in wish.addressees}
    told = queries.leaders_of(session, named) if named else queries.leaders_around(session, wish)
    return told | {no.person_id for no in wish.noes}


def _tell(
    session: Session,
    people: Iterable[int],
    topic: WishTopic,
    event: AuditEvent,
    wish: Wish,
    reason: str | None = None,
) -> None:
    told = WishTold(wish_id=wish.id, title=wish.title, reason=reason)
    tell(session, people, topic, event, told)
