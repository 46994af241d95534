"""Who may do what with a wish.

Anybody of a unit may take a wish on: what comes of it is a draft, and the unit is not bound before
its leader endorses that. A no is the unit's answer to leadership, so it is the leader's.
"""

from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.core.sight import can_see, municipal_roles
from marketplace.wishes import sights
from marketplace.wishes.models import UnitNo, Wish
from marketplace.wishes.states import WISH_LIFECYCLE, WishMove

READERS = municipal_roles(sights.TEXTS.readers)
COUNTERS = (Role.LEADERSHIP, Role.COORDINATOR)
"""Who sees whose voice the needs of the municipality are."""


def can_raise(actor: Actor, organisation_id: int) -> bool:
    return actor.holds_in_organisation(organisation_id, Role.LEADERSHIP)


def can_withdraw(actor: Actor, wish: Wish) -> bool:
    return can_raise(actor, wish.organisation_id)


def can_read_no(actor: Actor, wish: Wish, no: UnitNo) -> bool:
    """Why a unit said no is for leadership; others see that it did."""
    return can_see(actor, sights.NO, no, sights.around_no(wish, no))


def can_take_on_for(actor: Actor, unit_id: int) -> bool:
    return actor.holds_in_unit(unit_id, *UNIT_ROLES)


def can_say_no_for(actor: Actor, unit_id: int) -> bool:
    return actor.holds_in_unit(unit_id, Role.UNIT_LEADER)


def open_moves(actor: Actor, wish: Wish) -> frozenset[WishMove]:
    """The moves this person could make now: what the page shows links for."""
    here = wish.organisation_id
    answered = {no.unit_id for no in wish.noes}
    may = {
        WishMove.TAKE_ON: actor.holds_in_organisation(here, *UNIT_ROLES),
        WishMove.SAY_NO: actor.holds_in_organisation(here, Role.UNIT_LEADER)
        and bool(actor.unit_ids(Role.UNIT_LEADER) - answered),
        WishMove.WITHDRAW: can_withdraw(actor, wish),
    }
    return frozenset(
        move for move, allowed in may.items() if allowed and WISH_LIFECYCLE.allows(wish.state, move)
    )
