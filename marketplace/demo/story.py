"""What has happened in the demo town, day by day: each step goes through the same service as a
person's click would, with the clock set back to the day it happened.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from heapq import heappop, heappush
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.concepts import services as concepts
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState, EvidenceLevel
from marketplace.core.actor import Actor, Role
from marketplace.core.clock import clock_at, now, today
from marketplace.demo.texts import Row, rows
from marketplace.demo.town import Town
from marketplace.interests import services as interests
from marketplace.interests.models import Interest
from marketplace.invitations import services as invitations
from marketplace.matches.services import judging as matches
from marketplace.matches.states import DismissalReason
from marketplace.needs.models import Need
from marketplace.needs.services import closing, publishing, returning, writing
from marketplace.needs.states import (
    PUBLIC,
    BudgetStatus,
    NeedOutcome,
    NeedState,
    ProcurementRoute,
    RaisedBy,
    ServiceCategory,
)
from marketplace.pairings.models import Pairing
from marketplace.programmes.models import Programme

BEGINNING = 120
"""So many days ago concepts begin to come, but for those that have been tested since long."""
DRAFTED_BEFORE, SUBMITTED_BEFORE, ENDORSED_BEFORE = 8, 4, 3
IN_REVIEW_SINCE = 5

NEED_TEXTS = (
    "title", "problem", "target_group", "target_count", "tried", "wanted_effect",
    "effect_measure", "contribution", "contribution_hours", "estimated_value",
)  # fmt: skip
NEED_CODES: dict[str, Callable[[str], Any]] = {
    "budget_status": BudgetStatus,
    "service_category": ServiceCategory,
    "intended_route": ProcurementRoute,
    "raised_by": RaisedBy,
}
CONCEPT_TEXTS = (
    "title", "description", "target_group", "evidence", "used_where", "price_indication",
    "capacity", "needs_from_municipality",
)  # fmt: skip


@dataclass
class Story:
    """Steps to be taken in the order of their moments, whatever order they were written in."""

    session: Session
    town: Town
    needs: dict[str, Need] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    cases: dict[str, Pairing] = field(default_factory=dict)
    programmes: dict[str, Programme] = field(default_factory=dict)
    steps: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    order: Iterator[int] = field(default_factory=count)
    today: date = field(default_factory=today)

    loaded_at: datetime = field(default_factory=now)

    def on(self, days_ago: float, step: Callable[[], object]) -> None:
        """Let `step` happen so many days ago; steps of the same moment keep their order."""
        moment = self.loaded_at - timedelta(days=days_ago)
        heappush(self.steps, (moment, next(self.order), step))

    def then(self, days_ago: float | None, step: Callable[[], object]) -> None:
        """The same, where it happened at all: for what follows from a step that is being told."""
        if days_ago is not None:
            self.on(days_ago, step)

    def tell(self) -> None:
        while self.steps:
            moment, _, step = heappop(self.steps)
            with clock_at(moment):
                step()

    def actor(self, key: str) -> Actor:
        return self.town.actor(key)

    def coordinator(self) -> Actor:
        """The coordinator who reviews needs, where the data names none."""
        people = self.town.people.items()
        key = next(k for k, p in people if any(m.role is Role.COORDINATOR for m in p.memberships))
        return self.actor(key)


def plan_concepts(story: Story) -> None:
    for number, row in enumerate(rows("concepts", "concept")):
        day = row.get("published_days_ago", BEGINNING - number % 40)
        story.on(day, partial(_create_concept, story, row))


def _create_concept(story: Story, row: Row) -> None:
    session, actor = story.session, story.town.entrepreneur(row["organisation"])
    content = concepts.ConceptContent(
        language=Language(row["language"]),
        evidence_level=EvidenceLevel(row["evidence_level"]) if row.get("evidence_level") else None,
        **{name: row[name] for name in CONCEPT_TEXTS if name in row},
    )
    organisation = story.town.organisations[row["organisation"]]
    concept = concepts.create_concept(
        session, actor, organisation_id=organisation.id, content=content
    )
    story.concepts[row["key"]] = concept
    state = ConceptState(row["state"])
    if state is not ConceptState.DRAFT:
        concepts.publish_concept(session, actor, concept=concept, version=concept.version)
    if state is ConceptState.ARCHIVED:
        concepts.archive_concept(session, actor, concept=concept, version=concept.version)


def plan_needs(story: Story) -> None:
    for row in rows("needs", "need"):
        _plan_need(story, row)


def _plan_need(story: Story, row: Row) -> None:
    state, key = NeedState(row["state"]), row["key"]
    public = state in PUBLIC
    published = row["published_days_ago"] if public else IN_REVIEW_SINCE - SUBMITTED_BEFORE
    story.on(published + DRAFTED_BEFORE, lambda: _write_need(story, row))
    if state is NeedState.DRAFT:
        return
    story.on(
        published + SUBMITTED_BEFORE,
        lambda: _move(story, key, publishing.submit_need, row["author"]),
    )
    if state is NeedState.NEEDS_CHANGES:
        story.on(published, lambda: _send_back(story, row))
    if not public:
        return
    leader = row["decision_maker"]
    story.on(
        published + ENDORSED_BEFORE, lambda: _move(story, key, publishing.endorse_need, leader)
    )
    story.on(published, lambda: _publish(story, key))
    for addendum in row.get("addenda", ()):
        text = addendum["text"]
        story.on(addendum["days_ago"], partial(_add, story, row, text))
    if state is NeedState.CLOSED:
        after_the_deadline = max(1, -row["interests_close_in_days"] - 7)
        story.on(row.get("closed_days_ago", after_the_deadline), lambda: _close(story, row))


def _write_need(story: Story, row: Row) -> None:
    session, actor, town = story.session, story.actor(row["author"]), story.town
    need = writing.create_need(
        session, actor, unit=town.units[row["unit"]], language=Language(row["language"])
    )
    fields: dict[str, Any] = {name: row[name] for name in NEED_TEXTS if name in row}
    fields |= {name: code(row[name]) for name, code in NEED_CODES.items() if name in row}
    if "contribution" in row:
        fields["contact_id"] = town.people[row["author"]].id
    if "decision_maker" in row:
        fields["decision_maker_id"] = town.people[row["decision_maker"]].id
    for name in ("questions_close", "interests_close"):
        if f"{name}_in_days" in row:
            fields[f"{name}_on"] = story.today + timedelta(days=row[f"{name}_in_days"])
    writing.save_need(session, actor, need=need, version=need.version, fields=fields)
    story.needs[row["key"]] = need


def _move(story: Story, key: str, service: Callable[..., object], person: str) -> None:
    need = story.needs[key]
    service(story.session, story.actor(person), need=need, version=need.version)


def _publish(story: Story, key: str) -> None:
    need = story.needs[key]
    publishing.publish_need(story.session, story.coordinator(), need=need, version=need.version)


def _send_back(story: Story, row: Row) -> None:
    """By a coordinator, or by the unit's leader where the data names one."""
    need, leader = story.needs[row["key"]], row.get("sent_back_by")
    send_back = returning.refuse_need if leader else returning.ask_for_changes
    send_back(
        story.session,
        story.actor(leader) if leader else story.coordinator(),
        need=need,
        version=need.version,
        reason=row["review_comment"],
    )


