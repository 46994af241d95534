"""The only place that changes who has which role, and who stands in."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Actor
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import tell
from marketplace.needs.services.handing_over import hand_over_need
from marketplace.pairings import recipients
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.roles import policies, queries, role_map
from marketplace.pairings.roles.posts import AnyPost, NeedPost, Post, replaceable
from marketplace.pairings.states import OPEN, CaseRole, PairingEvent, PairingRefusal, PairingTopic
from marketplace.pairings.told import CaseTold, RoleTold, named

# ---------------------------------------------------------------- who has a role


def assign_role(
    session: Session, actor: Actor, *, pairing: Pairing, role: CaseRole, person_id: int
) -> None:
    """Whoever was the deputy and gets the role is the deputy no longer."""
    expect_may_assign(actor, pairing, role)
    person = queries.find_candidate(session, pairing, role, person_id)
    if person is None:
        raise InvalidField("person_id", PairingRefusal.ROLE_DOES_NOT_FIT)
    holder = role_map.holder_of(pairing, role)
    before = holder.person_id if holder is not None else None
    change: dict[str, int | str | None] = {"role": role.value, "person_id": person_id}
    if holder is None:
        pairing.roles.append(CaseRoleHolder(role=role, person=person))
    else:
        change["instead_of_id"] = before
        hand_over(holder, person)
    event = record(session, actor, PairingEvent.ROLE_ASSIGNED, pairing, extra=change)
    told = RoleTold(**named(pairing), role=role)
    tell(session, {person_id}, PairingTopic.ROLE_ASSIGNED, event, told)
    if before is not None and before != person_id:
        tell(session, {before}, PairingTopic.ROLE_LOST, event, told)


def expect_may_assign(actor: Actor, pairing: Pairing, role: CaseRole) -> None:
    expect_assigner(actor, pairing, role)
    if pairing.state not in OPEN:
        raise NotNow(PairingRefusal.CASE_OVER)


def expect_assigner(actor: Actor, pairing: Pairing, role: CaseRole) -> None:
    if not policies.may_assign(actor, pairing, role):
        who = policies.ASSIGNERS[role]
        raise NotAllowed(PairingRefusal.ROLE_NOT_YOURS, role=role, who=who)


def hand_over(holder: CaseRoleHolder, person: Person) -> None:
    """Give the role to somebody else; a deputy who gets it is the deputy no longer."""
    holder.person, holder.since = person, now()
    if holder.deputy_id == person.id:
        set_deputy(holder, None)


def set_deputy(holder: CaseRoleHolder, person: Person | None) -> None:
    holder.deputy, holder.deputy_since = person, now() if person is not None else None


# ---------------------------------------------------------------- who stands in


def assign_deputy(
    session: Session, actor: Actor, *, pairing: Pairing, role: CaseRole, person_id: int
) -> None:
    """Choose a deputy, or another one; whoever fits the role fits, but for its own person."""
    holder = expect_may_have_deputy(actor, pairing, role)
    if person_id == holder.person_id:
        raise InvalidField("person_id", PairingRefusal.OWN_DEPUTY)
    person = queries.find_candidate(session, pairing, role, person_id)
    if person is None:
        raise InvalidField("person_id", PairingRefusal.ROLE_DOES_NOT_FIT)
    before = holder.deputy_id
    set_deputy(holder, person)
    change = {"role": role.value, "person_id": person_id, "instead_of_id": before}
    event = record(session, actor, PairingEvent.DEPUTY_ASSIGNED, pairing, extra=change)
    _tell_of_deputy(session, {person_id}, PairingTopic.DEPUTY_ASSIGNED, event, holder)
    if before is not None and before != person_id:
        _tell_of_deputy(session, {before}, PairingTopic.DEPUTY_REMOVED, event, holder)


def remove_deputy(session: Session, actor: Actor, *, pairing: Pairing, role: CaseRole) -> None:
    holder = expect_may_have_deputy(actor, pairing, role)
    if holder.deputy_id is None:
        raise NotNow(PairingRefusal.DEPUTY_MISSING, role=role)
    before = holder.deputy_id
    set_deputy(holder, None)
    change = {"role": role.value, "instead_of_id": before}
    event = record(session, actor, PairingEvent.DEPUTY_REMOVED, pairing, extra=change)
    _tell_of_deputy(session, {before}, PairingTopic.DEPUTY_REMOVED, event, holder)


def expect_may_have_deputy(actor: Actor, pairing: Pairing, role: CaseRole) -> CaseRoleHolder:
    """The holder of a role that this person may choose a deputy for; refuses and says why not."""
    expect_may_assign(actor, pairing, role)
    return expect_holder(pairing, role)


def expect_holder(pairing: Pairing, role: CaseRole) -> CaseRoleHolder:
    holder = role_map.holder_of(pairing, role)
    if holder is None:
        raise NotNow(PairingRefusal.ROLE_WITHOUT_HOLDER, role=role)
    return holder


def _tell_of_deputy(
    session: Session,
    people: set[int],
    topic: PairingTopic,
    event: AuditEvent,
    holder: CaseRoleHolder,
) -> None:
    told = RoleTold(**named(holder.pairing), role=holder.role)
    tell(session, people, topic, event, told)


# ---------------------------------------------------------------- somebody leaves


def replace_person(
    session: Session, actor: Actor, *, person: Person, successors: Mapping[str, int | None]
) -> int:
    """Hand over everything that has somebody who fits; a deputy may go without a successor.

    `successors` names a person for each post by its key. Returns the number of cases and needs.
    """
    if not actor.holds(*policies.REPLACERS):
        raise NotAllowed(PairingRefusal.COORDINATORS_ONLY)
    posts = replaceable(queries.list_all_posts(session, actor, person))
    if not posts:
        raise InvalidField("for_all", PairingRefusal.NOTHING_TO_REPLACE)
    chosen = {post.key: _expect_successor(post, successors) for post in posts}
    in_cases = [post for post in posts if isinstance(post, Post)]
    in_needs = [post for post in posts if isinstance(post, NeedPost)]
    cases = [list(group) for _, group in groupby(in_cases, key=lambda p: p.holder.pairing_id)]
    needs = [list(group) for _, group in groupby(in_needs, key=lambda p: p.need.id)]
    for case in cases:
        _replace_in_case(session, actor, person, case, chosen)
    for parts in needs:
        _replace_in_need(session, actor, parts, chosen)
    return len(cases) + len(needs)


def _expect_successor(post: AnyPost, successors: Mapping[str, int | None]) -> Person | None:
    values: dict[str, Any] = {"role": post.role, "title": post.title}
    if post.key not in successors:
        raise InvalidField(post.key, PairingRefusal.SUCCESSOR_MISSING, **values)
    chosen = post.candidate(successors[post.key])
    if chosen is None and (not post.deputises or successors[post.key] is not None):
        raise InvalidField(post.key, PairingRefusal.SUCCESSOR_DOES_NOT_FIT, **values)
    return chosen


def _replace_in_need(
    session: Session,
    actor: Actor,
    posts: Sequence[NeedPost],
    chosen: Mapping[str, Person | None],
) -> None:
    named = {post.part: person for post in posts if (person := chosen[post.key]) is not None}
    hand_over_need(session, actor, need=posts[0].need, successors=named)


def _replace_in_case(
    session: Session,
    actor: Actor,
    person: Person,
    posts: Sequence[Post],
    chosen: Mapping[str, Person | None],
) -> None:
    pairing = posts[0].pairing
    for post in posts:
        _hand_over_post(post, chosen[post.key])
    event = record(
        session, actor, PairingEvent.PERSON_REPLACED, pairing, extra=_change(person, posts, chosen)
    )
    new = {successor.id for post in posts if (successor := chosen[post.key]) is not None}
    tell(session, new, PairingTopic.TOOK_OVER, event, CaseTold(**named(pairing)))
    others = recipients.in_role_map(session, pairing) - new
    tell(session, others, PairingTopic.PERSON_REPLACED, event, CaseTold(**named(pairing)))


def _hand_over_post(post: Post, successor: Person | None) -> None:
    if post.deputises:
        set_deputy(post.holder, successor)
    elif successor is not None:
        hand_over(post.holder, successor)


def _change(
    person: Person, posts: Sequence[Post], chosen: Mapping[str, Person | None]
) -> dict[str, Any]:
    """Who took over what, by role: as its person, and as the deputy."""
    taken: dict[bool, dict[str, int | None]] = {False: {}, True: {}}
    for post in posts:
        successor = chosen[post.key]
        taken[post.deputises][post.role.value] = successor.id if successor is not None else None
    return {"instead_of_id": person.id, "roles": taken[False], "deputies": taken[True]}
