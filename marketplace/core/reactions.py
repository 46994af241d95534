"""Reactions: how a later stage of a case answers to what happens in an earlier one.

A reaction runs in the same transaction, after the change, and may refuse it by raising.
"""

from collections import defaultdict
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from marketplace.core.actor import Actor
from marketplace.core.registry import Registry

Reaction = Callable[[Session, Actor, Any], object]
REACTIONS: defaultdict[str, Registry[Reaction]] = defaultdict(Registry)


def run_reactions(session: Session, actor: Actor, event: StrEnum, subject: object) -> None:
    for reaction in REACTIONS[event]:
        reaction(session, actor, subject)
