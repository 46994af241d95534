"""Somebody leaves: all they have in open cases is handed over at once, or nothing is."""

from collections.abc import Mapping

import pytest
from sqlalchemy import select

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import InvalidField, NotAllowed, NotFound
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings.models import Pairing
from marketplace.pairings.roles import posts, queries, role_map, services
from marketplace.pairings.roles.posts import Post
from marketplace.pairings.services import deciding
from marketplace.pairings.states import (
    OPEN,
    CaseRole,
    PairingEvent,
    PairingRefusal,
    PairingState,
    PairingTopic,
)
from tests.domain.pairing_cast import Cast
from tests.engines import decided_in_python
from tests.factories import make_concept, make_member, make_pairing
from tests.queries import count_queries


def case_of(cast: Cast, state: PairingState = PairingState.PROPOSED) -> Pairing:
    """One more case of the same need, with a concept of the same entrepreneur."""
    concept = make_concept(
        cast.session, cast.concept.organisation, author=cast.person("entrepreneur")
    )
    return make_pairing(cast.session, cast.need, concept, state)


def deputise(cast: Cast, pairing: Pairing, role: CaseRole, person: Person) -> None:
    held = role_map.holder_of(pairing, role)
    assert held is not None
    services.set_deputy(held, person)
    cast.session.flush()


def posts_of(cast: Cast, name: str, by: str = "coordinator") -> list[Post]:
    return queries.list_posts(cast.session, cast.actor(by), cast.person(name))


Chosen = Mapping[str, int | None] | None


def replace(
    cast: Cast, name: str, successor: Person | None, by: str = "coordinator", chosen: Chosen = None
) -> int:
    """`successor` for every post, but for what `chosen` says."""
    given = {
        post.key: successor.id if successor else None
        for post in posts.replaceable(
            queries.list_all_posts(cast.session, cast.actor(by), cast.person(name))
        )
    }
    return services.replace_person(
        cast.session,
        cast.actor(by),
        person=cast.person(name),
        successors=given | dict(chosen or {}),
    )


def new_leader(cast: Cast) -> Person:
    return make_member(cast.session, Role.UNIT_LEADER, cast.unit)


def has(pairing: Pairing, person: Person) -> set[CaseRole]:
    return {held.role for held in pairing.roles if held.person_id == person.id}


def told(cast: Cast, topic: PairingTopic) -> set[int]:
    statement = select(OutboxMessage.person_id).where(OutboxMessage.topic == topic)
    return set(cast.session.scalars(statement))


LEADS = {CaseRole.OWNER, CaseRole.DECISION_MAKER}

# ---------------------------------------------------------------- what somebody has


def test_every_role_in_every_open_case_is_listed(cast: Cast) -> None:
    cases = [case_of(cast, state) for state in PairingState]
    open_ids = {pairing.id for pairing in cases if pairing.state in OPEN}

    found = posts_of(cast, "leader")

    assert {post.pairing.id for post in found} == open_ids
    assert {post.role for post in found} == LEADS
    assert not any(post.deputises for post in found)


def test_what_somebody_stands_in_for_is_listed_too(cast: Cast) -> None:
    pairing = cast.pairing()
    deputise(cast, pairing, CaseRole.DECISION_MAKER, cast.person("leadership"))

    (post,) = posts_of(cast, "leadership")

    assert (post.role, post.deputises) == (CaseRole.DECISION_MAKER, True)


def test_only_candidates_that_fit_are_offered(cast: Cast) -> None:
    cast.pairing()
    successor = new_leader(cast)
    left = new_leader(cast)
    left.active = False
    cast.session.flush()

    offered = {post.role: set(post.candidates) for post in posts_of(cast, "leader")}

    others = {cast.person("leadership"), cast.person("other_unit")}
    assert offered[CaseRole.OWNER] == {successor}
    assert offered[CaseRole.DECISION_MAKER] == {successor, *others}


def test_each_candidate_is_one_that_the_role_map_takes(cast: Cast) -> None:
    """The page fits people to roles in memory, the role map in SQL: both say the same."""
    pairing = cast.pairing()
    for name in ("leader", "member", "adviser", "entrepreneur"):
        make_member(cast.session, Role.UNIT_LEADER, cast.unit)
        for by in ("coordinator", "entrepreneur"):
            for post in posts_of(cast, name, by):
                fitting = queries.list_candidates(cast.session, pairing, post.role)
                leaving = {cast.person(name), post.holder.person}
                assert set(post.candidates) == set(fitting) - leaving


def test_each_replaces_their_own_people(cast: Cast) -> None:
    cast.pairing()

    assert posts_of(cast, "entrepreneur", by="coordinator") == []
    assert {p.role for p in posts_of(cast, "entrepreneur", by="colleague")} == {
        CaseRole.ENTREPRENEUR_CONTACT
    }
    assert posts_of(cast, "leader", by="entrepreneur") == []
    assert posts_of(cast, "leader", by="other_municipality") == []
    assert posts_of(cast, "entrepreneur", by="other_organisation") == []
    for by in ("leader", "leadership", "adviser", "administrator"):
        assert posts_of(cast, "leader", by=by) == []


