"""Somebody leaves: the needs that named them get a new contact and decision maker too."""

import pytest
from sqlalchemy import select

from marketplace.core.audit import AuditEvent
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.queries import list_contacts, list_decision_makers
from marketplace.needs.services.handing_over import hand_over_need
from marketplace.needs.states import NeedEvent, NeedRefusal, NeedState, NeedTopic
from marketplace.pairings.roles import queries
from tests.domain.pairing_cast import Cast
from tests.domain.test_pairings_succession import new_leader, replace
from tests.engines import decided_in_python
from tests.factories import make_need


def test_the_need_gets_a_new_contact_and_decision_maker(cast: Cast) -> None:
    cast.need.contact = cast.person("leader")
    cast.session.flush()
    successor, endorsed = new_leader(cast), cast.need.endorsed_by_id

    assert replace(cast, "leader", successor) == 1

    assert (cast.need.contact_id, cast.need.decision_maker_id) == (successor.id, successor.id)
    assert cast.need.endorsed_by_id == endorsed
    event = cast.session.scalars(select(AuditEvent)).one()
    assert (event.event, event.subject_id) == (NeedEvent.PERSON_REPLACED, cast.need.id)
    message = cast.session.scalars(select(OutboxMessage)).one()
    assert (message.person_id, message.topic) == (successor.id, NeedTopic.TOOK_OVER)


@pytest.mark.parametrize("state", [NeedState.DRAFT, NeedState.CLOSED])
def test_a_draft_is_the_units_own_and_a_closed_need_stays(cast: Cast, state: NeedState) -> None:
    person = new_leader(cast)
    make_need(cast.session, cast.unit, state, leader=person)

    assert queries.list_all_posts(cast.session, cast.actor("coordinator"), person) == []


def test_each_candidate_of_a_need_is_one_that_the_need_takes(cast: Cast) -> None:
    new_leader(cast)
    for name in ("leader", "member"):
        for post in queries.list_need_posts(
            cast.session, cast.actor("coordinator"), cast.person(name)
        ):
            find = {"contact": list_contacts, "decision_maker": list_decision_makers}[post.part]
            fitting = set(find(cast.session, cast.unit))
            assert set(post.candidates) == fitting - {cast.person(name)}


@decided_in_python
@pytest.mark.parametrize("by", ["member", "leader", "leadership", "other_municipality"])
def test_only_coordinators_hand_a_need_over(cast: Cast, by: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        hand_over_need(
            cast.session,
            cast.actor(by),
            need=cast.need,
            successors={"contact": cast.person("leader")},
        )
    assert refused.value.code is NeedRefusal.COORDINATORS_ONLY


def test_a_closed_need_and_somebody_from_outside_are_refused(cast: Cast) -> None:
    actor = cast.actor("coordinator")
    with pytest.raises(InvalidField) as refused:
        hand_over_need(
            cast.session,
            actor,
            need=cast.need,
            successors={"contact": cast.person("entrepreneur")},
        )
    assert refused.value.code is NeedRefusal.PERSON_OUTSIDE_MUNICIPALITY
    closed = make_need(cast.session, cast.unit, NeedState.CLOSED)
    with pytest.raises(NotNow):
        hand_over_need(
            cast.session, actor, need=closed, successors={"contact": cast.person("leader")}
        )
