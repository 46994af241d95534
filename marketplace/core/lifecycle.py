"""Transition tables: which moves exist, from which states, and which need a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from marketplace.core.errors import InvalidField, NotNow

S = TypeVar("S", bound=StrEnum)
M = TypeVar("M", bound=StrEnum)


class LifecycleRefusal(StrEnum):
    WRONG_STATE = "wrong_state"
    REASON_MISSING = "reason_missing"


class HasState(Protocol):
    state: Any


@dataclass(frozen=True, slots=True)
class Move(Generic[S]):
    sources: frozenset[S]
    target: S
    needs_reason: bool = False


@dataclass(frozen=True, slots=True)
class Lifecycle(Generic[S, M]):
    """All moves of one entity; the only way its state changes."""

    moves: Mapping[M, Move[S]]

    def allows(self, state: S, move: M) -> bool:
        return state in self.moves[move].sources

    def check(self, state: S, move: M) -> None:
        if not self.allows(state, move):
            raise NotNow(LifecycleRefusal.WRONG_STATE, state=state, move=move)

    def make(self, entity: HasState, move: M, *, reason: str | None = None) -> None:
        """Move `entity`; refuse from a wrong state, or without the reason that the move needs."""
        self.check(entity.state, move)
        if self.moves[move].needs_reason and not (reason or "").strip():
            raise InvalidField("reason", LifecycleRefusal.REASON_MISSING)
        entity.state = self.moves[move].target
