"""No regular expression needs more than a fixed number of steps for each character it is given."""

import re

import pytest

from tests.guards.hostile_texts import has_unbounded, texts_for
from tests.guards.patterns import every_pattern, made_on_the_way
from tests.guards.regex_steps import FEW, LIMIT, Steps, TooManyError

SIZE = 12
PATTERNS = dict(sorted(every_pattern().items()))
ENDLESS = {name: pattern for name, pattern in PATTERNS.items() if has_unbounded(pattern)}


def curve(pattern: re.Pattern[str], text: tuple[str, str, str]) -> int:
    """By how much the steps grow faster than the text: nothing, where they keep pace with it."""
    before, piece, after = text
    counts = []
    for times in (SIZE, 2 * SIZE, 3 * SIZE):
        steps = Steps(pattern, before + piece * times + after)
        try:
            steps.spans()
        except TooManyError:
            return LIMIT
        counts.append(steps.count)
    return counts[2] - 2 * counts[1] + counts[0]


def worst(pattern: re.Pattern[str]) -> tuple[int, tuple[str, str, str]]:
    """Texts that are worse than all before, until one is bad enough."""
    found = (0, ("", "", ""))
    for text in texts_for(pattern):
        found = max(found, (curve(pattern, text), text))
        if found[0] > 4 * SIZE:
            break
    return found


@pytest.mark.parametrize("name", ENDLESS, ids=ascii)
def test_the_steps_grow_no_faster_than_the_text(name: str) -> None:
    curved, text = worst(ENDLESS[name])
    assert curved <= 4 * SIZE, text


@pytest.mark.parametrize(
    "slow",
    [r"\w+@", r"[^@\s]+@\w+\.no", r"a*b", r"\s+$", r"(?:a|aa)+$", r"(a+)+$", r"\d+-\d+x", r"x.*y"],
)
def test_what_is_slow_is_seen(slow: str) -> None:
    curved, _text = worst(re.compile(slow))
    assert curved > 4 * SIZE


@pytest.mark.parametrize("name", PATTERNS, ids=ascii)
def test_the_steps_are_those_of_the_same_search(name: str) -> None:
    pattern = PATTERNS[name]
    for before, piece, after in list(texts_for(pattern))[::5] or [("", "a1 .", "")]:
        text = before + piece * FEW + after
        bounded = [int(most) for most in re.findall(r",(\d+)\}", pattern.pattern)]
        if max(bounded, default=0) <= FEW:
            assert Steps(pattern, text).spans() == [m.span() for m in pattern.finditer(text)]


def test_every_pattern_is_made_from_constants() -> None:
    assert made_on_the_way() == []


def test_patterns_are_found_by_themselves() -> None:
    assert {name.partition(":")[0] for name in PATTERNS} >= {
        "marketplace.core.cleaning",
        "marketplace.core.people_addresses",
        "matching.text.markup",
    }