@pytest.mark.parametrize("by", ["other_municipality", "other_organisation", "administrator"])
def test_people_of_others_are_not_there(cast: Cast, by: str) -> None:
    cast.pairing()

    with pytest.raises(NotFound):
        queries.get_person(cast.session, cast.actor(by), cast.person("leader").id)
    assert queries.list_people(cast.session, cast.actor(by)).rows == []


def test_the_list_shows_closed_accounts_first(cast: Cast) -> None:
    cast.pairing()
    cast.person("member").active = False
    cast.session.flush()

    listed = queries.list_people(cast.session, cast.actor("coordinator")).rows

    assert listed[0] is cast.person("member")
    assert cast.person("leader") in listed
    assert cast.person("entrepreneur") not in listed
    words = cast.person("leader").name
    found = queries.list_people(cast.session, cast.actor("coordinator"), words=words).rows
    assert cast.person("leader") in found


def test_the_number_of_queries_does_not_grow_with_the_cases(cast: Cast) -> None:
    def statements() -> int:
        cast.session.expire_all()
        actor, person = cast.actor("coordinator"), cast.person("leader")
        with count_queries(cast.session) as counter:
            for post in queries.list_posts(cast.session, actor, person):
                assert post.pairing.need.unit.organisation.name
                assert all(candidate.name for candidate in post.candidates)
        return counter.count

    case_of(cast)
    first = statements()
    for _ in range(3):
        case_of(cast)
    assert statements() == first


# ---------------------------------------------------------------- replacing


def test_one_successor_for_everything(cast: Cast) -> None:
    cases = [case_of(cast), case_of(cast, PairingState.APPROVED)]
    over = case_of(cast, PairingState.CLOSED)
    successor = new_leader(cast)

    count = replace(cast, "leader", successor)

    assert count == len(cases) + 1  # and the need, which names the leader too
    for pairing in cases:
        assert has(pairing, successor) == LEADS
        assert has(pairing, cast.person("leader")) == set()
    assert has(over, cast.person("leader")) == LEADS


def test_one_successor_for_each_role(cast: Cast) -> None:
    pairing, successor = cast.pairing(), new_leader(cast)
    (key,) = (p.key for p in posts_of(cast, "leader") if p.role is CaseRole.DECISION_MAKER)

    replace(cast, "leader", successor, chosen={key: cast.person("leadership").id})

    assert has(pairing, successor) == {CaseRole.OWNER}
    assert has(pairing, cast.person("leadership")) == {CaseRole.DECISION_MAKER}


def test_it_is_recorded_in_each_case_and_told(cast: Cast) -> None:
    cases, successor = [case_of(cast), case_of(cast)], new_leader(cast)

    replace(cast, "leader", successor)

    about = AuditEvent.subject_type == "Pairing"
    events = cast.session.scalars(select(AuditEvent).where(about)).all()
    assert {event.event for event in events} == {PairingEvent.PERSON_REPLACED}
    assert {event.subject_id for event in events} == {pairing.id for pairing in cases}
    assert events[0].after == {
        "instead_of_id": cast.person("leader").id,
        "roles": {"owner": successor.id, "decision_maker": successor.id},
        "deputies": {},
    }
    assert told(cast, PairingTopic.TOOK_OVER) == {successor.id}
    others = told(cast, PairingTopic.PERSON_REPLACED)
    assert others >= {cast.person("member").id, cast.person("entrepreneur").id}
    assert successor.id not in others


def test_a_deputy_takes_over_and_is_the_deputy_no_longer(cast: Cast) -> None:
    pairing, successor = cast.pairing(), new_leader(cast)
    deputise(cast, pairing, CaseRole.OWNER, successor)

    replace(cast, "leader", successor)

    held = role_map.holder_of(pairing, CaseRole.OWNER)
    assert held is not None
    assert (held.person_id, held.deputy_id) == (successor.id, None)


def test_a_deputy_is_replaced_or_left_out(cast: Cast) -> None:
    first, second = case_of(cast), case_of(cast)
    leaving, successor = cast.person("leadership"), new_leader(cast)
    for pairing in (first, second):
        deputise(cast, pairing, CaseRole.DECISION_MAKER, leaving)
    keys = {post.pairing.id: post.key for post in posts_of(cast, "leadership")}

    replace(cast, "leadership", successor, chosen={keys[second.id]: None})

    held = [role_map.holder_of(pairing, CaseRole.DECISION_MAKER) for pairing in (first, second)]
    assert [h.deputy_id for h in held if h] == [successor.id, None]
    assert all(h.person_id == cast.person("leader").id for h in held if h)


