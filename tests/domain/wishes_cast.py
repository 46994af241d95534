"""A municipality whose leadership wishes for something, and the units that may take it on."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation, Person, Unit
from marketplace.accounts.states import ServiceArea
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent, forget_changes
from marketplace.core.clock import now
from marketplace.core.outbox import OutboxMessage
from marketplace.needs.models import Need
from marketplace.needs.states import NeedState
from marketplace.wishes import services
from marketplace.wishes.models import UnitNo, Wish, WishAddressee
from marketplace.wishes.states import WishState, WishTopic
from tests.factories import (
    actor_for,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)

TITLE, WHAT, WHY = "Færre faller ut", "Ungdommer slutter på skolen.", "Tallene går feil vei."


@dataclass
class Cast:
    session: Session
    municipality: Organisation
    unit: Unit
    second_unit: Unit
    people: dict[str, Person]

    def actor(self, name: str) -> Actor:
        return actor_for(self.people[name])

    def id_of(self, *names: str) -> set[int]:
        return {self.people[name].id for name in names}

    def raise_wish(self, name: str = "chief", **values: Any) -> Wish:
        defaults: dict[str, Any] = {
            "municipality": self.municipality,
            "title": TITLE,
            "what": WHAT,
            "why": WHY,
        }
        return services.raise_wish(self.session, self.actor(name), **(defaults | values))

    def wish(self, state: WishState = WishState.OPEN, **values: Any) -> Wish:
        defaults: dict[str, Any] = {
            "organisation": self.municipality,
            "author": self.people["chief"],
            "state": state,
            "title": TITLE,
            "what": WHAT,
            "why": WHY,
        }
        if state is WishState.TAKEN_ON:
            defaults |= {
                "taken_on_at": now(),
                "taken_on_by_id": self.people["member"].id,
                "unit": self.unit,
                "need": make_need(self.session, self.unit, NeedState.DRAFT),
            }
        if state is WishState.WITHDRAWN:
            defaults |= {
                "withdrawn_at": now(),
                "withdrawn_by_id": self.people["chief"].id,
                "withdrawal_reason": "Vi venter.",
            }
        wish = Wish(**(defaults | values))
        self.session.add(wish)
        self.session.flush()
        forget_changes(self.session)
        return wish

    def addressed(self, *units: Unit) -> Wish:
        return self.wish(addressees=[WishAddressee(unit=unit) for unit in units])

    def take_on(self, name: str, wish: Wish, unit: Unit | None = None) -> Need:
        return services.take_on_wish(
            self.session,
            self.actor(name),
            wish=wish,
            version=wish.version,
            unit=unit or self.unit,
        )

    def say_no(
        self, name: str, wish: Wish, unit: Unit | None = None, reason: str = "Ikke tid."
    ) -> UnitNo:
        return services.say_no_to_wish(
            self.session,
            self.actor(name),
            wish=wish,
            version=wish.version,
            unit=unit or self.unit,
            reason=reason,
        )

    def withdraw(self, name: str, wish: Wish, reason: str = "Vi venter.") -> None:
        services.withdraw_wish(
            self.session, self.actor(name), wish=wish, version=wish.version, reason=reason
        )


def cast_for_wishes(session: Session) -> Cast:
    municipality, elsewhere = make_organisation(session), make_organisation(session)
    unit = make_unit(session, municipality, area=ServiceArea.HEALTH_CARE)
    second = make_unit(session, municipality, area=next(a for a in ServiceArea if a != unit.area))
    people = {
        "chief": make_member(session, Role.LEADERSHIP, municipality),
        "second_chief": make_member(session, Role.LEADERSHIP, municipality),
        "member": make_member(session, Role.UNIT_MEMBER, unit),
        "leader": make_member(session, Role.UNIT_LEADER, unit),
        "second_member": make_member(session, Role.UNIT_MEMBER, second),
        "second_leader": make_member(session, Role.UNIT_LEADER, second),
        "coordinator": make_member(session, Role.COORDINATOR, municipality),
        "adviser": make_member(session, Role.PROCUREMENT_ADVISER, municipality),
        "chief_elsewhere": make_member(session, Role.LEADERSHIP, elsewhere),
        "leader_elsewhere": make_member(session, Role.UNIT_LEADER, make_unit(session, elsewhere)),
        "entrepreneur": make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)),
        "administrator": make_member(session, Role.ADMINISTRATOR),
    }
    return Cast(session, municipality, unit, second, people)


def events(session: Session, wish: Wish) -> list[AuditEvent]:
    about = (AuditEvent.subject_type == "Wish", AuditEvent.subject_id == wish.id)
    return list(session.scalars(select(AuditEvent).where(*about).order_by(AuditEvent.id)))


def told(session: Session, topic: WishTopic) -> dict[int, dict[str, Any]]:
    messages = session.scalars(select(OutboxMessage).where(OutboxMessage.topic == topic))
    return {message.person_id: message.payload for message in messages}


CHIEFS = ("chief", "second_chief")
UNIT_PEOPLE = ("member", "leader", "second_member", "second_leader")
OUTSIDERS = ("chief_elsewhere", "leader_elsewhere", "entrepreneur", "administrator")
