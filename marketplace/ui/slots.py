"""Slots: places on an early page where a later feature may show something of its own."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

Filler = Callable[..., str]
_fillers: dict[str, list[tuple[int, Filler]]] = defaultdict(list)


def fills(slot: str, order: int = 100) -> Callable[[Filler], Filler]:
    """Register a function that renders HTML for the slot; it is called with the slot's values."""

    def register(filler: Filler) -> Filler:
        if all(known is not filler for _, known in _fillers[slot]):
            _fillers[slot].append((order, filler))
            _fillers[slot].sort(key=lambda entry: entry[0])
        return filler

    return register


def slot(name: str, **values: Any) -> Markup:
    return Markup("").join(Markup(filler(**values)) for _, filler in _fillers[name])  # noqa: S704  fillers render templates, which escape
