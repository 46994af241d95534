"""Texts on which a pattern has to go back as often as it can: made from the pattern itself."""

import re
from collections.abc import Iterator, Sequence
from itertools import product
from re import _constants as sre  # type: ignore[attr-defined]  # the parser has no other door
from typing import Any

from tests.guards.regex_steps import ASSERTIONS, REPEATS, Node, fits, frozen, tree_of

SAMPLES = "a1 A.-@\n,Zæ§!\t_é/<&s0中\u0301\u200b😀"
MOST_SIGNS = 7
ENDS = ("", "\x01", " ", "\n!")


def texts_for(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """(before, what is to be repeated, after) of each text."""
    nodes = tree_of(pattern)
    for before, body in _repeated(nodes, ""):
        signs = _signs(body, pattern.flags)[:MOST_SIGNS]
        pieces = {*signs, *map("".join, product(signs, repeat=2)), _example(body)} - {""}
        for piece, end in product(sorted(pieces), ENDS):
            yield before, piece, end
            yield "", before + piece, end


def has_unbounded(pattern: re.Pattern[str]) -> bool:
    return any(True for _ in _repeated(tree_of(pattern), ""))


def _repeated(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, Sequence[Node]]]:
    """Each part that is repeated without a bound, with an example of what stands before it."""
    for node in nodes:
        kind, value = node
        if kind in REPEATS and value[1] is sre.MAXREPEAT:
            yield before, tuple(value[2])
        for part in _parts(node):
            yield from _repeated(part, before)
        before += _example([node])


def _parts(node: Node) -> list[tuple[Node, ...]]:
    kind, value = node
    if kind in REPEATS:
        return [tuple(value[2])]
    if kind is sre.BRANCH:
        return [tuple(option) for option in value[1]]
    if kind is sre.SUBPATTERN:
        return [tuple(value[3])]
    if kind is sre.ATOMIC_GROUP:
        return [tuple(value)]
    return [tuple(value[1])] if kind in ASSERTIONS else []


def _example(nodes: Sequence[Node]) -> str:
    """A short text that the nodes may take."""
    said = ""
    for node in nodes:
        kind, value = node
        if kind in REPEATS:
            said += _example(tuple(value[2])) * max(1, min(value[0], 3))
        elif kind not in ASSERTIONS and (parts := _parts(node)):
            said += _example(parts[0])
        elif kind not in ASSERTIONS:
            said += "".join(_characters(node, 0)[:1])
    return said


def _signs(nodes: Sequence[Node], flags: int) -> list[str]:
    """Characters that stand for the sets of the nodes."""
    found: list[str] = []
    for node in nodes:
        inner = [sign for part in _parts(node) for sign in _signs(part, flags)]
        found += inner or _characters(node, flags)[:3]
    return list(dict.fromkeys(found))


def _characters(node: Node, flags: int) -> list[str]:
    kind, value = node
    if kind is sre.LITERAL:
        return [chr(value)]
    if kind not in {sre.IN, sre.NOT_LITERAL, sre.ANY}:
        return []
    own = [_first_of(part) for part in value] if kind is sre.IN else []
    signs: dict[str, Any] = dict.fromkeys([*SAMPLES, *filter(None, own)])
    return [sign for sign in signs if fits(kind, frozen(value), flags, sign)]


def _first_of(part: Node) -> str:
    kind, value = part
    if kind is sre.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is sre.RANGE else ""
