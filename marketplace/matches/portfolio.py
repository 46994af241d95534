"""What the best set of pairings for many needs is chosen among, and what is said of it.

Scores of different needs do not compare, but strengths do. So a pair counts as much as pairs of its
strength have been right where people judged them, and a total is how many of its pairings can be
expected to fit (docs/decisions/0012). Within a strength a little more goes to the concept that the
need's own page shows first; nothing is ever given up for that.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy.orm import Session

from marketplace.matches.many import Pair, left_out_pairs, rank_needs_at_once
from marketplace.matches.states import WhyNone
from marketplace.needs.models import Need
from matching import Match, Obstacle, Strength

RIGHT = {Strength.STRONG: 0.85, Strength.GOOD: 0.62, Strength.POSSIBLE: 0.36}
"""How often a match of each strength is right: see Strength in docs/matching.md."""

NUDGE = 0.001
"""What the place among the need's own concepts can add: too little to outweigh a strength."""

MOST_CONCEPTS = 30
"""So many of the best concepts of each need are looked at: the sums stay quick with thousands."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair that may be chosen, what it counts, and the words that need and concept share."""

    need_id: int
    concept_id: int
    strength: Strength
    value: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """What there is to choose among; `left_out` was dismissed by the unit, or declined before."""

    needs: Sequence[Need]
    pairs: Mapping[Pair, Candidate]
    left_out: frozenset[Pair]

    @property
    def concept_ids(self) -> frozenset[int]:
        return frozenset(concept_id for _, concept_id in self.pairs)


@dataclass(frozen=True, slots=True)
class Room:
    """How many pairings each need, concept and unit still has room for, by their ids.

    `held_back` are needs that have no room only because another unit that is in them has none.
    """

    needs: Mapping[int, int]
    concepts: Mapping[int, int]
    units: Mapping[int, int]
    held_back: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the coordinator has decided beforehand; `tolerance` is a share of the best total."""

    forced: frozenset[Pair] = frozenset()
    blocked: frozenset[Pair] = frozenset()
    tolerance: float = 0.01


@dataclass(frozen=True, slots=True)
class Other:
    """A pair that was not chosen, and what stood in the way."""

    candidate: Candidate
    obstacles: tuple[Obstacle, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A limit that the forced pairs break; `subject_id` is its need, concept or unit."""

    obstacle: Obstacle
    subject_id: int | None
    capacity: int
    required: int
    pairs: tuple[Pair, ...]


class CannotHold(Exception):
    """The forced pairs do not fit together: every clash, and the fewest pairs to give up."""

    def __init__(self, clashes: tuple[Clash, ...], dropped: tuple[Pair, ...]) -> None:
        super().__init__(clashes, dropped)
        self.clashes, self.dropped = clashes, dropped


@dataclass(frozen=True, slots=True)
class Proposal:
    """The best set: for each need what it got, what it could have got, or why it got nothing."""

    chosen: Mapping[int, tuple[Candidate, ...]]
    others: Mapping[int, tuple[Other, ...]]
    why_none: Mapping[int, WhyNone]
    total: float
    """How many of the chosen pairings can be expected to fit."""
    given_up: float
    """How many fewer than in the set of the highest total."""
    worst: Strength
    """The strength of the best match of the need that is served worst."""
    worst_at_best: Strength

    @property
    def is_fairer(self) -> bool:
        """Whether something was given up, or could have been, for the worst-served need."""
        return self.worst is not self.worst_at_best

    @property
    def size(self) -> int:
        return sum(map(len, self.chosen.values()))


def find_candidates(
    session: Session, needs: Sequence[Need], under_way: Collection[Pair]
) -> Candidates:
    """The concepts that may be suggested for each need, without pairings that are `under_way`."""
    ranked = rank_needs_at_once(session, needs, MOST_CONCEPTS)
    found = chain.from_iterable(_candidates(need.id, matches) for need, matches in ranked)
    pairs = {(each.need_id, each.concept_id): each for each in found}
    open_pairs = {pair: each for pair, each in pairs.items() if pair not in under_way}
    left_out = left_out_pairs(session, [need.id for need in needs])
    return Candidates(needs, open_pairs, frozenset(left_out))


def _candidates(need_id: int, found: Sequence[Match]) -> Iterable[Candidate]:
    """Near-ties count the same, as the order among them should decide nothing."""
    first_of_group: dict[int, float] = {}
    for match in found:
        score = first_of_group.setdefault(match.tie_group, match.score)
        value = RIGHT[match.strength] + NUDGE * score / found[0].score
        yield Candidate(need_id, int(match.document_id), match.strength, value, match.reasons)
