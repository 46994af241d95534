"""A regular expression, matched by hand: the steps are counted, and the time does not matter.

It walks the tree that Python's own parser makes, tries what Python tries, in the same order, and
counts one step for each character that is looked at and each choice that is taken back. What it
finds is compared with what Python finds, so that the count is that of the same search.

How often something may be repeated is cut to a few times where it has a bound: a bound is a factor
of the time, and only what has none lets the time grow faster than the text.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from re import _constants as sre  # type: ignore[attr-defined]  # the parser has no other door
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

FEW = 6
"""The most times that a bounded repetition is tried."""
LIMIT = 30_000
"""Where the counting ends: no text of the guards needs so many, but where they grow too fast."""
Node = tuple[Any, Any]
CATEGORIES = {
    sre.CATEGORY_DIGIT: r"\d",
    sre.CATEGORY_NOT_DIGIT: r"\D",
    sre.CATEGORY_SPACE: r"\s",
    sre.CATEGORY_NOT_SPACE: r"\S",
    sre.CATEGORY_WORD: r"\w",
    sre.CATEGORY_NOT_WORD: r"\W",
}
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)
ASSERTIONS = (sre.ASSERT, sre.ASSERT_NOT)


class TooManyError(Exception):
    """The limit is reached."""


class Steps:
    """The search of one pattern through one text, as `finditer` does it."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.text, self.flags, self.count = text, pattern.flags, 0
        self.groups: dict[int, tuple[int, int]] = {}
        self.nodes = tree_of(pattern)

    def spans(self) -> list[tuple[int, int]]:
        found, at = [], 0
        while at <= len(self.text):
            self.count += 1
            self.groups = {}
            end = next(self.run(self.nodes, at), None)
            if end is not None:
                found.append((at, end))
            at = end if end is not None and end > at else at + 1
        return found

    # ------------------------------------------------------------ one node after the other

    def run(self, nodes: Sequence[Node], at: int) -> Iterator[int]:
        if not nodes:
            yield at
            return
        for middle in self.step(nodes[0], at):
            yield from self.run(nodes[1:], middle)

    def step(self, node: Node, at: int) -> Iterator[int]:
        self.count += 1
        if self.count > LIMIT:
            raise TooManyError
        kind, value = node
        if kind in REPEATS:
            return self.repeat(kind, value, at)
        if kind is sre.BRANCH:
            return chain.from_iterable(self.run(tuple(option), at) for option in value[1])
        if kind is sre.SUBPATTERN:
            return self.group(value, at)
        if kind is sre.ATOMIC_GROUP:
            return self.first(self.run(tuple(value), at))
        return iter((at + len(taken),)) if (taken := self.plain(node, at)) is not None else iter(())

    def first(self, ends: Iterator[int]) -> Iterator[int]:
        return iter([end for end in [next(ends, None)] if end is not None])

    def group(self, value: Any, at: int) -> Iterator[int]:
        number, added, _removed, body = value
        for end in self.with_flags(added, tuple(body), at):
            if number is not None:
                self.groups[number] = (at, end)
            yield end

    def with_flags(self, added: int, body: Sequence[Node], at: int) -> Iterator[int]:
        if added:
            raise NotImplementedError("flags inside a pattern")
        return self.run(body, at)

    # ------------------------------------------------------------ repetition

    def repeat(self, kind: Any, value: Any, at: int) -> Iterator[int]:
        least, most, body = value
        most = most if most is sre.MAXREPEAT else max(least, min(most, FEW))
        if kind is sre.POSSESSIVE_REPEAT:
            return self.first(self.repeat(sre.MAX_REPEAT, value, at))
        if len(body) == 1 and body[0][0] in SINGLE and kind is sre.MAX_REPEAT:
            return self.greedy(body[0], min(least, FEW), most, at)
        return self.times(kind, tuple(body), min(least, FEW), most, at)

    def greedy(self, node: Node, least: int, most: Any, at: int) -> Iterator[int]:
        end = at
        while (most is sre.MAXREPEAT or end - at < most) and self.plain(node, end) is not None:
            end += 1
        for stop in range(end, at + least - 1, -1):
            self.count += 1
            yield stop

    def times(
        self, kind: Any, body: Sequence[Node], least: int, most: Any, at: int
    ) -> Iterator[int]:
        more = self.more(kind, body, least, most, at)
        enough = iter((at,)) if least <= 0 else iter(())
        return chain(enough, more) if kind is sre.MIN_REPEAT else chain(more, enough)

    def more(
        self, kind: Any, body: Sequence[Node], least: int, most: Any, at: int
    ) -> Iterator[int]:
        if most is not sre.MAXREPEAT and most <= 0:
            return
        left = most if most is sre.MAXREPEAT else most - 1
        for end in self.run(body, at):
            if end > at or least > 0:
                yield from self.times(kind, body, least - 1, left, end)

    # ------------------------------------------------------------ one place in the text

    def plain(self, node: Node, at: int) -> str | None:
        """What the node takes of the text, which may be nothing; None where it does not fit."""
        self.count += 1
        kind, value = node
        if kind is sre.AT:
            return "" if self.stands(value, at) else None
        if kind in ASSERTIONS:
            return "" if self.holds(value, at) is (kind is sre.ASSERT) else None
        if kind is sre.GROUPREF:
            said = self.text[slice(*self.groups[value])] if value in self.groups else None
            return said if said is not None and self.text.startswith(said, at) else None
        if at >= len(self.text):
            return None
        character = self.text[at]
        return character if fits(kind, frozen(value), self.flags, character) else None

    def stands(self, where: Any, at: int) -> bool:
        last = len(self.text)
        lines = bool(self.flags & re.MULTILINE)
        if where is sre.AT_BEGINNING:
            return at == 0 or (lines and self.text[at - 1] == "\n")
        if where is sre.AT_END:
            return at == last or (self.text[at] == "\n" and (lines or at == last - 1))
        if where is sre.AT_BEGINNING_STRING:
            return at == 0
        if where is sre.AT_END_STRING:
            return at == last
        sides = [self.text[at - 1] if at else " ", self.text[at] if at < last else " "]
        one, other = (re.fullmatch(r"\w", side) is not None for side in sides)
        return (one != other) is (where is sre.AT_BOUNDARY)

    def holds(self, value: Any, at: int) -> bool:
        direction, body = value
        if direction > 0:
            return next(self.run(tuple(body), at), None) is not None
        start = at - body.getwidth()[0]
        return start >= 0 and next(self.run(tuple(body), start), None) is not None


