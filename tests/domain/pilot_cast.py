"""A case with a signed agreement and its test, in each state that a test can have."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.agreements.models import AgreedCheckpoint, AgreedSite, Agreement, Criterion
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core.actor import Actor
from marketplace.core.audit import forget_changes
from marketplace.core.clock import now, today
from marketplace.core.outbox import OutboxMessage
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole, PairingState
from marketplace.pilots.models import Checkpoint, Pilot
from marketplace.pilots.services import checkpoints, efforts, measuring, planning, running
from marketplace.pilots.states import (
    CheckpointAnswer,
    CheckpointStatus,
    PilotState,
    Reached,
    StopReason,
)
from tests.domain.pairing_cast import Cast, make_cast

CAP = 100_000
PARTIES = {"member", "leader", "entrepreneur", "colleague"}
COORDINATORS = {"coordinator", "second_coordinator", "publisher", "decider"}


@dataclass
class PilotCast:
    """The people of the case, its agreement in force and its pilot."""

    cast: Cast
    pairing: Pairing
    agreement: Agreement
    pilot: Pilot

    @property
    def session(self) -> Session:
        return self.cast.session

    def person(self, name: str) -> Person:
        return self.cast.person(name)

    def actor(self, name: str) -> Actor:
        return self.cast.actor(name)

    def checkpoint(self, number: int = 0) -> Checkpoint:
        return self.pilot.checkpoints[number]

    def start(self, name: str = "leader", version: int | None = None) -> None:
        running.start_pilot(
            self.session,
            self.actor(name),
            pilot=self.pilot,
            version=version or self.pilot.version,
        )

    def complete(self, name: str = "leader", version: int | None = None) -> None:
        running.complete_pilot(
            self.session,
            self.actor(name),
            pilot=self.pilot,
            version=version or self.pilot.version,
        )

    def stop(self, name: str, version: int | None = None, **values: Any) -> None:
        given: dict[str, Any] = {"stop_reason": StopReason.TOO_FEW_PARTICIPANTS, "note": "Få."}
        running.stop_pilot(
            self.session,
            self.actor(name),
            pilot=self.pilot,
            version=version or self.pilot.version,
            **(given | values),
        )

    def give_reason(self, name: str, version: int | None = None, **values: Any) -> None:
        given: dict[str, Any] = {"stop_reason": StopReason.COOPERATION, "note": "Vi var uenige."}
        running.give_stop_reason(
            self.session,
            self.actor(name),
            pilot=self.pilot,
            version=version or self.pilot.version,
            **(given | values),
        )

    def report(self, name: str, number: int = 0, **values: Any) -> None:
        given: dict[str, Any] = {
            "status": CheckpointStatus.ON_TRACK,
            "note": "Åtte har begynt.",
            "hours": 10,
            "money": 1_000,
            "answer": CheckpointAnswer.CONFIRM,
        }
        checkpoints.report_checkpoint(
            self.session,
            self.actor(name),
            checkpoint=self.checkpoint(number),
            **(given | values),
        )

    def use(self, name: str, **values: Any) -> None:
        given: dict[str, Any] = {
            "hours": 5,
            "money": 0,
            "used_on": today(),
            "note": "Opplæring.",
        }
        efforts.record_effort(self.session, self.actor(name), pilot=self.pilot, **(given | values))

    def measure(self, name: str = "member", number: int = 0, **values: Any) -> None:
        given: dict[str, Any] = {
            "site": None,
            "version": measuring.NOT_YET,
            "reached": Reached.FULLY,
            "value": "31 av 40",
            "note": "",
        }
        measuring.measure_criterion(
            self.session,
            self.actor(name),
            pilot=self.pilot,
            criterion=self.agreement.criteria[number],
            **(given | values),
        )

    def measure_all(self) -> None:
        for number in range(len(self.agreement.criteria)):
            self.measure(number=number)

    def told(self, topic: str) -> set[str]:
        """Who has a message of the topic, by the names of the cast."""
        statement = select(OutboxMessage.person_id).where(OutboxMessage.topic == topic)
        names = {person.id: name for name, person in self.cast.people.items()}
        return {names.get(person_id, "decider") for person_id in self.session.scalars(statement)}

    def messages(self, topic: str) -> list[OutboxMessage]:
        statement = select(OutboxMessage).where(OutboxMessage.topic == topic)
        return list(self.session.scalars(statement.order_by(OutboxMessage.id)))


def make_agreement(cast: Cast, pairing: Pairing, number: int = 1, **values: Any) -> Agreement:
    """A version in force: the test began yesterday, and there are two checkpoints to come."""
    first = number == 1
    given: dict[str, Any] = {
        "pairing": pairing,
        "number": number,
        "state": AgreementState.SIGNED,
        "trigger": AgreementTrigger.FIRST if first else AgreementTrigger.RENEGOTIATION,
        "change_reason": None if first else "Vi trenger mer tid.",
        "author_id": cast.person("member").id,
        "purpose": "Finne ut om det virker.",
        "unit_hours": 100,
        "unit_money": 20_000,
        "entrepreneur_hours": 200,
        "entrepreneur_money": 10_000,
        "payment": 50_000,
        "cost_cap": CAP,
        "test_starts_on": today() - timedelta(days=1),
        "test_ends_on": today() + timedelta(days=80),
        "decision_on": today() + timedelta(days=100),
        "offered_by_id": cast.person("member").id,
        "offered_at": now(),
        "unit_signed_by_id": cast.person("leader").id,
        "unit_signed_at": now(),
        "entrepreneur_signed_by_id": cast.person("entrepreneur").id,
        "entrepreneur_signed_at": now(),
        "criteria": [
            Criterion(position=1, title="Ensomhet", measure="Skjema", target="30 av 40",
                      weight=60),
            Criterion(position=2, title="Trygghet", measure="Intervju", target="De fleste",
                      weight=40),
        ],
        "checkpoints": [
            AgreedCheckpoint(due_on=today() + timedelta(days=days), topic="Status")
            for days in (10, 40)
        ],
        "sites": [AgreedSite(unit=cast.unit, name="Solbakken", hours=40)],
    }  # fmt: skip
    agreement = Agreement(**(given | values))
    cast.session.add(agreement)
    cast.session.flush()
    forget_changes(cast.session)
    return agreement


def next_version(case: PilotCast, **values: Any) -> Agreement:
    """The next version comes into force, and the test follows it."""
    case.agreement.state, case.agreement.superseded_at = AgreementState.SUPERSEDED, now()
    case.session.flush()
    case.agreement = make_agreement(case.cast, case.pairing, case.agreement.number + 1, **values)
    planning.follow_agreement(case.session, case.actor("leader"), case.agreement)
    return case.agreement


def make_pilot_cast(
    session: Session, state: PilotState = PilotState.RUNNING, **agreed: Any
) -> PilotCast:
    """Planned by its agreement; running from today unless told."""
    cast = make_cast(session)
    pairing = cast.pairing(PairingState.APPROVED)
    for holder in pairing.roles:
        if holder.role in {CaseRole.PROCUREMENT_ADVISER, CaseRole.DATA_PROTECTION}:
            holder.person = cast.person("adviser")
    agreement = make_agreement(cast, pairing, **agreed)
    planning.follow_agreement(session, cast.actor("leader"), agreement)
    pilot = session.scalars(select(Pilot).where(Pilot.pairing_id == pairing.id)).one()
    case = PilotCast(cast, pairing, agreement, pilot)
    if state is not PilotState.PLANNED:
        pilot.state = PilotState.RUNNING
        pilot.started_by_id, pilot.started_at = cast.person("leader").id, now()
        session.flush()
    if state is PilotState.ENDED:
        case.measure_all()
        case.complete()
    forget_changes(session)
    return case
