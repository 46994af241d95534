"""Reactions: how a later stage of a case answers to what happens in an earlier one.

An earlier feature may not import a later one; the later registers itself here. A reaction runs in
the same transaction, after the change, and may refuse it by raising.
"""

from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor

Reaction = Callable[[Session, Actor, Any], None]
_reactions: dict[str, list[Reaction]] = defaultdict(list)


def react_to(event: StrEnum) -> Callable[[Reaction], Reaction]:
    def register(reaction: Reaction) -> Reaction:
        if reaction not in _reactions[event]:
            _reactions[event].append(reaction)
        return reaction

    return register


def run_reactions(session: Session, actor: Actor, event: StrEnum, subject: object) -> None:
    for reaction in _reactions[event]:
        reaction(session, actor, subject)