def _add(story: Story, row: Row, text: str) -> None:
    need, actor = story.needs[row["key"]], story.actor(row["author"])
    writing.add_addendum(story.session, actor, need=need, version=need.version, text=text)


def _close(story: Story, row: Row) -> None:
    need = story.needs[row["key"]]
    closing.close_need(
        story.session,
        story.actor(row["decision_maker"]),
        need=need,
        version=need.version,
        outcome=NeedOutcome(row["outcome"]),
        reason=row["closing_reason"],
    )


def plan_interests(story: Story) -> None:
    for row in rows("cases", "interest"):
        story.on(row["days_ago"], partial(_register_interest, story, row))


def _register_interest(story: Story, row: Row) -> None:
    session, concept = story.session, story.concepts[row["concept"]]
    actor = owner_of(story, concept)
    points = interests.Points(
        **{
            name: row[name]
            for name in ("meets_problem", "meets_target_group", "meets_effect", "needs_from_unit")
        }
    )
    interest = interests.register_interest(
        session, actor, need=story.needs[row["need"]], concept=concept, points=points
    )
    if row["state"] == "withdrawn":
        interests.withdraw_interest(
            session,
            actor,
            interest=interest,
            version=interest.version,
            reason="Vi har ikke kapasitet likevel.",
        )
    if row["state"] == "declined":
        story.on(row["declined_days_ago"], partial(_decline_interest, story, row, interest))


def _decline_interest(story: Story, row: Row, interest: Interest) -> None:
    interests.decline_interest(
        story.session,
        story.town.actor(row["declined_by"]),
        interest=interest,
        version=interest.version,
        reason=row["decline_reason"],
    )


def owner_of(story: Story, concept: Concept) -> Actor:
    keys = story.town.organisations.items()
    return story.town.entrepreneur(next(k for k, o in keys if o.id == concept.organisation_id))


def plan_judgements(story: Story) -> None:
    for row in rows("cases", "shortlisted"):
        story.on(row.get("days_ago", 3), partial(_judge, story, row, None))
    for row in rows("cases", "dismissed"):
        reason = DismissalReason(row["reason"])
        story.on(row.get("days_ago", 2), partial(_judge, story, row, reason))


def _judge(story: Story, row: Row, reason: DismissalReason | None) -> None:
    pair: dict[str, Any] = {
        "need": story.needs[row["need"]],
        "concept": story.concepts[row["concept"]],
    }
    actor = story.actor(row["person"])
    if reason is None:
        matches.shortlist_concept(story.session, actor, **pair)
    else:
        matches.dismiss_concept(story.session, actor, **pair, reason=reason, note=row["note"])


def plan_invitations(story: Story) -> None:
    for row in rows("cases", "invited"):
        story.on(row["days_ago"], partial(_invite, story, row))


def _invite(story: Story, row: Row) -> None:
    invitations.invite_concept(
        story.session,
        story.actor(row["person"]),
        need=story.needs[row["need"]],
        concept=story.concepts[row["concept"]],
        line=row["line"],
    )