SINGLE = (sre.LITERAL, sre.NOT_LITERAL, sre.ANY, sre.IN)


@lru_cache(maxsize=1000)
def tree_of(pattern: re.Pattern[str]) -> tuple[Node, ...]:
    return tuple(parser.parse(pattern.pattern, pattern.flags))


def frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


@lru_cache(maxsize=200_000)
def fits(kind: Any, value: Any, flags: int, character: str) -> bool:
    looks = {character}
    if flags & re.IGNORECASE:
        looks |= {character.lower(), character.upper()}
    if kind is sre.ANY:
        return character != "\n" or bool(flags & re.DOTALL)
    if kind is sre.LITERAL:
        return any(ord(look) == value for look in looks if len(look) == 1)
    if kind is sre.NOT_LITERAL:
        return all(ord(look) != value for look in looks if len(look) == 1)
    negated = value[0][0] is sre.NEGATE
    return negated is not any(_in(part, look) for part in value for look in looks if len(look) == 1)


def _in(part: Node, look: str) -> bool:
    kind, value = part
    if kind is sre.LITERAL:
        return bool(ord(look) == value)
    if kind is sre.RANGE:
        return bool(value[0] <= ord(look) <= value[1])
    return kind is sre.CATEGORY and re.fullmatch(CATEGORIES[value], look) is not None
