"""Which part of the regulation a purchase comes under, by a dated table: advice, not a ruling.

Nothing here knows an amount. The table holds them, each with its first day, and the day that
counts is the one on which the procurement starts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from marketplace.core.clock import today
from marketplace.needs.states import ProcurementRoute, ServiceCategory
from marketplace.procurements.states import Announcing, SumLevel, ThresholdKey, Track
from marketplace.procurements.thresholds import ThresholdRow, in_force, months_before

NEAR_SHARE = 80  # per cent

_Route = ProcurementRoute


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """A limit that counts here, and whether the value reaches it."""

    row: ThresholdRow
    reached: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """`track` is empty where the table has no amount for the day; `missing` says which."""

    value: int
    starts_on: date
    track: Track | None
    lines: Sequence[AdviceLine]
    missing: Sequence[ThresholdKey] = ()

    @property
    def far_ahead(self) -> bool:
        """More than a year from now: the table may have other amounts by then."""
        return months_before(self.starts_on, 12) > today()

    @property
    def announcing(self) -> Announcing:
        return _ANNOUNCING[self.track] if self.track else Announcing.NOWHERE

    @property
    def routes(self) -> Sequence[ProcurementRoute]:
        """The routes that fit, the simplest first; any other needs a reason in writing."""
        return _ROUTES[self.track] if self.track else ()


_ANNOUNCING = {
    Track.OUTSIDE_ACT: Announcing.NOWHERE,
    Track.PART_I: Announcing.NOWHERE,
    Track.PART_II: Announcing.DOFFIN,
    Track.PART_III: Announcing.DOFFIN_AND_TED,
    Track.PART_IV: Announcing.DOFFIN_AND_TED,
}
_TENDERS = (_Route.OPEN_TENDER, _Route.LIMITED_TENDER)
_ROUTES: dict[Track, tuple[ProcurementRoute, ...]] = {
    Track.OUTSIDE_ACT: (
        _Route.DIRECT_PURCHASE,
        _Route.MINI_COMPETITION,
        _Route.RESEARCH_DEVELOPMENT,
        *_TENDERS,
    ),
    Track.PART_I: (
        _Route.MINI_COMPETITION,
        _Route.NOTICE_OF_INTENT,
        *_TENDERS,
        _Route.RESEARCH_DEVELOPMENT,
    ),
    Track.PART_II: (*_TENDERS, _Route.INNOVATION_PARTNERSHIP, _Route.RESEARCH_DEVELOPMENT),
    Track.PART_III: (*_TENDERS, _Route.INNOVATION_PARTNERSHIP, _Route.RESEARCH_DEVELOPMENT),
    Track.PART_IV: (*_TENDERS, _Route.INNOVATION_PARTNERSHIP, _Route.RESEARCH_DEVELOPMENT),
}
PROTOCOL_TRACKS = frozenset({Track.PART_II, Track.PART_III, Track.PART_IV})
"""Where the protocol of § 10-5 is asked for before a contract is made."""

_UPPER: dict[ServiceCategory, ThresholdKey] = {
    ServiceCategory.HEALTH_SOCIAL: ThresholdKey.HEALTH_SOCIAL,
    ServiceCategory.SPECIAL: ThresholdKey.HEALTH_SOCIAL,
    ServiceCategory.OTHER: ThresholdKey.EEA_GOODS_SERVICES,
}


def limits_of(category: ServiceCategory) -> tuple[ThresholdKey, ...]:
    """The limits that count for a service category, from the lowest up."""
    return (ThresholdKey.ACT_APPLIES, ThresholdKey.NATIONAL, _UPPER[category])


def advise(
    rows: Iterable[ThresholdRow], value: int, category: ServiceCategory, starts_on: date
) -> Advice:
    valid = in_force(rows, starts_on)
    keys = limits_of(category)
    lines = [AdviceLine(valid[key], value >= valid[key].amount) for key in keys if key in valid]
    missing = [key for key in keys if key not in valid]
    track = None if missing else _track([line.reached for line in lines], category)
    return Advice(value, starts_on, track, lines, missing)


def _track(reached: Sequence[bool], category: ServiceCategory) -> Track:
    act, national, upper = reached
    if not act:
        return Track.OUTSIDE_ACT
    if not national:
        return Track.PART_I
    if category is ServiceCategory.HEALTH_SOCIAL:
        return Track.PART_IV if upper else Track.PART_I
    if category is ServiceCategory.SPECIAL:
        return Track.PART_II
    return Track.PART_III if upper else Track.PART_II


# ---------------------------------------------------------------- sums of purchases


@dataclass(frozen=True, slots=True)
class LimitOfSum:
    """A sum of purchases beside a limit."""

    row: ThresholdRow
    level: SumLevel


def level_of(amount: int, limit: int) -> SumLevel:
    if amount >= limit:
        return SumLevel.OVER
    return SumLevel.NEAR if amount * 100 >= limit * NEAR_SHARE else SumLevel.BELOW


def sum_beside_limits(
    rows: Iterable[ThresholdRow], keys: Iterable[ThresholdKey], amount: int, day: date
) -> list[LimitOfSum]:
    valid = in_force(rows, day)
    return [
        LimitOfSum(valid[key], level_of(amount, valid[key].amount)) for key in keys if key in valid
    ]
