"""Who may bring another unit into a need, stand behind that, and take it out again.

The need's own unit is told and not asked: a municipality's services share their problems, and each
unit answers only for its own hours. Asking binds nobody, so anybody of the unit may; standing
behind it is the leader's, as it is for the need itself.
"""

from marketplace.core.actor import UNIT_ROLES, Actor, Role
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.policies import can_review, can_write
from marketplace.needs.states import (
    JOINABLE,
    PARTICIPATION_LIFECYCLE,
    ParticipationMove,
    ParticipationState,
)

STANDING = frozenset({ParticipationState.ASKED, ParticipationState.ENDORSED})


def can_ask_for(actor: Actor, unit_id: int) -> bool:
    return actor.holds_in_unit(unit_id, *UNIT_ROLES)


def can_endorse(actor: Actor, participation: NeedParticipation) -> bool:
    return actor.holds_in_unit(participation.unit_id, Role.UNIT_LEADER)


def can_withdraw(actor: Actor, participation: NeedParticipation) -> bool:
    """What is only asked, anybody of the unit takes back; what its leader said, a leader does."""
    if can_endorse(actor, participation) or can_review(actor, participation.need):
        return True
    return participation.state is ParticipationState.ASKED and can_ask_for(
        actor, participation.unit_id
    )


def can_see(actor: Actor, participation: NeedParticipation) -> bool:
    """What the leader stands behind is as open as the need; before that, those it concerns."""
    if participation.state is ParticipationState.ENDORSED:
        return True
    need = participation.need
    return (
        can_ask_for(actor, participation.unit_id)
        or can_write(actor, need)
        or can_review(actor, need)
    )


def fits(need: Need, unit_id: int, organisation_id: int) -> bool:
    """Whether a unit could join the need, as far as the two alone can tell."""
    here = organisation_id == need.unit.organisation_id
    return need.state in JOINABLE and here and unit_id != need.unit_id


def open_moves(actor: Actor, participation: NeedParticipation) -> frozenset[ParticipationMove]:
    """The moves this person could make now: what the page shows buttons for."""
    joinable = participation.need.state in JOINABLE
    may = {
        ParticipationMove.ENDORSE: joinable and can_endorse(actor, participation),
        ParticipationMove.WITHDRAW: can_withdraw(actor, participation),
    }
    return frozenset(
        move
        for move, allowed in may.items()
        if allowed and PARTICIPATION_LIFECYCLE.allows(participation.state, move)
    )
