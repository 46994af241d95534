"""How long a thing takes where some are not through yet: the estimate of Kaplan and Meier.

E. L. Kaplan and P. Meier, «Nonparametric Estimation from Incomplete Observations», Journal of the
American Statistical Association 53 (1958), 457-481: the share that is still on the way after t days
is the product, over the days up to t on which somebody came through, of (1 - through / had come so
far). Whoever still waits, or left another way, is among those who had come so far until then.

A median of those alone who are through would be too short as long as the slow ones wait. SciPy has
the estimate too (`scipy.stats.ecdf`), and the tests hold this one to it: importing that would cost
each process two seconds.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Wait:
    """So many days; `through` where they ended with what was waited for."""

    days: int
    through: bool


def median_of(waits: Collection[Wait]) -> int | None:
    """The first day by which half are through; None where that day has not come."""
    through = Counter(wait.days for wait in waits if wait.through)
    gone = Counter(wait.days for wait in waits)
    still, so_far = Fraction(1), len(waits)
    for day in sorted(gone):
        still *= 1 - Fraction(through[day], so_far)
        if still <= HALF:
            return day
        so_far -= gone[day]
    return None
