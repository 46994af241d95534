"""What waits for whom."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.dashboards import queries
from marketplace.dashboards.queries import Pile
from marketplace.dashboards.states import QUEUE, Work
from marketplace.needs.states import NeedState
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import withdrawing
from marketplace.pairings.states import PairingState
from tests.domain.town import (
    Town,
    build_town,
    changes_asked,
    changes_for_unit,
    closed_without_pairing,
    concept_draft,
    entrepreneur_to_say_yes,
    in_review,
    kinds,
    kinds_of_others,
    my_work,
    new_interest,
    old_draft,
    organisation_waits,
    queue,
    to_decide,
    unendorsed,
    unit_to_say_yes,
)
from tests.factories import (
    actor_for,
    make_interest,
    make_member,
    make_need,
    make_pairing,
    make_person,
    make_unit,
)


@pytest.fixture
def town(session: Session) -> Town:
    return build_town(session)


CASES: list[tuple[Work, Callable[[Town], None], set[str], set[str]]] = [
    (Work.NEED_DRAFT, old_draft, {"member"}, set()),
    (Work.NEED_CHANGES, changes_asked, {"member", "leader"}, set()),
    (Work.NEED_ENDORSEMENT, unendorsed, {"leader"}, set()),
    (Work.NEED_REVIEW, in_review, {"coordinator"}, set()),
    (Work.NEED_WITHOUT_PAIRING, closed_without_pairing, {"member", "leader"}, {"coordinator"}),
    (Work.CONCEPT_DRAFT, concept_draft, {"entrepreneur"}, set()),
    (Work.INTEREST_NEW, new_interest, {"member", "leader"}, {"entrepreneur"}),
    (Work.PAIRING_UNIT_YES, unit_to_say_yes, {"member", "leader"}, set()),
    (Work.PAIRING_ENTREPRENEUR_YES, entrepreneur_to_say_yes, {"entrepreneur"}, set()),
    (Work.PAIRING_CHANGES, changes_for_unit, {"member", "leader"}, set()),
    (Work.PAIRING_DECISION, to_decide, {"coordinator"}, {"entrepreneur"}),
    (Work.ORGANISATION_PENDING, organisation_waits, {"administrator"}, {"entrepreneur"}),
]
by_kind = pytest.mark.parametrize(
    ("kind", "happens", "acts", "follows"), CASES, ids=[str(kind) for kind, *_ in CASES]
)


@by_kind
def test_it_waits_for_the_right_people_and_no_others(
    town: Town, kind: Work, happens: Callable[[Town], None], acts: set[str], follows: set[str]
) -> None:
    assert town.whose(kind) == set()
    happens(town)
    assert town.whose(kind) == {getattr(town, name) for name in acts}
    assert town.followed_by(kind) == {getattr(town, name) for name in follows}


@by_kind
def test_people_of_another_unit_or_municipality_see_nothing_of_it(
    town: Town, kind: Work, happens: Callable[[Town], None], acts: set[str], follows: set[str]
) -> None:
    assert acts | follows
    elsewhere = build_town(town.session)
    sister = make_unit(town.session, town.municipality)
    colleague = make_member(town.session, Role.UNIT_LEADER, sister)
    happens(town)
    for person in [*elsewhere.people(), colleague, make_person(town.session)]:
        if person is elsewhere.administrator:
            continue
        assert kind not in kinds(town.session, person)
        assert kind not in kinds_of_others(town.session, person)
    assert queue(town.session, elsewhere.coordinator) == []


@by_kind
def test_the_queue_holds_the_cases_of_the_municipality(
    town: Town, kind: Work, happens: Callable[[Town], None], acts: set[str], follows: set[str]
) -> None:
    assert acts | follows
    happens(town)
    assert (kind in {item.kind for item in queue(town.session, town.coordinator)}) == (
        kind in QUEUE
    )
    for person in town.people():
        if person is not town.coordinator:
            assert queue(town.session, person) == []


def test_the_adviser_sees_the_open_pairings_they_advise(town: Town) -> None:
    pairing = town.pairing(PairingState.APPROVED)
    holder = next(h for h in pairing.roles if h.role == "procurement_adviser")
    assert advised_by(town) == set()
    holder.person_id = town.adviser.id
    town.session.flush()
    assert advised_by(town) == {town.adviser}
    over = town.pairing(PairingState.DECLINED)
    next(h for h in over.roles if h.role == "procurement_adviser").person_id = town.adviser.id
    town.session.flush()
    actor = actor_for(town.adviser)
    (item,) = queries.list_my_work(town.session, actor)[Pile.ADVISED].rows
    assert (item.subject_id, item.acts) == (pairing.id, False)
    assert town.whose(Work.PAIRING_ADVISER) == town.followed_by(Work.PAIRING_ADVISER) == set()


def advised_by(town: Town) -> set[Person]:
    work = {p: queries.list_my_work(town.session, actor_for(p)) for p in town.people()}
    return {person for person, piles in work.items() if piles[Pile.ADVISED].rows}


def test_a_decision_tells_that_nobody_is_chosen_to_advise(town: Town) -> None:
    pairing = town.pairing(PairingState.ACCEPTED)
    holder = next(h for h in pairing.roles if h.role == "procurement_adviser")

    def missing() -> bool:
        (item,) = my_work(town.session, town.coordinator)
        return item.adviser_missing

    assert not missing()
    holder.person.active = False
    town.session.flush()
    assert missing()
    town.session.delete(holder)
    town.session.flush()
    assert missing()


# ---------------------------------------------------------------- when it does not wait


def test_a_draft_of_today_does_not_wait_yet(town: Town) -> None:
    draft = {"author": town.member, "leader": town.leader}
    midnight = datetime(2026, 9, 13, 22, 0, tzinfo=UTC)
    make_need(town.session, town.unit, NeedState.DRAFT, updated_at=midnight, **draft)
    assert my_work(town.session, town.member) == []
    make_need(
        town.session,
        town.unit,
        NeedState.DRAFT,
        updated_at=midnight - timedelta(seconds=1),
        **draft,
    )
    assert [item.kind for item in my_work(town.session, town.member)] == [Work.NEED_DRAFT]


def test_a_deadline_of_today_has_not_passed(town: Town) -> None:
    values: dict[str, Any] = {"questions_close_on": today(), "interests_close_on": today()}
    make_need(town.session, town.unit, author=town.member, leader=town.leader, **values)
    assert my_work(town.session, town.member) == []


def test_a_need_with_an_open_pairing_is_not_without(town: Town) -> None:
    closed_without_pairing(town)
    item = my_work(town.session, town.member)[0]
    need = town.session.get_one(Pairing.need.property.mapper.class_, item.subject_id)
    pairing = make_pairing(town.session, need, town.concept())
    assert town.whose(Work.NEED_WITHOUT_PAIRING) == set()
    withdrawing.withdraw_pairing(
        town.session,
        actor_for(town.member),
        pairing=pairing,
        version=1,
        reason="Vi rekker det ikke.",
    )
    assert town.whose(Work.NEED_WITHOUT_PAIRING) == {town.member, town.leader}


def test_an_interest_that_was_taken_up_or_whose_need_is_closed_does_not_wait(town: Town) -> None:
    new_interest(town)
    interest = my_work(town.session, town.member)[0]
    assert interest.kind is Work.INTEREST_NEW
    closed = make_need(town.session, town.unit, NeedState.CLOSED, author=town.member)
    make_interest(town.session, closed, town.concept())
    taken = make_need(town.session, town.unit, author=town.member, leader=town.leader)
    answer = make_interest(town.session, taken, town.concept())
    make_pairing(town.session, taken, answer.concept)
    mine = [i for i in my_work(town.session, town.member) if i.kind is Work.INTEREST_NEW]
    assert [item.subject_id for item in mine] == [interest.subject_id]
