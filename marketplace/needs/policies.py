"""Who may do what with a need. When it may be done stands in the transition table."""

from marketplace.core import sight
from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.needs import sights
from marketplace.needs.awaited import wrote
from marketplace.needs.models import Need
from marketplace.needs.states import (
    EDITABLE,
    ENDORSABLE,
    NEED_LIFECYCLE,
    NeedMove,
    NeedState,
)

REVIEW_READERS = sight.municipal_roles(sights.FOR_THE_MUNICIPALITY)
"""Those of a municipality, outside the unit, who read a need once it has been sent to review."""


def can_write_in(actor: Actor, unit_id: int) -> bool:
    return actor.holds_in_unit(unit_id, *UNIT_ROLES)


def can_write(actor: Actor, need: Need) -> bool:
    return can_write_in(actor, need.unit_id)


def can_endorse(actor: Actor, need: Need) -> bool:
    return actor.holds_in_unit(need.unit_id, Role.UNIT_LEADER)


def can_review(actor: Actor, need: Need) -> bool:
    return actor.holds_in_organisation(need.unit.organisation_id, Role.COORDINATOR)


def is_author(actor: Actor, need: Need) -> bool:
    return wrote(actor.person_id, need)


def can_publish(actor: Actor, need: Need) -> bool:
    """A coordinator does not publish what they wrote themselves."""
    return can_review(actor, need) and not is_author(actor, need)


def can_close(actor: Actor, need: Need) -> bool:
    return can_endorse(actor, need) or can_review(actor, need)


def can_see(actor: Actor, need: Need) -> bool:
    """What `queries.visible_to` says in SQL, for one row."""
    return sight.can_see(actor, sights.TEXTS, need, sights.around(need))


def can_see_inside(actor: Actor, need: Need) -> bool:
    """Who sees what is not public: names, review comments, the whole history."""
    return sight.can_see(actor, sights.REVIEW_COMMENT, need, sights.around(need))


def open_moves(actor: Actor, need: Need) -> frozenset[NeedMove]:
    """The moves this person could make now: what the page shows buttons for."""
    may = {
        NeedMove.SUBMIT: can_write(actor, need),
        NeedMove.ASK_FOR_CHANGES: can_review(actor, need),
        NeedMove.REFUSE: can_endorse(actor, need),
        NeedMove.TAKE_BACK: can_write(actor, need),
        NeedMove.PUBLISH: can_publish(actor, need),
        NeedMove.CLOSE: can_close(actor, need),
    }
    return frozenset(
        move for move, allowed in may.items() if allowed and NEED_LIFECYCLE.allows(need.state, move)
    )


def can_edit_now(actor: Actor, need: Need) -> bool:
    return can_write(actor, need) and need.state in EDITABLE


def can_endorse_now(actor: Actor, need: Need) -> bool:
    return can_endorse(actor, need) and need.state in ENDORSABLE and need.endorsed_at is None


def can_add_now(actor: Actor, need: Need) -> bool:
    return can_write(actor, need) and need.state is NeedState.PUBLISHED
