"""The rows of the page and the file: what was chosen, with the titles that people know."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.core.paging import Page
from marketplace.matches.portfolio import Candidate, CannotHold, Other, Proposal
from marketplace.matches.states import WhyNone
from marketplace.needs.models import Need
from marketplace.portfolios import queries
from marketplace.portfolios.queries import Pair
from marketplace.portfolios.reckoning import Reckoning

NEEDS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One need; `why_none` is empty where it got something."""

    need: Need
    chosen: Sequence[Candidate]
    others: Sequence[Other]
    why_none: WhyNone | None


@dataclass(frozen=True, slots=True)
class Result:
    """One page of the needs that got something, and one of those that did not.

    Needs that have their pairings already are only counted: nothing is left to do for them here.
    """

    served: Page[Row]
    without: Page[Row]
    paired: int
    concepts: Mapping[int, Concept]


def all_rows(reckoning: Reckoning) -> list[Row]:
    """Each need in the order of unit and title."""
    found = reckoning.proposal
    return [_row(need, found) for need in reckoning.needs.values()] if found else []


def pages(session: Session, reckoning: Reckoning, served: int, without: int) -> Result:
    rows = all_rows(reckoning)
    with_concept = _page([row for row in rows if row.why_none is None], served)
    left = [row for row in rows if row.why_none not in (None, WhyNone.NEED_FULL)]
    empty = _page(left, without)
    paired = len(rows) - with_concept.total - empty.total
    concepts = concepts_of(session, (*with_concept.rows, *empty.rows))
    return Result(with_concept, empty, paired, concepts)


def concepts_of(session: Session, rows: Iterable[Row]) -> Mapping[int, Concept]:
    shown = {
        candidate.concept_id
        for row in rows
        for candidate in (*row.chosen, *(other.candidate for other in row.others))
    }
    return queries.list_concepts(session, sorted(shown))


def _row(need: Need, found: Proposal) -> Row:
    chosen = found.chosen.get(need.id, ())
    best_first = sorted(chosen, key=lambda each: (-each.value, each.concept_id))
    return Row(need, best_first, found.others[need.id], found.why_none.get(need.id))


def _page(rows: Sequence[Row], number: int) -> Page[Row]:
    last = max(1, -(-len(rows) // NEEDS_SHOWN))
    number = min(max(1, number), last)
    shown = rows[(number - 1) * NEEDS_SHOWN : number * NEEDS_SHOWN]
    return Page(rows=shown, number=number, total=len(rows), size=NEEDS_SHOWN)


# ---------------------------------------------------------------- where the forced pairs do not fit


@dataclass(frozen=True, slots=True)
class Trouble:
    """A limit that the forced pairs break, with the names of what it belongs to."""

    obstacle: str
    name: str
    capacity: int
    lacking: int
    pairs: Sequence[tuple[Need, Concept]]


def troubles(
    session: Session, reckoning: Reckoning, problem: CannotHold
) -> tuple[Sequence[Trouble], Sequence[tuple[Need, Concept]]]:
    """Each clash, and the fewest pairs that could be given up instead."""
    pairs = {pair for clash in problem.clashes for pair in clash.pairs} | {*problem.dropped}
    concepts = queries.list_concepts(session, sorted({concept_id for _, concept_id in pairs}))

    def named(found: Iterable[Pair]) -> list[tuple[Need, Concept]]:
        return [(reckoning.needs[need_id], concepts[concept_id]) for need_id, concept_id in found]

    told = [
        Trouble(
            obstacle=clash.obstacle.value,
            name=_name_of(clash.obstacle.value, *named(clash.pairs)[0]),
            capacity=clash.capacity,
            lacking=clash.required - clash.capacity,
            pairs=named(clash.pairs),
        )
        for clash in problem.clashes
    ]
    return told, named(problem.dropped)


def _name_of(obstacle: str, need: Need, concept: Concept) -> str:
    """All pairs of a clash share what is full."""
    names = {"need_full": need.title, "concept_full": concept.title, "group_full": need.unit.name}
    return names.get(obstacle, "")
