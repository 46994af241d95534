"""Who does what in a case of the demo, and days as the data files count them."""

from datetime import date, timedelta

from marketplace.accounts.queries import actor_of
from marketplace.core.actor import Actor
from marketplace.demo.story import Story, owner_of
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles.role_map import holder_of
from marketplace.pairings.states import CaseRole, Side


def in_days(story: Story, days: int) -> date:
    """So many days after the demo was loaded, or before where the number is negative."""
    return story.today + timedelta(days=days)


def side_of(story: Story, pairing: Pairing, side: Side) -> Actor:
    """Who writes and reports: the need's author, or the entrepreneur."""
    if side is Side.ENTREPRENEUR:
        return owner_of(story, pairing.concept)
    return actor_of(pairing.need.author)


def holder(pairing: Pairing, role: CaseRole) -> Actor:
    held = holder_of(pairing, role)
    if held is None or held.person is None:
        raise LookupError(f"the demo's case «{pairing.concept.title}» has nobody who is {role}")
    return actor_of(held.person)
