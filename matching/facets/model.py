"""What a document says of itself besides its words: facets, each a set of codes or of ranges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A closed range of numbers, such as years of age.

    Parameters
    ----------
    low, high
        Both ends belong to it. Infinity leaves an end open.

    Raises
    ------
    ValueError
        If an end is not a number, or the low end lies above the high one.

    Examples
    --------
    >>> Range(13, 15)
    Range(low=13, high=15)
    >>> Range(low=67).high
    inf
    """

    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        if not self.low <= self.high or math.inf in {self.low, -self.high}:
            message = f"A range must go from a low to a high number, not {self.low} to {self.high}"
            raise ValueError(message)


FacetValue = tuple[Range, ...] | frozenset[str]
"""Several ranges, or several codes: the document is for all that lies in any of them."""


@dataclass(frozen=True, init=False)
class Facets(Mapping[str, FacetValue]):
    """The facets of a document by their names: a frozen mapping that can be hashed.

    A facet without a value is left out: nothing is known of it. Ranges that overlap or touch
    become one.

    Parameters
    ----------
    values
        For each name a range, several ranges, or codes.

    Raises
    ------
    TypeError
        If a value holds something else, or both ranges and codes.

    Examples
    --------
    >>> Facets({"age": [Range(6, 10), Range(9, 13)], "group": {"pupils"}, "place": ()})
    Facets({'age': (Range(low=6, high=13),), 'group': frozenset({'pupils'})})
    """

    _values: tuple[tuple[str, FacetValue], ...] = field(default=())

    def __init__(self, values: Mapping[str, Range | Iterable[Range] | Iterable[str]] = {}) -> None:
        known = ((name, _value(values[name])) for name in sorted(values))
        object.__setattr__(self, "_values", tuple((name, each) for name, each in known if each))

    def __getitem__(self, name: str) -> FacetValue:
        for known, value in self._values:
            if known == name:
                return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, _ in self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"Facets({dict(self._values)})"


def _value(given: Range | Iterable[Range] | Iterable[str]) -> FacetValue:
    parts = (given,) if isinstance(given, Range | str) else tuple(given)
    ranges = [part for part in parts if isinstance(part, Range)]
    codes = frozenset(part for part in parts if isinstance(part, str))
    if len(ranges) == len(parts):
        return union(ranges)
    if ranges or not all(isinstance(part, str) for part in parts):
        raise TypeError("A facet holds either ranges or codes")
    return codes


def union(ranges: Iterable[Range]) -> tuple[Range, ...]:
    """Return the same numbers in as few ranges as possible, the lowest first."""
    found: list[Range] = []
    for each in sorted(ranges):
        if found and each.low <= found[-1].high:
            found[-1] = Range(found[-1].low, max(found[-1].high, each.high))
        else:
            found.append(each)
    return tuple(found)
