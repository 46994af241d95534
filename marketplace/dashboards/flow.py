"""How far needs have come, how many days each step takes, and how that changes by the quarter."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from marketplace.core.clock import today
from marketplace.dashboards.states import FlowStep, Passage, QuarterCount
from marketplace.dashboards.survival import Wait, median_of
from marketplace.dashboards.ways import CaseWay, NeedWay

QUARTERS = 8
MOST_QUARTERS = 16

# ---------------------------------------------------------------- how far


@dataclass(frozen=True, slots=True)
class Reached:
    """How many needs have reached a step, and what share of the published ones that is."""

    step: FlowStep
    needs: int
    share: float


_OF_A_CASE: dict[FlowStep, Callable[[CaseWay], bool]] = {
    FlowStep.BOUGHT: lambda case: case.contracted is not None,
    FlowStep.DECIDED: lambda case: case.decided is not None,
    FlowStep.TESTED: lambda case: case.ended is not None,
    FlowStep.AGREED: lambda case: case.signed is not None,
    FlowStep.APPROVED: lambda case: case.approved is not None,
    FlowStep.PAIRED: lambda _case: True,
}


def steps_reached(ways: Sequence[NeedWay]) -> list[Reached]:
    """Each need once, at the furthest step of it and at all before: so none has more than the one
    before it, also where a step was passed over."""
    order = list(FlowStep)
    furthest = [order.index(_furthest(way)) for way in ways]
    counts = [sum(1 for place in furthest if place >= number) for number in range(len(order))]
    whole = len(ways) or 1
    return [Reached(step, count, count / whole) for step, count in zip(order, counts, strict=True)]


def _furthest(way: NeedWay) -> FlowStep:
    for step, reached in _OF_A_CASE.items():
        if any(map(reached, way.cases)):
            return step
    return FlowStep.ANSWERED if way.answered else FlowStep.PUBLISHED


# ---------------------------------------------------------------- how many days


@dataclass(frozen=True, slots=True)
class Days:
    """How long a part of the way takes, with those who have not come through it."""

    passage: Passage
    cases: int
    """How many came through."""
    middle: int | None
    """None where half have not come through yet."""
    longest: int | None
    waiting: int
    since: date | None
    """The first day of who has waited longest."""


@dataclass(frozen=True, slots=True)
class _Span:
    begins: date
    through: date | None
    left: date | None

    @property
    def waits(self) -> bool:
        return self.through is None and self.left is None

    @property
    def wait(self) -> Wait:
        ends = self.through or self.left or today()
        return Wait(max(0, (ends - self.begins).days), self.through is not None)


def days_of_passages(ways: Iterable[NeedWay]) -> list[Days]:
    found: dict[Passage, list[_Span]] = {passage: [] for passage in Passage}
    for way in ways:
        for passage, span in _spans(way):
            found[passage].append(span)
    return [_days(passage, spans) for passage, spans in found.items()]


def _days(passage: Passage, spans: Sequence[_Span]) -> Days:
    waits = [span.wait for span in spans]
    waiting = [span.begins for span in spans if span.waits]
    shown = [wait.days for wait, span in zip(waits, spans, strict=True) if not span.left]
    return Days(
        passage,
        cases=sum(wait.through for wait in waits),
        middle=median_of(waits),
        longest=max(shown, default=None),
        waiting=len(waiting),
        since=min(waiting, default=None),
    )


def _spans(way: NeedWay) -> Iterator[tuple[Passage, _Span]]:
    """A need waits for its first case; each case, from then on, for the next step."""
    first = min((case.proposed for case in way.cases), default=None)
    yield Passage.TO_PROPOSAL, _Span(way.published, first, None if first else way.closed)
    for case in way.cases:
        yield from _spans_of_case(case)


def _spans_of_case(case: CaseWay) -> Iterator[tuple[Passage, _Span]]:
    days = (
        case.proposed, case.approved, case.signed, case.started, case.ended, case.decided,
        case.contracted,
    )  # fmt: skip
    for passage, (begins, through) in zip(list(Passage)[1:], pairwise(days), strict=True):
        if begins is not None and _is_on_it(case, passage):
            yield passage, _Span(begins, through, case.left if through is None else None)


def _is_on_it(case: CaseWay, passage: Passage) -> bool:
    """Not every test is followed by a decision, nor every decision by a contract."""
    if passage is Passage.TO_DECISION:
        return case.decided is not None or case.awaits_decision
    return case.to_be_bought if passage is Passage.TO_CONTRACT else True


# ---------------------------------------------------------------- by the quarter


@dataclass(frozen=True, slots=True)
class Quarter:
    """What happened in it, and how long the decisions took on tests that ended in it."""

    first: date
    counts: dict[QuarterCount, int]
    to_decision: Days


def quarters_of(ways: Sequence[NeedWay], first: date | None, last: date | None) -> list[Quarter]:
    """From one day to another; of what is left open the last two years, and never very many."""
    end = _start(min(last or today(), today()))
    wanted = MOST_QUARTERS if first else QUARTERS
    starts = [_back(end, number) for number in range(wanted)][::-1]
    cases = [case for way in ways for case in way.cases]
    return [_quarter(start, ways, cases) for start in starts if not first or start >= _start(first)]


def _quarter(start: date, ways: Iterable[NeedWay], cases: Sequence[CaseWay]) -> Quarter:
    days: dict[QuarterCount, list[date | None]] = {
        QuarterCount.PUBLISHED: [way.published for way in ways],
        QuarterCount.APPROVED: [case.approved for case in cases],
        QuarterCount.TESTED: [case.ended for case in cases],
        QuarterCount.DECIDED: [case.decided for case in cases],
        QuarterCount.BOUGHT: [case.contracted for case in cases],
    }
    ended = [case for case in cases if case.ended and _start(case.ended) == start]
    spans = [
        span
        for case in ended
        for passage, span in _spans_of_case(case)
        if passage is Passage.TO_DECISION
    ]
    counts = {
        count: sum(1 for day in found if day and _start(day) == start)
        for count, found in days.items()
    }
    return Quarter(start, counts, _days(Passage.TO_DECISION, spans))


def _start(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


def _back(start: date, quarters: int) -> date:
    months = 12 * start.year + start.month - 1 - 3 * quarters
    return date(months // 12, months % 12 + 1, 1)
