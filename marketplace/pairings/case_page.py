"""What the page of a case shows, fitted to the one who looks at it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import events_of
from marketplace.interests.models import Interest
from marketplace.interests.policies import can_read_answer
from marketplace.pairings import policies, queries, role_changes, role_map
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.states import CaseRole, PairingEvent
from marketplace.pairings.waiting import awaited, waiting_since
from marketplace.ui.timeline import TimelineRow

INTERNAL_REASONS = {PairingEvent.CONFLICT_DECLARED}
"""Events whose reason only the municipality reads."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names that somebody may see; of all others only where they belong."""

    shown: frozenset[int] | None

    def of(self, person: Person | None) -> str:
        return "" if person is None else self.pick(person.id, person.name)

    def shows(self, person: Person) -> bool:
        return self.shows_id(person.id)

    def shows_id(self, person_id: int) -> bool:
        return self.shown is None or person_id in self.shown

    def pick(self, person_id: int | None, name: str) -> str:
        return name if person_id is None or self.shows_id(person_id) else _("kommunen")


@dataclass(frozen=True, slots=True)
class RoleRow:
    role: CaseRole
    holder: CaseRoleHolder | None
    empty: bool
    can_assign: bool
    fillers: tuple[Role, ...]


def values_for(session: Session, actor: Actor, pairing: Pairing) -> dict[str, Any]:
    names = Names(queries.shown_people(session, actor, pairing))
    return {
        "pairing": pairing,
        "need": pairing.need,
        "concept": pairing.concept,
        "answer": _answer(actor, pairing),
        "names": names,
        "roles": role_rows(actor, pairing),
        "happened": list(_story(session, pairing, names)),
        "awaited": awaited(pairing),
        "since": waiting_since(pairing),
        "moves": policies.open_moves(actor, pairing),
        "side": policies.side_to_accept(actor, pairing),
        "inside": policies.can_see_all_names(actor, pairing),
        "may_open_approval": policies.can_open_approval(actor, pairing),
        "may_declare_conflict": policies.can_declare_conflict(actor, pairing),
        "may_choose_programme": policies.can_choose_programme(actor, pairing),
    }


def _answer(actor: Actor, pairing: Pairing) -> Interest | None:
    """What the entrepreneur answered the need, for those who were to read it."""
    interest = pairing.interest
    return interest if interest is not None and can_read_answer(actor, interest) else None


def role_rows(actor: Actor, pairing: Pairing) -> list[RoleRow]:
    empty = role_map.empty_roles(pairing)
    return [
        RoleRow(
            role=role,
            holder=role_map.holder_of(pairing, role),
            empty=role in empty,
            can_assign=policies.can_assign_now(actor, pairing, role),
            fillers=policies.ASSIGNERS[role],
        )
        for role in CaseRole
    ]


def _story(session: Session, pairing: Pairing, names: Names) -> Iterable[TimelineRow]:
    events = events_of(session, [pairing])
    involved = queries.names_of(session, role_changes.people_in(events))
    people = {key: name for key, name in involved.items() if names.shows_id(key)}
    for past in events:
        hidden = past.event in INTERNAL_REASONS and names.shown is not None
        yield TimelineRow(
            at=past.at,
            text=role_changes.sentence(past, people),
            who=names.pick(past.actor_id, past.who),
            reason=None if hidden else past.reason,
        )
