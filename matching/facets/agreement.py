"""Whether a document is for those whom a query is for: it meets, it does not, or nobody knows.

"Does not meet" is said only when it is sure, because it outweighs all words; "unknown" costs
nothing. Two values of a facet are compared part by part, and the best part decides: what is for
children and for older people meets both.

**Ranges** are closed, but authors are not: half of them write "13 to 16" and mean "until they turn
16", half mean "until they turn 17", and pupils of one class are of two ages. So

* ranges that share more than one point meet, and so does a single point ("16-year-olds") with any
  range that has it;
* ranges that share only an end of both, as 13 to 15 and 15 to 18, are unknown;
* ranges that share nothing do not meet;
* a range without ends tells nothing.

Where more is known than ages, another facet says so: lower secondary school (13 to 16) and upper
secondary school (16 to 19) are different codes of the facet "school", which exclude each other.

**Codes** meet when they are equal or stand in `CodeRule.related`. They exclude each other where
`CodeRule.exclusive` says so, else nobody knows: most groups of people overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from matching.facets.model import Facets, FacetValue, Range


class Agreement(StrEnum):
    """How a document stands to a query in one facet, or in all."""

    MEETS = "meets"
    DOES_NOT_MEET = "does_not_meet"
    UNKNOWN = "unknown"


MEETS, UNKNOWN, DOES_NOT_MEET = 1, 0, -1
"""The same as numbers, as `matching.facets.table.FacetTable` answers: the best is the largest."""

AGREEMENTS = {
    MEETS: Agreement.MEETS,
    UNKNOWN: Agreement.UNKNOWN,
    DOES_NOT_MEET: Agreement.DOES_NOT_MEET,
}

LEVELS = {agreement: level for level, agreement in AGREEMENTS.items()}

Pair = frozenset[str]
"""Two codes, whichever comes first."""


@dataclass(frozen=True, slots=True)
class CodeRule:
    """How the codes of one facet stand to each other.

    Attributes
    ----------
    universal
        Codes that meet every other, such as "everyone".
    related
        Pairs that meet though they differ, such as parents and families.
    exclusive
        Pairs that can never be the same; None where any two that are not related exclude each
        other.
    only_excludes
        Codes that meet tell nothing: the facet can speak against a document, and not for it.
    """

    universal: frozenset[str] = frozenset()
    related: frozenset[Pair] = frozenset()
    exclusive: frozenset[Pair] | None = None
    only_excludes: bool = False

    def compare(self, one: str, other: str) -> int:
        """Return `MEETS`, `UNKNOWN` or `DOES_NOT_MEET`, whichever code comes first."""
        pair = frozenset((one, other))
        if one == other or pair & self.universal or pair in self.related:
            return UNKNOWN if self.only_excludes else MEETS
        if self.exclusive is None or pair in self.exclusive:
            return DOES_NOT_MEET
        return UNKNOWN


CodeRules = Mapping[str, CodeRule]
"""By the name of the facet. Where a facet has none, different codes exclude each other."""


def compare_ranges(one: Range, other: Range) -> int:
    """Return `MEETS`, `UNKNOWN` or `DOES_NOT_MEET` by the rule at the top of this module."""
    shared = min(one.high, other.high) - max(one.low, other.low)
    if shared < 0:
        return DOES_NOT_MEET
    if Range(-inf, inf) in (one, other):
        return UNKNOWN
    point = one.low == one.high or other.low == other.high
    return MEETS if shared > 0 or point else UNKNOWN


def compare_values(one: FacetValue, other: FacetValue, rule: CodeRule) -> int:
    """Return the best of what any part of one value is to any part of the other.

    Raises
    ------
    TypeError
        If one holds ranges and the other codes.
    """
    return max(_compare_parts(each, another, rule) for each in one for another in other)


def _compare_parts(one: Range | str, other: Range | str, rule: CodeRule) -> int:
    if isinstance(one, Range) and isinstance(other, Range):
        return compare_ranges(one, other)
    if isinstance(one, str) and isinstance(other, str):
        return rule.compare(one, other)
    raise TypeError("A facet holds ranges here and codes there")


def agreements(query: Facets, document: Facets, rules: CodeRules) -> dict[str, Agreement]:
    """Return for each facet that either has how the document stands to the query.

    Examples
    --------
    >>> asked = Facets({"age": Range(13, 15), "group": {"pupils"}})
    >>> {name: str(each) for name, each in agreements(
    ...     asked, Facets({"age": Range(6, 10)}), {}).items()}
    {'age': 'does_not_meet', 'group': 'unknown'}
    """
    found = dict.fromkeys(sorted({*query, *document}), Agreement.UNKNOWN)
    for name in query:
        if name in document:
            level = compare_values(query[name], document[name], rules.get(name, CodeRule()))
            found[name] = AGREEMENTS[level]
    return found


def verdict(found: Iterable[Agreement]) -> Agreement:
    """Return what all facets say together.

    One that does not meet decides; else one that meets; else nobody knows.
    """
    said = set(found)
    for each in (Agreement.DOES_NOT_MEET, Agreement.MEETS):
        if each in said:
            return each
    return Agreement.UNKNOWN
