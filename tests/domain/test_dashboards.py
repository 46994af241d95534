"""What waits for whom: the same rows for «my work» and for the coordinator's queue."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.accounts.states import OrganisationState
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import clock_at, now, today
from marketplace.dashboards import queries
from marketplace.dashboards.export import queue_as_csv
from marketplace.dashboards.labels import LABELS
from marketplace.dashboards.queries import QueueFilter, WorkItem
from marketplace.dashboards.states import QUEUE, Party, Work
from marketplace.needs import services as needs
from marketplace.needs.states import NeedState
from marketplace.pairings import services as pairings
from marketplace.pairings.models import ConflictDeclaration, Pairing
from marketplace.pairings.states import PairingState, Side
from marketplace.ui.filters import days_since
from marketplace.ui.labels import register_labels
from tests.factories import (
    actor_for,
    grant_role,
    make_concept,
    make_entrepreneur,
    make_interest,
    make_member,
    make_need,
    make_organisation,
    make_pairing,
    make_person,
    make_unit,
)
from tests.queries import count_queries

DAYS = timedelta(days=1)


@dataclass
class Town:
    """One municipality with a unit, an entrepreneur, and everybody who could be concerned."""

    session: Session
    municipality: Organisation
    unit: Unit
    company: Organisation
    member: Person
    leader: Person
    coordinator: Person
    adviser: Person
    chief: Person
    entrepreneur: Person
    administrator: Person

    def people(self) -> list[Person]:
        return [
            self.member,
            self.leader,
            self.coordinator,
            self.adviser,
            self.chief,
            self.entrepreneur,
            self.administrator,
        ]

    def whose(self, kind: Work) -> set[Person]:
        return {p for p in self.people() if kind in kinds(self.session, p)}

    def followed_by(self, kind: Work) -> set[Person]:
        return {p for p in self.people() if kind in kinds_of_others(self.session, p)}

    def concept(self, **values: Any) -> Concept:
        return make_concept(self.session, self.company, author=self.entrepreneur, **values)

    def pairing(self, state: PairingState, **values: Any) -> Pairing:
        need = make_need(self.session, self.unit, author=self.member, leader=self.leader)
        return make_pairing(self.session, need, self.concept(), state=state, **values)


@pytest.fixture
def town(session: Session) -> Town:
    return build_town(session)


def build_town(session: Session) -> Town:
    municipality, company = make_organisation(session), make_entrepreneur(session)
    unit = make_unit(session, municipality)
    return Town(
        session=session,
        municipality=municipality,
        unit=unit,
        company=company,
        member=make_member(session, Role.UNIT_MEMBER, unit),
        leader=make_member(session, Role.UNIT_LEADER, unit),
        coordinator=make_member(session, Role.COORDINATOR, municipality),
        adviser=make_member(session, Role.PROCUREMENT_ADVISER, municipality),
        chief=make_member(session, Role.LEADERSHIP, municipality),
        entrepreneur=make_member(session, Role.ENTREPRENEUR, company),
        administrator=make_member(session, Role.ADMINISTRATOR),
    )


def my_work(session: Session, person: Person) -> list[WorkItem]:
    return list(queries.list_my_work(session, actor_for(person), 1).rows)


def kinds(session: Session, person: Person) -> set[Work]:
    return {item.kind for item in my_work(session, person)}


def kinds_of_others(session: Session, person: Person) -> set[Work]:
    rows = queries.list_in_other_hands(session, actor_for(person), 1).rows
    return {item.kind for item in rows}


def queue(session: Session, person: Person, **wanted: object) -> list[WorkItem]:
    chosen = QueueFilter(**wanted)  # type: ignore[arg-type]  # the test's own words
    return list(queries.list_queue(session, actor_for(person), chosen, 1).rows)


# ---------------------------------------------------------------- one case of each kind


def old_draft(town: Town) -> None:
    make_need(
        town.session,
        town.unit,
        NeedState.DRAFT,
        author=town.member,
        leader=town.leader,
        updated_at=now() - DAYS,
    )


def changes_asked(town: Town) -> None:
    make_need(town.session, town.unit, NeedState.NEEDS_CHANGES, author=town.member)


def unendorsed(town: Town) -> None:
    values: dict[str, Any] = {"endorsed_by": None, "endorsed_at": None}
    make_need(town.session, town.unit, NeedState.IN_REVIEW, author=town.member, **values)


def in_review(town: Town) -> None:
    make_need(town.session, town.unit, NeedState.IN_REVIEW, author=town.member, leader=town.leader)


def closed_without_pairing(town: Town) -> None:
    make_need(
        town.session,
        town.unit,
        author=town.member,
        leader=town.leader,
        questions_close_on=today() - 9 * DAYS,
        interests_close_on=today() - 3 * DAYS,
    )


def concept_draft(town: Town) -> None:
    town.concept(state=ConceptState.DRAFT)


def new_interest(town: Town) -> None:
    need = make_need(town.session, town.unit, author=town.member, leader=town.leader)
    make_interest(town.session, need, town.concept())


def unit_to_say_yes(town: Town) -> None:
    town.pairing(
        PairingState.PROPOSED,
        proposed_by=town.entrepreneur,
        proposed_by_side=Side.ENTREPRENEUR,
        unit_accepted_by_id=None,
        unit_accepted_at=None,
        entrepreneur_accepted_by_id=town.entrepreneur.id,
        entrepreneur_accepted_at=now(),
    )


def entrepreneur_to_say_yes(town: Town) -> None:
    town.pairing(PairingState.PROPOSED)


def changes_for_unit(town: Town) -> None:
    town.pairing(
        PairingState.NEEDS_CHANGES,
        change_request="Hvem er kontakt?",
        changes_asked_at=now(),
        changes_asked_by_id=town.entrepreneur.id,
    )


def to_decide(town: Town) -> None:
    town.pairing(PairingState.ACCEPTED)


def organisation_waits(town: Town) -> None:
    town.company.state, town.company.decided_at = OrganisationState.PENDING, None
    town.session.flush()


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
    assert town.whose(Work.PAIRING_ADVISER) == set()
    holder.person_id = town.adviser.id
    town.session.flush()
    assert town.whose(Work.PAIRING_ADVISER) == {town.adviser}
    assert town.pairing(PairingState.DECLINED).roles
    assert len(my_work(town.session, town.adviser)) == 1


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
    pairings.withdraw_pairing(
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


# ---------------------------------------------------------------- nobody decides their own


def test_who_had_a_part_in_a_pairing_follows_it_but_cannot_decide(town: Town) -> None:
    mine = {"proposed_by": town.coordinator, "proposed_by_side": Side.COORDINATOR}
    town.pairing(PairingState.ACCEPTED, **mine)
    assert town.whose(Work.PAIRING_DECISION) == set()
    assert town.coordinator in town.followed_by(Work.PAIRING_DECISION)
    second = make_member(town.session, Role.COORDINATOR, town.municipality)
    assert kinds(town.session, second) == {Work.PAIRING_DECISION}


def test_who_declared_a_conflict_follows_it_but_cannot_decide(town: Town) -> None:
    pairing = town.pairing(PairingState.ACCEPTED)
    declared = ConflictDeclaration(person_id=town.coordinator.id, note="Svogeren min.")
    pairing.conflicts.append(declared)
    town.session.flush()
    assert town.whose(Work.PAIRING_DECISION) == set()
    assert town.coordinator in town.followed_by(Work.PAIRING_DECISION)


def test_who_said_yes_for_the_unit_cannot_decide(town: Town) -> None:
    town.pairing(PairingState.ACCEPTED, unit_accepted_by_id=town.coordinator.id)
    assert town.whose(Work.PAIRING_DECISION) == set()


def test_a_coordinator_who_wrote_the_need_waits_for_another(town: Town) -> None:
    grant_role(town.session, town.member, Role.COORDINATOR, town.municipality)
    in_review(town)
    assert town.whose(Work.NEED_REVIEW) == {town.coordinator}
    assert town.followed_by(Work.NEED_REVIEW) == {town.member}


def test_changes_of_a_coordinators_proposal_wait_for_that_coordinator_only(town: Town) -> None:
    second = make_member(town.session, Role.COORDINATOR, town.municipality)
    town.pairing(
        PairingState.NEEDS_CHANGES,
        proposed_by=second,
        proposed_by_side=Side.COORDINATOR,
        unit_accepted_by_id=None,
        unit_accepted_at=None,
        change_request="Hvem betaler?",
        changes_asked_at=now(),
        changes_asked_by_id=town.entrepreneur.id,
    )
    assert town.whose(Work.PAIRING_CHANGES) == set()
    assert kinds(town.session, second) == {Work.PAIRING_CHANGES}
    assert [item.waits_for for item in queue(town.session, town.coordinator)] == [Party.COORDINATOR]


# ---------------------------------------------------------------- order, days, and afterwards


def test_the_oldest_stands_first_and_days_are_those_of_norway(town: Town) -> None:
    """A moment before midnight in UTC is already the next day in Norway."""
    for published in (2, 5, 3):
        need = make_need(town.session, town.unit, author=town.member, leader=town.leader)
        since = datetime(2026, 9, 14 - published, 22, 30, tzinfo=UTC)
        make_interest(town.session, need, town.concept(), registered_at=since)
    closed_without_pairing(town)
    assert [(i.kind, days_since(i.since)) for i in my_work(town.session, town.member)] == [
        (Work.INTEREST_NEW, 4),
        (Work.NEED_WITHOUT_PAIRING, 3),
        (Work.INTEREST_NEW, 2),
        (Work.INTEREST_NEW, 1),
    ]


def test_rows_of_the_same_moment_stand_by_their_number(town: Town) -> None:
    for _ in range(3):
        in_review(town)
    ids = [item.subject_id for item in queue(town.session, town.coordinator)]
    assert ids == sorted(ids)


def test_changes_wait_from_when_they_were_asked_for_not_from_the_last_writing(town: Town) -> None:
    need = make_need(town.session, town.unit, NeedState.IN_REVIEW, author=town.member)
    with clock_at(now() - 6 * DAYS):
        needs.ask_for_changes(
            town.session, actor_for(town.coordinator), need=need, version=1, reason="Hvor mange?"
        )
    need.updated_at = now()
    town.session.flush()
    (item,) = my_work(town.session, town.member)
    assert days_since(item.since) == 6
    assert town.session.query(AuditEvent).count() == 1


def test_a_decision_waits_from_the_last_yes(town: Town) -> None:
    town.pairing(
        PairingState.ACCEPTED,
        unit_accepted_at=now() - 2 * DAYS,
        entrepreneur_accepted_at=now() - 7 * DAYS,
    )
    (item,) = my_work(town.session, town.coordinator)
    assert item.since == now() - 2 * DAYS


def test_it_is_gone_when_it_is_done(town: Town) -> None:
    need = make_need(
        town.session, town.unit, NeedState.IN_REVIEW, author=town.member, leader=town.leader
    )
    assert kinds(town.session, town.coordinator) == {Work.NEED_REVIEW}
    decide: Actor = actor_for(town.coordinator)
    needs.ask_for_changes(town.session, decide, need=need, version=1, reason="Hvor mange?")
    assert kinds(town.session, town.coordinator) == set()
    assert kinds(town.session, town.member) == {Work.NEED_CHANGES}
    needs.submit_need(town.session, actor_for(town.member), need=need, version=2)
    assert Work.NEED_CHANGES not in kinds(town.session, town.member)


def test_a_yes_moves_a_pairing_from_the_entrepreneur_to_the_coordinator(town: Town) -> None:
    pairing = town.pairing(PairingState.PROPOSED)
    pairings.accept_pairing(
        town.session, actor_for(town.entrepreneur), pairing=pairing, version=pairing.version
    )
    assert kinds(town.session, town.entrepreneur) == set()
    assert kinds(town.session, town.coordinator) == {Work.PAIRING_DECISION}


# ---------------------------------------------------------------- the queue


def test_the_queue_is_filtered_by_kind_and_unit(town: Town) -> None:
    in_review(town)
    new_interest(town)
    other = make_unit(town.session, town.municipality)
    make_need(town.session, other, NeedState.IN_REVIEW)
    session, coordinator = town.session, town.coordinator
    assert len(queue(session, coordinator)) == 3
    assert len(queue(session, coordinator, kind=Work.NEED_REVIEW)) == 2
    assert len(queue(session, coordinator, unit_id=other.id)) == 1
    assert queue(session, coordinator, unit_id=other.id, kind=Work.INTEREST_NEW) == []
    units = queries.list_queue_units(session, actor_for(coordinator))
    assert set(units) == {town.unit, other}


def test_the_queue_has_pages(town: Town) -> None:
    for _ in range(23):
        make_need(town.session, town.unit, NeedState.IN_REVIEW, author=town.member)
    actor = actor_for(town.coordinator)
    first = queries.list_queue(town.session, actor, QueueFilter(), 1)
    last = queries.list_queue(town.session, actor, QueueFilter(), 99)
    assert (first.total, first.count, len(first.rows)) == (23, 2, 20)
    assert (last.number, len(last.rows)) == (2, 3)
    assert not {r.subject_id for r in first.rows} & {r.subject_id for r in last.rows}


def test_the_number_of_queries_does_not_grow(town: Town) -> None:
    actor, counted = actor_for(town.coordinator), []
    for rows in (3, 9):
        for _ in range(rows):
            to_decide(town)
            new_interest(town)
        with count_queries(town.session) as counter:
            queries.list_my_work(town.session, actor, 1)
            queries.list_in_other_hands(town.session, actor, 1)
            queries.list_queue(town.session, actor, QueueFilter(), 1)
        counted.append(counter.count)
    assert counted == [6, 6]


def test_a_file_of_the_queue_cannot_run_formulas() -> None:
    item = WorkItem(
        kind=Work.NEED_REVIEW,
        subject_id=1,
        title='=HYPERLINK("http://evil.example";"klikk")',
        language="nb",
        other_title="@SUM(A1)",
        other_language="nb",
        unit_name="Enhet; med semikolon",
        waits_for=Party.COORDINATOR,
        since=now() - 2 * DAYS,
        acts=True,
    )
    register_labels(LABELS)
    app = Flask("marketplace")
    Babel(app, default_locale="nb")
    with app.app_context():
        text = queue_as_csv([item])
    assert text.startswith("\ufeffHva;Behov;")
    row = text.splitlines()[1]
    assert row == (
        'Behov til vurdering;"\'=HYPERLINK(""http://evil.example"";""klikk"")";\'@SUM(A1);'
        '"Enhet; med semikolon";koordinatoren;12.09.2026;2'
    )


# ---------------------------------------------------------------- counts


def test_the_leadership_sees_counts_of_its_own_municipality(town: Town) -> None:
    in_review(town)
    to_decide(town)
    elsewhere = build_town(town.session)
    to_decide(elsewhere)
    counts = queries.count_needs(town.session, actor_for(town.chief))
    assert counts[NeedState.IN_REVIEW] == 1
    assert counts[NeedState.PUBLISHED] == 1
    assert NeedState.DRAFT not in counts
    decided = queries.count_pairings(town.session, actor_for(town.chief))
    assert decided[PairingState.ACCEPTED] == 1
    assert sum(queries.count_needs(town.session, actor_for(town.member)).values()) == 0
