"""The clock between the end of a test and its decision, as everyone in the case sees it."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.core.clock import NORWAY, today
from marketplace.decisions.models import Decision


@dataclass(frozen=True, slots=True)
class Clock:
    """Days since the test ended, and days left until the date or gone since."""

    since: datetime
    due_on: date
    stopped_on: date | None

    @property
    def days(self) -> int:
        return max(0, (self._at - _day(self.since)).days)

    @property
    def days_left(self) -> int:
        return max(0, (self.due_on - self._at).days)

    @property
    def days_late(self) -> int:
        return max(0, (self._at - self.due_on).days)

    @property
    def _at(self) -> date:
        return self.stopped_on or today()


def clock_of(decision: Decision) -> Clock:
    decided = decision.decided_at
    return Clock(decision.awaited_since, decision.due_on, _day(decided) if decided else None)


def _day(moment: datetime) -> date:
    return moment.astimezone(NORWAY).date()
