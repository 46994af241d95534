"""How each kind of thing that waits for somebody is shown: to them, and to who follows it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marketplace.core.awaited import Awaited, register_awaited
from marketplace.ui.labels import Wording, register_labels

Page = tuple[str, str]
"""An endpoint, and the argument that the row's number is for it."""


@dataclass(frozen=True, slots=True)
class Task:
    """`page` is where everybody may read it, and `desk` where those it waits for go instead.

    `others_do` is for who follows it; to a coordinator it may be said otherwise. `place` is where
    on a long page it stands.
    """

    label: Wording
    page: Page
    to_do: Wording = ""
    others_do: Wording = ""
    coordinators_do: Wording = ""
    desk: Page | None = None
    place: str | None = None


Tasks = Mapping[Any, Task]
_tasks: dict[StrEnum, Task] = {}


def register_tasks(awaited: Iterable[Awaited], tasks: Tasks, place: int) -> None:
    """Features in the order in which a coordinator looks for what waits."""
    register_awaited(awaited, place)
    register_labels([{kind: task.label for kind, task in tasks.items()}])
    _tasks.update(tasks)


def task_of(kind: StrEnum) -> Task:
    return _tasks[kind]
