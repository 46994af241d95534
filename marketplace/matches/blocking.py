"""Pairs that must not be suggested: later features tell which, by registering here."""

from collections.abc import Callable, Collection

from sqlalchemy.orm import Session

Blocker = Callable[[Session, int], set[int]]
PairBlocker = Callable[[Session, Collection[int]], set[tuple[int, int]]]
_blocked_concepts: list[Blocker] = []
_blocked_needs: list[Blocker] = []
_blocked_pairs: list[PairBlocker] = []


def register_blocked_concepts(blocker: Blocker) -> None:
    """`blocker(session, need_id)` gives the concepts that must not be suggested for a need."""
    if blocker not in _blocked_concepts:
        _blocked_concepts.append(blocker)


def register_blocked_needs(blocker: Blocker) -> None:
    """`blocker(session, concept_id)` gives the needs that must not be suggested for a concept."""
    if blocker not in _blocked_needs:
        _blocked_needs.append(blocker)


def register_blocked_pairs(blocker: PairBlocker) -> None:
    """`blocker(session, need_ids)` gives the same for many needs at once: (need, concept)."""
    if blocker not in _blocked_pairs:
        _blocked_pairs.append(blocker)


def blocked_concept_ids(session: Session, need_id: int) -> set[int]:
    return set().union(*(blocker(session, need_id) for blocker in _blocked_concepts))


def blocked_need_ids(session: Session, concept_id: int) -> set[int]:
    return set().union(*(blocker(session, concept_id) for blocker in _blocked_needs))


def blocked_pairs(session: Session, need_ids: Collection[int]) -> set[tuple[int, int]]:
    return set().union(*(blocker(session, need_ids) for blocker in _blocked_pairs))
