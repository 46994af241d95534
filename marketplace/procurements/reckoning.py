"""Which open cases would get other advice if the table of thresholds were another."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.agreements.models import Agreement
from marketplace.pairings.models import Pairing
from marketplace.procurements import paid_tests, queries
from marketplace.procurements.advice import advise
from marketplace.procurements.models import Procurement
from marketplace.procurements.states import Track
from marketplace.procurements.thresholds import ThresholdRow

Rows = Sequence[ThresholdRow]


@dataclass(frozen=True, slots=True)
class ChangedAdvice:
    """Of a purchase, or of a paid test that not both have signed yet."""

    subject: Procurement | Agreement
    before: Track | None
    after: Track | None

    @property
    def pairing(self) -> Pairing:
        return self.subject.pairing


def changed_advice(session: Session, rows: Rows) -> list[ChangedAdvice]:
    """By `rows` instead of those that count now, each on the day that it starts."""
    stored = queries.list_thresholds(session)
    found: list[tuple[Procurement | Agreement, Callable[[Rows], Track | None]]] = [
        *((each, _of_purchase(each)) for each in queries.list_ongoing(session)),
        *((each, _of_test(each)) for each in queries.list_paid_versions(session)),
    ]
    tracks = [ChangedAdvice(each, track(stored), track(rows)) for each, track in found]
    return [each for each in tracks if each.before is not each.after]


def _of_purchase(procurement: Procurement) -> Callable[[Rows], Track | None]:
    value, category = procurement.estimated_value, procurement.service_category
    return lambda rows: advise(rows, value, category, procurement.starts_on).track


def _of_test(agreement: Agreement) -> Callable[[Rows], Track | None]:
    def track(rows: Rows) -> Track | None:
        advice = paid_tests.advice_by(rows, agreement)
        return advice.track if advice is not None else None

    return track
