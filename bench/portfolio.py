"""Time the choice of a portfolio, and compare it with SciPy's assignment where that can do it.

Usage: python -m bench.portfolio [NEEDS CONCEPTS] (500 1000 unless told)
"peer" is scipy.optimize.linear_sum_assignment on the same scores, which knows no capacities but
one, no groups and no fairness; it stands only where all capacities are one. Medians of three runs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array

from matching import portfolio
from matching.arrays import FloatArray, IntArray

RUNS = 3
GROUP_SIZE = 10
KEPT = 30


@dataclass(frozen=True)
class Case:
    """One line of the table."""

    name: str
    scores: FloatArray
    needs: IntArray | int = 1
    concepts: IntArray | int = 1
    grouped: bool = False

    def choose(self) -> object:
        """Run the library on it."""
        count = self.scores.shape[0]
        groups = np.arange(count) // GROUP_SIZE if self.grouped else None
        capacity = np.full(groups.max() + 1, GROUP_SIZE) if groups is not None else ()
        given = csr_array(self.scores) if (self.scores == 0).any() else self.scores
        return portfolio(
            given, self.needs, self.concepts, need_groups=groups, group_capacity=capacity
        )

    def choose_by_peer(self) -> object:
        """Run SciPy's assignment on it."""
        return linear_sum_assignment(self.scores, maximize=True)

    @property
    def has_peer(self) -> bool:
        """Whether all capacities are one."""
        return np.size(self.needs) == np.size(self.concepts) == 1 and not self.grouped


def cases(needs: int, concepts: int) -> list[Case]:
    """Return made-up scores of different kinds."""
    random = np.random.default_rng(7)
    taste = random.normal(size=(needs, 8)) @ random.normal(size=(8, concepts)) / 2
    fame = random.normal(size=concepts)
    real = 1 / (1 + np.exp(2 - taste - fame - random.normal(size=(needs, concepts))))
    few = np.where(real >= -np.partition(-real, KEPT - 1, axis=1)[:, [KEPT - 1]], real, 0.0)
    scarce = np.where(random.random(concepts) < 0.6 * needs / concepts, 2, 0)
    three, two = random.integers(1, 4, needs), random.integers(1, 4, concepts)
    return [
        line
        for name, scores in (("few", few), ("all", real))
        for line in (
            Case(f"{name}, one each", scores),
            Case(f"{name}, 1 to 3 each", scores, three, two),
            Case(f"{name}, groups", scores, three, two, grouped=True),
            Case(f"{name}, scarce concepts", scores, 1, scarce),
        )
    ] + [
        Case("all, rounded to tenths", np.round(real, 1) + 0.1, three, two),
        Case("all alike", np.ones_like(real)),
        Case("all even, one each", random.random(real.shape)),
    ]


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    needs, concepts = (int(each) for each in sys.argv[1:3] or (500, 1000))
    seconds(cases(5, 40)[0].choose)  # what is imported late shall not be timed
    print(f"{needs} needs x {concepts} concepts, {KEPT} concepts a need where few")
    print(f"{'scores, capacities':<26}{'pairs':>9}{'seconds':>9}{'peer':>9}{'ratio':>8}")
    for case in cases(needs, concepts):
        ours = median(seconds(case.choose) for _ in range(RUNS))
        line = f"{case.name:<26}{np.count_nonzero(case.scores):>9}{ours:>9.2f}"
        if case.has_peer:
            theirs = median(seconds(case.choose_by_peer) for _ in range(RUNS))
            line += f"{theirs:>9.3f}{ours / theirs:>8.0f}"
        print(line)


if __name__ == "__main__":
    main()
