"""Which open cases would get other advice if the table of thresholds were another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.procurements import queries
from marketplace.procurements.advice import advise
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import Track
from marketplace.procurements.thresholds import ThresholdRow


@dataclass(frozen=True, slots=True)
class ChangedAdvice:
    procurement: Procurement
    before: Track | None
    after: Track | None


def changed_advice(session: Session, rows: Sequence[ThresholdRow]) -> list[ChangedAdvice]:
    """By `rows` instead of those that count now, each on the day that its procurement starts."""
    stored = queries.list_thresholds(session)
    tracks = [
        ChangedAdvice(each, _track(stored, each), _track(rows, each))
        for each in queries.list_ongoing(session)
    ]
    return [each for each in tracks if each.before is not each.after]


def _track(rows: Iterable[ThresholdRow], procurement: Procurement) -> Track | None:
    value, category = procurement.estimated_value, procurement.service_category
    return advise(rows, value, category, procurement.starts_on).track
