"""Slots: places on an early page where a later feature may show something of its own."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from marketplace.core.registry import Registry

Filler = Callable[..., str]
SLOTS: defaultdict[str, Registry[Filler]] = defaultdict(Registry)
"""What renders HTML for a slot, by the slot's name; it is called with the slot's values."""


def slot(name: str, **values: Any) -> Markup:
    return Markup("").join(Markup(filler(**values)) for filler in SLOTS[name])  # noqa: S704  fillers render templates, which escape
