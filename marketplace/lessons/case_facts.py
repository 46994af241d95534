"""How far a case has come, as far as its lessons depend on it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.decisions import queries as decisions
from marketplace.decisions.awaited import is_awaited
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from marketplace.lessons import queries
from marketplace.lessons.models import Lesson
from marketplace.lessons.states import Outcome
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PARTIES, Side
from marketplace.pilots import queries as pilots
from marketplace.pilots.awaited import awaits_stop_reason, is_over
from marketplace.pilots.models import Pilot
from marketplace.pilots.states import Ending, StopReason
from marketplace.procurements import queries as procurements
from marketplace.procurements.awaited import is_ongoing
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import ProcurementState


@dataclass(frozen=True, slots=True)
class CaseFacts:
    pilot: Pilot | None
    decisions: tuple[Decision, ...]
    procurement: Procurement | None
    lessons: dict[Side, Lesson]

    @property
    def pilot_ongoing(self) -> bool:
        return self.pilot is not None and not is_over(self.pilot)

    @property
    def stopped(self) -> bool:
        return self.pilot is not None and self.pilot.ending is Ending.STOPPED

    @property
    def extended(self) -> bool:
        return any(each.state is DecisionState.EXTEND for each in self.decisions)

    @property
    def decided(self) -> DecisionState | None:
        """What the last decision came to; None where there was none, or it is awaited."""
        latest = self.decisions[-1] if self.decisions else None
        return None if latest is None or is_awaited(latest) else latest.state

    @property
    def decision_awaited(self) -> bool:
        """A test that was completed ends in a decision."""
        completed = self.pilot is not None and self.pilot.ending is Ending.COMPLETED
        return completed and self.decided is None

    @property
    def on_hold(self) -> bool:
        """Extended, and not begun again yet."""
        return self.decided is DecisionState.EXTEND and not self.stopped

    @property
    def procurement_ongoing(self) -> bool:
        if self.decided is not DecisionState.BUY:
            return False
        return self.procurement is None or is_ongoing(self.procurement)

    @property
    def stop_reasons(self) -> dict[Side, StopReason | None]:
        """Why each side says that the test was stopped; empty where it was not."""
        if self.pilot is None or not self.stopped:
            return {}
        pilot = self.pilot
        return {
            Side.UNIT: pilot.unit_stop_reason,
            Side.ENTREPRENEUR: pilot.entrepreneur_stop_reason,
        }

    @property
    def sides_to_say_why(self) -> list[Side]:
        """Those that have not said why the test was stopped; none where it was not."""
        pilot = self.pilot
        return [] if pilot is None else [s for s in PARTIES if awaits_stop_reason(pilot, s)]

    @property
    def sides_to_write(self) -> list[Side]:
        return [side for side in PARTIES if side not in self.lessons]

    @property
    def outcome(self) -> Outcome:
        """How the case went; asked when nothing is ongoing any more."""
        if self.pilot is None:
            return Outcome.NOT_TESTED
        if self.stopped:
            return Outcome.STOPPED if self.pilot.started_at else Outcome.NOT_TESTED
        if self.decided is DecisionState.BUY:
            return _bought(self.procurement)
        extended = self.decided is DecisionState.EXTEND
        return Outcome.EXTENSION_LAPSED if extended else Outcome.NOT_BOUGHT


def _bought(procurement: Procurement | None) -> Outcome:
    cancelled = procurement is not None and procurement.state is ProcurementState.CANCELLED
    return Outcome.PURCHASE_CANCELLED if cancelled else Outcome.BOUGHT


def facts_of(session: Session, pairing: Pairing) -> CaseFacts:
    return CaseFacts(
        pilot=pilots.find_pilot(session, pairing.id),
        decisions=tuple(decisions.list_decisions(session, pairing.id)),
        procurement=procurements.find_procurement(session, pairing.id),
        lessons=queries.list_lessons(session, pairing.id),
    )
