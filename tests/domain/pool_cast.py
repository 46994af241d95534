"""A need of one unit, and a second unit of the same municipality that may join it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, Unit
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent, forget_changes
from marketplace.core.clock import now
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.joining import services
from marketplace.needs.joining.services import Share
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import NeedState, ParticipationState, ParticipationTopic
from tests.factories import (
    actor_for,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)


@dataclass
class Cast:
    session: Session
    need: Need
    unit: Unit
    joiner: Unit
    people: dict[str, Person]

    def actor(self, name: str) -> Actor:
        return actor_for(self.people[name])

    def id_of(self, *names: str) -> set[int]:
        return {self.people[name].id for name in names}

    def share(self, **values: Any) -> Share:
        defaults: dict[str, Any] = {
            "site": "Dagsenteret",
            "contribution": "Vi låner ut kafeen.",
            "hours": 60,
            "target_count": 25,
            "contact_id": self.people["joining_member"].id,
        }
        return Share(**(defaults | values))

    def ask(
        self, name: str = "joining_member", unit: Unit | None = None, **values: Any
    ) -> NeedParticipation:
        return services.ask_to_join(
            self.session,
            self.actor(name),
            need=self.need,
            unit=unit or self.joiner,
            share=self.share(**values),
        )

    def participation(
        self, state: ParticipationState = ParticipationState.ASKED, **values: Any
    ) -> NeedParticipation:
        return make_participation(
            self.session,
            self.need,
            values.pop("unit", self.joiner),
            state,
            self.people["joining_member"],
            self.people["joining_leader"],
            **values,
        )

    def endorse(self, name: str, participation: NeedParticipation) -> None:
        services.endorse_participation(
            self.session,
            self.actor(name),
            participation=participation,
            version=participation.version,
        )

    def withdraw(
        self, name: str, participation: NeedParticipation, reason: str = "Vi rekker det ikke."
    ) -> None:
        services.withdraw_participation(
            self.session,
            self.actor(name),
            participation=participation,
            version=participation.version,
            reason=reason,
        )


def make_participation(
    session: Session,
    need: Need,
    unit: Unit,
    state: ParticipationState,
    member: Person,
    leader: Person,
    **values: Any,
) -> NeedParticipation:
    defaults: dict[str, Any] = {
        "need": need,
        "unit": unit,
        "state": state,
        "site": "Dagsenteret",
        "contribution": "Vi låner ut kafeen.",
        "hours": 60,
        "target_count": 25,
        "contact": member,
        "asked_by": member,
    }
    if state is ParticipationState.ENDORSED:
        defaults |= {"endorsed_by_id": leader.id, "endorsed_at": now()}
    if state is ParticipationState.WITHDRAWN:
        defaults |= {
            "withdrawn_by_id": leader.id,
            "withdrawn_at": now(),
            "withdrawal_reason": "Vi rekker det ikke.",
        }
    row = NeedParticipation(**(defaults | values))
    session.add(row)
    session.flush()
    forget_changes(session)
    return row


def cast_for_pool(session: Session, state: NeedState = NeedState.PUBLISHED, **values: Any) -> Cast:
    municipality, elsewhere = make_organisation(session), make_organisation(session)
    unit, joiner = make_unit(session, municipality), make_unit(session, municipality)
    people = {
        "member": make_member(session, Role.UNIT_MEMBER, unit),
        "leader": make_member(session, Role.UNIT_LEADER, unit),
        "joining_member": make_member(session, Role.UNIT_MEMBER, joiner),
        "joining_leader": make_member(session, Role.UNIT_LEADER, joiner),
        "coordinator": make_member(session, Role.COORDINATOR, municipality),
        "adviser": make_member(session, Role.PROCUREMENT_ADVISER, municipality),
        "leadership": make_member(session, Role.LEADERSHIP, municipality),
        "third_unit": make_member(session, Role.UNIT_LEADER, make_unit(session, municipality)),
        "elsewhere": make_member(session, Role.UNIT_LEADER, make_unit(session, elsewhere)),
        "entrepreneur": make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)),
        "administrator": make_member(session, Role.ADMINISTRATOR),
    }
    author, leader = people["member"], people["leader"]
    need = make_need(session, unit, state, author=author, leader=leader, **values)
    return Cast(session, need, unit, joiner, people)


def events(session: Session, row: NeedParticipation) -> list[AuditEvent]:
    about = (
        AuditEvent.subject_type == "NeedParticipation",
        AuditEvent.subject_id == row.id,
    )
    return list(session.scalars(select(AuditEvent).where(*about).order_by(AuditEvent.id)))


def told(session: Session, topic: ParticipationTopic) -> dict[int, dict[str, Any]]:
    messages = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == topic))
    return {message.person_id: message.payload for message in messages}


JOINING = ("joining_member", "joining_leader")
STRANGERS = ("adviser", "leadership", "third_unit", "elsewhere", "entrepreneur", "administrator")
