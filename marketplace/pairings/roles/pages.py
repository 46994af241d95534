"""What pages show of roles: the role map, whom to talk to, and what somebody leaves behind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import render_template

from marketplace.accounts.models import Person
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import PastEvent
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.pages.names import Names
from marketplace.pairings.roles import policies, queries, role_map
from marketplace.pairings.roles.posts import AnyPost, NeedPost, Post
from marketplace.pairings.states import CaseRole
from marketplace.ui.context import current_actor, db_session

# ---------------------------------------------------------------- the role map


@dataclass(frozen=True, slots=True)
class RoleRow:
    role: CaseRole
    holder: CaseRoleHolder | None
    empty: bool
    can_assign: bool
    fillers: tuple[Role, ...]


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


def people_in(events: Iterable[PastEvent]) -> set[int]:
    """Everybody that the changes are about."""
    found: set[int | None] = set()
    for past in events:
        after = past.after
        found |= {after.get("person_id"), after.get("instead_of_id")}
        found |= {*after.get("roles", {}).values(), *after.get("deputies", {}).values()}
    return {person_id for person_id in found if person_id is not None}


# ---------------------------------------------------------------- who to talk to


@dataclass(frozen=True, slots=True)
class Somebody:
    """Who to ask; `email` is empty where the name may not be seen, or nobody reads it any more."""

    name: str
    email: str
    since: datetime | None
    left: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A role, its person and deputy, and who can fill it where it is empty."""

    role: CaseRole
    person: Somebody | None
    deputy: Somebody | None
    fillers: tuple[Role, ...]


def contacts_of(pairing: Pairing, names: Names) -> Iterator[Contact]:
    for role in CaseRole:
        holder = role_map.holder_of(pairing, role)
        yield Contact(
            role=role,
            person=_person(holder, names),
            deputy=_deputy(holder, names),
            fillers=policies.ASSIGNERS[role],
        )


def _person(holder: CaseRoleHolder | None, names: Names) -> Somebody | None:
    return None if holder is None else _somebody(holder.person, holder.since, names)


def _deputy(holder: CaseRoleHolder | None, names: Names) -> Somebody | None:
    """Only one whose name may be seen: «kommunen» beside «kommunen» tells nobody anything."""
    if holder is None or holder.deputy is None or not names.shows(holder.deputy):
        return None
    return _somebody(holder.deputy, holder.deputy_since, names)


def _somebody(person: Person, since: datetime | None, names: Names) -> Somebody:
    shown = names.shows(person)
    return Somebody(
        name=names.of(person),
        email=person.email if shown and person.active else "",
        since=since if shown else None,
        left=shown and not person.active,
    )


# ---------------------------------------------------------------- somebody leaves


def grouped_posts(theirs: Sequence[AnyPost]) -> dict[str, Any]:
    """Case by case, and then need by need."""
    cases = [post for post in theirs if isinstance(post, Post)]
    needs = [post for post in theirs if isinstance(post, NeedPost)]
    return {
        "cases": [list(group) for _id, group in groupby(cases, lambda p: p.holder.pairing_id)],
        "needs": [list(group) for _id, group in groupby(needs, lambda p: p.need.id)],
    }


def person_panel(person: Person, **_values: object) -> str:
    """For the administrator: what somebody still has in open cases, and the way to replace them."""
    held = queries.list_held(db_session(), person)
    if not held:
        return ""
    actor = current_actor()
    return render_template(
        "pairings/person_panel.html",
        person=person,
        cases={holder.pairing_id for holder in held},
        may_replace=actor.holds(*policies.REPLACERS)
        and any(policies.may_assign(actor, holder.pairing, holder.role) for holder in held),
    )


def replace_action(**_values: object) -> str:
    """On the queue of coordinators: somebody leaves, and their cases must not wait for them."""
    return render_template("pairings/replace_action.html")