def test_an_entrepreneur_replaces_a_colleague(cast: Cast) -> None:
    pairing = cast.pairing()

    count = replace(cast, "entrepreneur", cast.person("colleague"), by="colleague")

    assert count == 1
    assert has(pairing, cast.person("colleague")) == {CaseRole.ENTREPRENEUR_CONTACT}


def test_a_role_that_nobody_fits_waits(cast: Cast) -> None:
    """The only leader: the decision goes to somebody else, the ownership waits for a new one."""
    pairing = cast.pairing()

    replace(cast, "leader", cast.person("leadership"))

    assert has(pairing, cast.person("leader")) == {CaseRole.OWNER}
    assert has(pairing, cast.person("leadership")) == {CaseRole.DECISION_MAKER}


# ---------------------------------------------------------------- refusals


@decided_in_python
@pytest.mark.parametrize("by", ["leader", "member", "leadership", "adviser", "administrator"])
def test_others_replace_nobody(cast: Cast, by: str) -> None:
    cast.pairing()

    with pytest.raises(NotAllowed):
        replace(cast, "leader", new_leader(cast), by=by)


@pytest.mark.parametrize("by", ["entrepreneur", "other_municipality", "other_organisation"])
def test_the_people_of_others_are_not_replaced(cast: Cast, by: str) -> None:
    pairing = cast.pairing()

    with pytest.raises(InvalidField) as refused:
        replace(cast, "leader", new_leader(cast), by=by)
    assert refused.value.code is PairingRefusal.NOTHING_TO_REPLACE
    assert has(pairing, cast.person("leader")) == LEADS


def test_nothing_is_replaced_twice(cast: Cast) -> None:
    cast.pairing()
    replace(cast, "leader", new_leader(cast))

    with pytest.raises(InvalidField) as refused:
        replace(cast, "leader", new_leader(cast))
    assert refused.value.code is PairingRefusal.NOTHING_TO_REPLACE


def test_a_missing_successor_stops_all_of_it(cast: Cast) -> None:
    first, second = case_of(cast), case_of(cast)
    successor = new_leader(cast)
    everything = queries.list_all_posts(
        cast.session, cast.actor("coordinator"), cast.person("leader")
    )
    given: dict[str, int | None] = {post.key: successor.id for post in everything}
    missing = next(p.key for p in posts_of(cast, "leader") if p.pairing is second)
    del given[missing]

    with pytest.raises(InvalidField) as refused:
        services.replace_person(
            cast.session,
            cast.actor("coordinator"),
            person=cast.person("leader"),
            successors=given,
        )
    assert (refused.value.field, refused.value.code) == (
        missing,
        PairingRefusal.SUCCESSOR_MISSING,
    )
    for pairing in (first, second):
        assert has(pairing, cast.person("leader")) == LEADS


@decided_in_python
@pytest.mark.parametrize("unfit", ["member", "entrepreneur", "leader", "other_municipality"])
def test_a_successor_must_fit(cast: Cast, unfit: str) -> None:
    pairing = cast.pairing()
    new_leader(cast)

    with pytest.raises(InvalidField) as refused:
        replace(cast, "leader", cast.person(unfit))
    assert refused.value.code is PairingRefusal.SUCCESSOR_DOES_NOT_FIT
    assert has(pairing, cast.person("leader")) == LEADS


def test_a_role_is_not_handed_to_nobody(cast: Cast) -> None:
    cast.pairing()
    new_leader(cast)

    with pytest.raises(InvalidField) as refused:
        replace(cast, "leader", None)
    assert refused.value.code is PairingRefusal.SUCCESSOR_DOES_NOT_FIT


def test_a_case_with_a_conflict_waits_for_another_coordinator(cast: Cast) -> None:
    mine, other = case_of(cast), case_of(cast)
    actor = cast.actor("coordinator")
    deciding.declare_conflict(cast.session, actor, pairing=other, reason="Bror.")
    successor = new_leader(cast)
    assert {p.pairing.id: p.may_replace for p in posts_of(cast, "leader")} == {
        mine.id: True,
        other.id: False,
    }

    replace(cast, "leader", successor)

    assert has(mine, successor) == LEADS
    assert has(other, cast.person("leader")) == LEADS


# ---------------------------------------------------------------- who could


def test_an_administrator_is_told_who_can_replace(cast: Cast) -> None:
    case_of(cast)
    case_of(cast)
    person = cast.person("leader")

    held = queries.list_held(cast.session, person)
    (who,) = queries.list_replacers(cast.session, held, person)

    assert (who.organisation, who.cases) == (cast.municipality, 2)
    assert set(who.people) >= {cast.person("coordinator"), cast.person("second_coordinator")}
    own = queries.list_held(cast.session, cast.person("entrepreneur"))
    (colleagues,) = queries.list_replacers(cast.session, own, cast.person("entrepreneur"))
    assert list(colleagues.people) == [cast.person("colleague")]
