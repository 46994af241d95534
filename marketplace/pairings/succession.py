"""Somebody leaves: what they have in open cases is handed over, all of it at once."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Actor
from marketplace.core.audit import record
from marketplace.core.errors import InvalidField, NotAllowed
from marketplace.core.outbox import tell
from marketplace.needs.handing_over import hand_over_need
from marketplace.pairings import recipients, role_map
from marketplace.pairings.need_posts import NeedPost, list_need_posts
from marketplace.pairings.posts import REPLACERS, Post, list_posts
from marketplace.pairings.services import payload_of
from marketplace.pairings.states import PairingEvent, PairingRefusal, PairingTopic

AnyPost = Post | NeedPost


def list_all(session: Session, actor: Actor, person: Person) -> list[AnyPost]:
    """What the person has in cases, and what they are to needs."""
    return [*list_posts(session, actor, person), *list_need_posts(session, actor, person)]


def replace_person(
    session: Session, actor: Actor, *, person: Person, successors: Mapping[str, int | None]
) -> int:
    """Hand over everything that has somebody who fits; a deputy may go without a successor.

    `successors` names a person for each post by its key. Returns the number of cases and needs.
    """
    if not actor.holds(*REPLACERS):
        raise NotAllowed(PairingRefusal.COORDINATORS_ONLY)
    posts = replaceable(list_all(session, actor, person))
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


def replaceable(posts: Iterable[AnyPost]) -> list[AnyPost]:
    return [post for post in posts if post.may_replace and (post.candidates or post.deputises)]


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
        _hand_over(post, chosen[post.key])
    event = record(
        session, actor, PairingEvent.PERSON_REPLACED, pairing, extra=_change(person, posts, chosen)
    )
    new = {successor.id for post in posts if (successor := chosen[post.key]) is not None}
    tell(session, new, PairingTopic.TOOK_OVER, event, payload_of(pairing))
    others = recipients.in_role_map(session, pairing) - new
    tell(session, others, PairingTopic.PERSON_REPLACED, event, payload_of(pairing))


def _hand_over(post: Post, successor: Person | None) -> None:
    if post.deputises:
        role_map.set_deputy(post.holder, successor)
    elif successor is not None:
        role_map.hand_over(post.holder, successor)


def _change(
    person: Person, posts: Sequence[Post], chosen: Mapping[str, Person | None]
) -> dict[str, Any]:
    """Who took over what, by role: as its person, and as the deputy."""
    taken: dict[bool, dict[str, int | None]] = {False: {}, True: {}}
    for post in posts:
        successor = chosen[post.key]
        taken[post.deputises][post.role.value] = successor.id if successor is not None else None
    return {"instead_of_id": person.id, "roles": taken[False], "deputies": taken[True]}
