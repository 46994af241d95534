"""The people around one unit and the moves of its needs, for the tests of needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from marketplace.accounts.models import Person, Unit
from marketplace.core.actor import Actor, Role
from marketplace.needs.models import Need
from marketplace.needs.services import closing, publishing, returning, writing
from marketplace.needs.states import NeedOutcome, NeedState
from tests.factories import (
    actor_for,
    grant_role,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_unit,
)


@dataclass
class Cast:
    """Everyone around one unit."""

    unit: Unit
    author: Person
    member: Person
    leader: Person
    coordinator: Person

    def need(self, session: Session, state: NeedState, **values: Any) -> Need:
        return make_need(
            session, self.unit, state, author=self.author, leader=self.leader, **values
        )


def cast_around_a_unit(session: Session) -> Cast:
    unit = make_unit(session)
    return Cast(
        unit,
        make_member(session, Role.UNIT_MEMBER, unit),
        make_member(session, Role.UNIT_MEMBER, unit),
        make_member(session, Role.UNIT_LEADER, unit),
        make_member(session, Role.COORDINATOR, unit.organisation),
    )


Move = Callable[[Session, Actor, Need], object]


def submit(session: Session, actor: Actor, need: Need) -> None:
    publishing.submit_need(session, actor, need=need, version=need.version)


def endorse(session: Session, actor: Actor, need: Need) -> None:
    publishing.endorse_need(session, actor, need=need, version=need.version)


def ask(session: Session, actor: Actor, need: Need, reason: str = "Si hvor mange.") -> None:
    returning.ask_for_changes(session, actor, need=need, version=need.version, reason=reason)


def refuse(session: Session, actor: Actor, need: Need, reason: str = "Ikke i år.") -> None:
    returning.refuse_need(session, actor, need=need, version=need.version, reason=reason)


def take_back(session: Session, actor: Actor, need: Need, reason: str = "Vi vil endre.") -> None:
    returning.take_back_need(session, actor, need=need, version=need.version, reason=reason)


def publish(session: Session, actor: Actor, need: Need) -> None:
    publishing.publish_need(session, actor, need=need, version=need.version)


def add(session: Session, actor: Actor, need: Need) -> None:
    writing.add_addendum(session, actor, need=need, version=need.version, text="Nå er de 50.")


def close(session: Session, actor: Actor, need: Need) -> None:
    closing.close_need(
        session,
        actor,
        need=need,
        version=need.version,
        outcome=NeedOutcome.MET,
        reason="Vi kjøpte tjenesten.",
    )


def save(session: Session, actor: Actor, need: Need) -> None:
    fields = {"problem": "Et nytt problem."}
    writing.save_need(session, actor, need=need, version=need.version, fields=fields)


STRANGERS = ("other unit", "elsewhere", "entrepreneur", "adviser", "administrator")


def stranger(session: Session, who: str, people: Cast) -> Actor:
    if who in {"member", "leader", "coordinator"}:
        return actor_for(getattr(people, who))
    municipality = people.unit.organisation
    if who == "other unit":
        return actor_for(make_member(session, Role.UNIT_LEADER, make_unit(session, municipality)))
    if who == "elsewhere":
        person = make_member(session, Role.COORDINATOR, make_organisation(session))
        grant_role(session, person, Role.UNIT_LEADER, make_unit(session))
        return actor_for(person)
    if who == "entrepreneur":
        return actor_for(make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)))
    if who == "adviser":
        return actor_for(make_member(session, Role.PROCUREMENT_ADVISER, municipality))
    return actor_for(make_member(session, Role.ADMINISTRATOR))
