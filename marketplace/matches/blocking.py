"""Pairs that must not be suggested: later features tell which."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from marketplace.core.engine import asked_once
from marketplace.core.registry import Registry


@dataclass(frozen=True, slots=True)
class Blocker:
    """The concepts not to suggest for a need, the needs not for a concept, and for many at once."""

    concepts_of: Callable[[Session, int], set[int]]
    needs_of: Callable[[Session, int], set[int]]
    pairs_of: Callable[[Session, Collection[int]], set[tuple[int, int]]]
    """By the needs' ids, pairs of (need, concept)."""


BLOCKERS: Registry[Blocker] = Registry()


@asked_once
def blocked_concept_ids(session: Session, need_id: int) -> set[int]:
    return set().union(*(blocker.concepts_of(session, need_id) for blocker in BLOCKERS))


def blocked_need_ids(session: Session, concept_id: int) -> set[int]:
    return set().union(*(blocker.needs_of(session, concept_id) for blocker in BLOCKERS))


def blocked_pairs(session: Session, need_ids: Collection[int]) -> set[tuple[int, int]]:
    return set().union(*(blocker.pairs_of(session, need_ids) for blocker in BLOCKERS))
