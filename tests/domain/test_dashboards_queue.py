"""Who may act on what waits, in which order it stands, and the coordinator's queue."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from flask_babel import Babel
from sqlalchemy.orm import Session

from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.awaited import Party
from marketplace.core.clock import clock_at, now
from marketplace.dashboards import queries
from marketplace.dashboards.labels import LABELS
from marketplace.dashboards.pages import queue_as_csv
from marketplace.dashboards.queries import QueueFilter, WorkItem
from marketplace.needs.services import publishing, returning
from marketplace.needs.states import NeedState, NeedTask
from marketplace.pairings.models import ConflictDeclaration
from marketplace.pairings.services import answering
from marketplace.pairings.states import PairingState, PairingTask, Side
from marketplace.ui.filters import days_since
from marketplace.ui.labels import register_labels
from tests.domain.town import (
    DAYS,
    Town,
    build_town,
    closed_without_pairing,
    in_review,
    kinds,
    my_work,
    new_interest,
    queue,
    to_decide,
)
from tests.factories import (
    actor_for,
    grant_role,
    make_interest,
    make_member,
    make_need,
    make_unit,
)
from tests.queries import count_queries

pytestmark = pytest.mark.usefixtures("installed")


@pytest.fixture
def town(session: Session) -> Town:
    return build_town(session)


# ---------------------------------------------------------------- nobody decides their own


def test_who_had_a_part_in_a_pairing_follows_it_but_cannot_decide(town: Town) -> None:
    mine = {"proposed_by": town.coordinator, "proposed_by_side": Side.COORDINATOR}
    town.pairing(PairingState.ACCEPTED, **mine)
    assert town.whose(PairingTask.DECISION) == set()
    assert town.coordinator in town.followed_by(PairingTask.DECISION)
    second = make_member(town.session, Role.COORDINATOR, town.municipality)
    assert kinds(town.session, second) == {PairingTask.DECISION}


def test_who_declared_a_conflict_follows_it_but_cannot_decide(town: Town) -> None:
    pairing = town.pairing(PairingState.ACCEPTED)
    declared = ConflictDeclaration(person_id=town.coordinator.id, note="Svogeren min.")
    pairing.conflicts.append(declared)
    town.session.flush()
    assert town.whose(PairingTask.DECISION) == set()
    assert town.coordinator in town.followed_by(PairingTask.DECISION)


def test_who_said_yes_for_the_unit_cannot_decide(town: Town) -> None:
    town.pairing(PairingState.ACCEPTED, unit_accepted_by_id=town.coordinator.id)
    assert town.whose(PairingTask.DECISION) == set()


def test_a_coordinator_who_wrote_the_need_waits_for_another(town: Town) -> None:
    grant_role(town.session, town.member, Role.COORDINATOR, town.municipality)
    in_review(town)
    assert town.whose(NeedTask.REVIEW) == {town.coordinator}
    assert town.followed_by(NeedTask.REVIEW) == {town.member}


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
    assert town.whose(PairingTask.CHANGES) == set()
    assert kinds(town.session, second) == {PairingTask.CHANGES}
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
        (PairingTask.INTEREST, 4),
        (PairingTask.NEED_WITHOUT, 3),
        (PairingTask.INTEREST, 2),
        (PairingTask.INTEREST, 1),
    ]


def test_rows_of_the_same_moment_stand_by_their_number(town: Town) -> None:
    for _ in range(3):
        in_review(town)
    ids = [item.subject_id for item in queue(town.session, town.coordinator)]
    assert ids == sorted(ids)


def test_changes_wait_from_when_they_were_asked_for_not_from_the_last_writing(town: Town) -> None:
    need = make_need(town.session, town.unit, NeedState.IN_REVIEW, author=town.member)
    with clock_at(now() - 6 * DAYS):
        returning.ask_for_changes(
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
    assert kinds(town.session, town.coordinator) == {NeedTask.REVIEW}
    decide: Actor = actor_for(town.coordinator)
    returning.ask_for_changes(town.session, decide, need=need, version=1, reason="Hvor mange?")
    assert kinds(town.session, town.coordinator) == set()
    assert kinds(town.session, town.member) == {NeedTask.CHANGES}
    publishing.submit_need(town.session, actor_for(town.member), need=need, version=2)
    assert NeedTask.CHANGES not in kinds(town.session, town.member)


def test_a_yes_moves_a_pairing_from_the_entrepreneur_to_the_coordinator(town: Town) -> None:
    pairing = town.pairing(PairingState.PROPOSED)
    answering.accept_pairing(
        town.session, actor_for(town.entrepreneur), pairing=pairing, version=pairing.version
    )
    assert kinds(town.session, town.entrepreneur) == set()
    assert kinds(town.session, town.coordinator) == {PairingTask.DECISION}


def test_a_need_in_review_waits_for_one_party_at_a_time(town: Town) -> None:
    """First for the unit's leader, then for the coordinator, and from then on."""
    with clock_at(now() - 6 * DAYS):
        need = make_need(
            town.session,
            town.unit,
            NeedState.IN_REVIEW,
            author=town.member,
            endorsed_by=None,
            endorsed_at=None,
        )
    (waiting,) = queue(town.session, town.coordinator)
    assert (waiting.kind, waiting.waits_for) == (NeedTask.ENDORSEMENT, Party.UNIT_LEADER)
    assert kinds(town.session, town.coordinator) == set()
    assert kinds(town.session, town.leader) == {NeedTask.ENDORSEMENT}

    with clock_at(now() - 2 * DAYS):
        publishing.endorse_need(
            town.session, actor_for(town.leader), need=need, version=need.version
        )

    (waiting,) = queue(town.session, town.coordinator)
    assert (waiting.kind, waiting.waits_for) == (NeedTask.REVIEW, Party.COORDINATOR)
    assert days_since(waiting.since) == 2
    assert kinds(town.session, town.leader) == set()


# ---------------------------------------------------------------- the queue


def test_the_queue_is_filtered_by_kind_and_unit(town: Town) -> None:
    in_review(town)
    new_interest(town)
    other = make_unit(town.session, town.municipality)
    make_need(town.session, other, NeedState.IN_REVIEW)
    session, coordinator = town.session, town.coordinator
    assert len(queue(session, coordinator)) == 3
    assert len(queue(session, coordinator, kind=NeedTask.REVIEW)) == 2
    assert len(queue(session, coordinator, unit_id=other.id)) == 1
    assert queue(session, coordinator, unit_id=other.id, kind=PairingTask.INTEREST) == []
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
            queries.list_my_work(town.session, actor)
            queries.list_queue(town.session, actor, QueueFilter(), 1)
        counted.append(counter.count)
    assert counted == [2, 2]


def test_a_file_of_the_queue_cannot_run_formulas() -> None:
    item = WorkItem(
        kind=NeedTask.REVIEW,
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
