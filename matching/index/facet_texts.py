"""Facets as text, to be kept beside the texts of documents."""

from __future__ import annotations

import json
from functools import lru_cache
from math import inf

from matching.facets import Facets, FacetValue, Range

_NONE = Facets()


def as_json(facets: Facets) -> str:
    """Return facets as text; "" where there are none."""
    if not facets:
        return ""
    return json.dumps(
        {
            name: [[_end(each.low), _end(each.high)] for each in value]
            if isinstance(value, tuple)
            else sorted(value)
            for name, value in facets.items()
        }
    )


def _end(number: float) -> float | None:
    return None if abs(number) == inf else number


@lru_cache(maxsize=10_000)
def as_facets(text: str) -> Facets:
    """Return the facets that `as_json` made the text of."""
    if not text:
        return _NONE
    return Facets({name: _value(value) for name, value in json.loads(text).items()})


def _value(parts: list[str] | list[list[float | None]]) -> FacetValue:
    codes = frozenset(part for part in parts if isinstance(part, str))
    ranges = [part for part in parts if not isinstance(part, str)]
    return codes or tuple(
        Range(-inf if low is None else low, inf if high is None else high) for low, high in ranges
    )
