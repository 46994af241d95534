"""What waits for whom."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationTask
from marketplace.concepts.states import ConceptTask
from marketplace.core.actor import Role
from marketplace.core.clock import now, today
from marketplace.dashboards import queries
from marketplace.dashboards.queries import Pile, queued_kinds
from marketplace.needs.states import NeedState, NeedTask
from marketplace.pairings.models import Pairing
from marketplace.pairings.services import withdrawing
from marketplace.pairings.states import PairingState, PairingTask
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

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def town(session: Session) -> Town:
    return build_town(session)


CASES: list[tuple[StrEnum, Callable[[Town], None], set[str], set[str]]] = [
    (NeedTask.DRAFT, old_draft, {"member"}, set()),
    (NeedTask.CHANGES, changes_asked, {"member", "leader"}, set()),
    (NeedTask.ENDORSEMENT, unendorsed, {"leader"}, set()),
    (NeedTask.REVIEW, in_review, {"coordinator"}, set()),
    (PairingTask.NEED_WITHOUT, closed_without_pairing, {"member", "leader"}, {"coordinator"}),
    (ConceptTask.DRAFT, concept_draft, {"entrepreneur"}, set()),
    (PairingTask.INTEREST, new_interest, {"member", "leader"}, {"entrepreneur"}),
    (PairingTask.UNIT_YES, unit_to_say_yes, {"member", "leader"}, set()),
    (PairingTask.ENTREPRENEUR_YES, entrepreneur_to_say_yes, {"entrepreneur"}, set()),
    (PairingTask.CHANGES, changes_for_unit, {"member", "leader"}, set()),
    (PairingTask.DECISION, to_decide, {"coordinator"}, {"entrepreneur"}),
    (OrganisationTask.APPROVAL, organisation_waits, {"administrator"}, {"entrepreneur"}),
]
by_kind = pytest.mark.parametrize(
    ("kind", "happens", "acts", "follows"), CASES, ids=[str(kind) for kind, *_ in CASES]
)


@by_kind
def test_it_waits_for_the_right_people_and_no_others(
    town: Town, kind: StrEnum, happens: Callable[[Town], None], acts: set[str], follows: set[str]
) -> None:
    assert town.whose(kind) == set()
    happens(town)
    assert town.whose(kind) == {getattr(town, name) for name in acts}
    assert town.followed_by(kind) == {getattr(town, name) for name in follows}


@by_kind
def test_people_of_another_unit_or_municipality_see_nothing_of_it(
    town: Town, kind: StrEnum, happens: Callable[[Town], None], acts: set[str], follows: set[str]
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
    town: Town, kind: StrEnum, happens: Callable[[Town], None], acts: set[str], follows: set[str]
) -> None:
    assert acts | follows
    happens(town)
    assert (kind in {item.kind for item in queue(town.session, town.coordinator)}) == (
        kind in queued_kinds()
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
    assert town.whose(PairingTask.ADVISER) == town.followed_by(PairingTask.ADVISER) == set()


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
    holder.deputy_id, holder.deputy_since = town.adviser.id, now()
    town.session.flush()
    assert not missing(), "the deputy advises"
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
    assert [item.kind for item in my_work(town.session, town.member)] == [NeedTask.DRAFT]


def test_a_deadline_of_today_has_not_passed(town: Town) -> None:
    values: dict[str, Any] = {"questions_close_on": today(), "interests_close_on": today()}
    make_need(town.session, town.unit, author=town.member, leader=town.leader, **values)
    assert my_work(town.session, town.member) == []


def test_a_need_with_an_open_pairing_is_not_without(town: Town) -> None:
    closed_without_pairing(town)
    item = my_work(town.session, town.member)[0]
    need = town.session.get_one(Pairing.need.property.mapper.class_, item.subject_id)
    pairing = make_pairing(town.session, need, town.concept())
    assert town.whose(PairingTask.NEED_WITHOUT) == set()
    withdrawing.withdraw_pairing(
        town.session,
        actor_for(town.member),
        pairing=pairing,
        version=1,
        reason="Vi rekker det ikke.",
    )
    assert town.whose(PairingTask.NEED_WITHOUT) == {town.member, town.leader}


def test_an_interest_that_was_taken_up_or_whose_need_is_closed_does_not_wait(town: Town) -> None:
    new_interest(town)
    interest = my_work(town.session, town.member)[0]
    assert interest.kind is PairingTask.INTEREST
    closed = make_need(town.session, town.unit, NeedState.CLOSED, author=town.member)
    make_interest(town.session, closed, town.concept())
    taken = make_need(town.session, town.unit, author=town.member, leader=town.leader)
    answer = make_interest(town.session, taken, town.concept())
    make_pairing(town.session, taken, answer.concept)
    mine = [i for i in my_work(town.session, town.member) if i.kind is PairingTask.INTEREST]
    assert [item.subject_id for item in mine] == [interest.subject_id]
