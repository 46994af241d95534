"""What the test came to: each criterion, and the weighted result, so that anybody can check it.

A criterion that is fully reached gives its whole weight, one partly reached half of it, one not
reached nothing. Where a criterion is measured at several sites, the mean of the sites counts,
unless it was measured overall too. What was not measured gives nothing and is told apart: it
is never counted as reached, nor hidden.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.agreements.models import AgreedSite, Agreement, Criterion
from marketplace.pilots.models import Measurement, Pilot
from marketplace.pilots.queries import find_measurement
from marketplace.pilots.states import Reached

SHARES: dict[Reached, float | None] = {
    Reached.FULLY: 1.0,
    Reached.PARTLY: 0.5,
    Reached.NOT: 0.0,
    Reached.NOT_MEASURED: None,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a criterion is measured: at one site, or overall."""

    site: AgreedSite | None
    measurement: Measurement | None


@dataclass(frozen=True, slots=True)
class CriterionResult:
    criterion: Criterion
    places: tuple[Place, ...]

    @property
    def complete(self) -> bool:
        """Something is said overall, or at every site."""
        overall, *sites = self.places
        if overall.measurement is not None:
            return True
        return bool(sites) and all(place.measurement is not None for place in sites)

    @property
    def share(self) -> float | None:
        """How far it was reached, 0 to 1; None where nothing was measured."""
        overall, *sites = self.places
        whole = SHARES[overall.measurement.reached] if overall.measurement is not None else None
        if whole is not None:
            return whole
        return _mean(
            SHARES[place.measurement.reached] for place in sites if place.measurement is not None
        )

    @property
    def points(self) -> float | None:
        return None if self.share is None else self.share * self.criterion.weight


@dataclass(frozen=True, slots=True)
class Results:
    criteria: tuple[CriterionResult, ...]

    @property
    def unmeasured(self) -> list[Criterion]:
        return [result.criterion for result in self.criteria if not result.complete]

    @property
    def points(self) -> float:
        return sum(result.points or 0 for result in self.criteria)

    @property
    def measured_weight(self) -> int:
        return sum(r.criterion.weight for r in self.criteria if r.share is not None)

    @property
    def total_weight(self) -> int:
        return sum(result.criterion.weight for result in self.criteria)


def results_of(pilot: Pilot, agreement: Agreement) -> Results:
    """By the criteria of `agreement`: the version in force, or the one that the test ended under.

    With one site, overall and site are the same, and only overall is asked for.
    """
    sites = agreement.sites if len(agreement.sites) > 1 else []
    places: list[AgreedSite | None] = [None, *sites]
    return Results(
        tuple(
            CriterionResult(
                criterion,
                tuple(Place(site, find_measurement(pilot, criterion, site)) for site in places),
            )
            for criterion in agreement.criteria
        )
    )


def _mean(shares: Iterable[float | None]) -> float | None:
    known = [share for share in shares if share is not None]
    return sum(known) / len(known) if known else None
