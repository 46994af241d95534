"""How often the reader of target groups is right, silent or wrong.

`python -m bench.target_groups` counts over the judged sentences of the tests, by table;
`python -m bench.target_groups TABLE…` also writes what it read wrongly or not at all in these. A
sentence that says nothing of ages is read right by silence; "of those" counts the share of silence
among the others. Several ages or groups are right only all together.

A second table holds each sentence of a table against each other, as needs against concepts: how
many pairs do not meet as read, in how many of them the truth agrees, and how many of the pairs that
truly do not meet were found. Of what may or may not be named in a sentence, either is the truth,
and ages that only share an edge may be refused.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from matching.facets import AGE, GROUP, TARGET_GROUP_RULES, Facets, FacetTable, Range
from matching.facets.agreement import compare_ranges
from tests.matching.facets.judged import Judged, Outcome, judged, names

_LINE = "{:<14}{:<8}" + "{:>9}" * 3 + "{:>18}{:>18}\n"
_PAIRS = "{:<14}" + "{:>22}" * 3 + "\n"

Pairs = npt.NDArray[np.bool_]


def report(tables: Sequence[str], shown: Sequence[str], write: Callable[[str], object]) -> None:
    """Write the counts of each table, then what was missed in those that are `shown`."""
    write(_LINE.format("", "", *Outcome, "right or silent", "silent, of those"))
    for name in tables:
        for of in (Judged.of_ages, Judged.of_groups):
            _count(name, of, write)
    write("\n" + _PAIRS.format("", "pairs refused", "truly", "of those to refuse"))
    for name in tables:
        _count_refused(name, write)
    for name in shown:
        for each in judged(name):
            _show(each, write)


def _count(name: str, of: Callable[[Judged], Outcome], write: Callable[[str], object]) -> None:
    sentences = judged(name)
    told = [each for each in sentences if _says(each, of)]
    found = Counter(of(each) for each in sentences)
    safe = 1 - found[Outcome.WRONG] / len(sentences)
    silent = found[Outcome.SILENT] / max(len(told), 1)
    counts = (found[outcome] for outcome in Outcome)
    kind = of.__name__.removeprefix("of_")
    write(_LINE.format(name, kind, *counts, f"{safe:.1%}", f"{silent:.1%}"))


def _says(sentence: Judged, of: Callable[[Judged], Outcome]) -> bool:
    return () not in sentence.ages if of is Judged.of_ages else bool(sentence.groups)


def _count_refused(name: str, write: Callable[[str], object]) -> None:
    sentences = judged(name)
    read = _refused([each.read().facets() for each in sentences])
    truth = _refused([_truth(each, each.groups) for each in sentences])
    truth |= _refused([_truth(each, each.groups | each.may_be) for each in sentences])
    truth |= _on_edge([each.ages[0] for each in sentences])
    right = int((read & truth).sum())
    said, to_say = int(read.sum()), int(truth.sum())
    write(_PAIRS.format(name, said, f"{right / said:.1%}", f"{right / to_say:.1%}"))


def _truth(sentence: Judged, groups: frozenset[str]) -> Facets:
    return Facets({AGE: next(filter(None, sentence.ages), ()), GROUP: groups})


def _refused(facets: Sequence[Facets]) -> Pairs:
    table = FacetTable(TARGET_GROUP_RULES, facets)
    return np.array([table.compare(each) < 0 for each in facets])


def _on_edge(ages: Sequence[tuple[Range, ...]]) -> Pairs:
    """Return which pairs have ages that share an edge at most."""
    return np.array([[_apart(one, other) for other in ages] for one in ages])


def _apart(one: tuple[Range, ...], other: tuple[Range, ...]) -> bool:
    pairs = [compare_ranges(each, another) for each in one for another in other]
    return bool(pairs) and max(pairs) <= 0


def _show(sentence: Judged, write: Callable[[str], object]) -> None:
    found = sentence.read()
    words = ", ".join(each.text for each in found.evidence)
    ages = " ".join(f"{each.low:g}-{each.high:g}" for each in found.ages)
    groups = ", ".join(sorted(found.groups))
    for kind, outcome, read in (
        ("ages", sentence.of_ages(), ages),
        ("groups", sentence.of_groups(), groups),
    ):
        if outcome is not Outcome.RIGHT:
            write(f"{kind} {outcome}: {sentence.title} | {sentence.text}\n")
            write(f"    read {read or 'nothing'} from {words}\n")


if __name__ == "__main__":
    report(names(), sys.argv[1:], sys.stdout.write)
