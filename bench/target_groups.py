"""How often the reader of target groups is right, silent or wrong.

`python -m bench.target_groups` counts over the judged sentences of the tests, by table;
`python -m bench.target_groups TABLE…` also writes what it read wrongly or not at all in these. A
sentence that says nothing of ages is read right by silence; "of those" counts the share of silence
among the others. Several ages or groups are right only all together.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence

from tests.matching.facets.judged import Judged, Outcome, judged, names

_LINE = "{:<14}{:<8}" + "{:>9}" * 3 + "{:>18}{:>18}\n"


def report(tables: Sequence[str], shown: Sequence[str], write: Callable[[str], object]) -> None:
    """Write the counts of each table, then what was missed in those that are `shown`."""
    write(_LINE.format("", "", *Outcome, "right or silent", "silent, of those"))
    for name in tables:
        sentences = judged(name)
        for of in (Judged.of_ages, Judged.of_groups):
            told = [each for each in sentences if _says(each, of)]
            found = Counter(of(each) for each in sentences)
            wrong = found[Outcome.WRONG] / len(sentences)
            silent = found[Outcome.SILENT] / max(len(told), 1)
            counts = (found[outcome] for outcome in Outcome)
            kind = of.__name__.removeprefix("of_")
            write(_LINE.format(name, kind, *counts, f"{1 - wrong:.1%}", f"{silent:.1%}"))
    for name in shown:
        for each in judged(name):
            _show(each, write)


def _says(sentence: Judged, of: Callable[[Judged], Outcome]) -> bool:
    return () not in sentence.ages if of is Judged.of_ages else bool(sentence.groups)


def _show(sentence: Judged, write: Callable[[str], object]) -> None:
    found = sentence.read()
    words = ", ".join(each.text for each in found.evidence)
    if sentence.of_ages() is not Outcome.RIGHT:
        read = " ".join(f"{each.low:g}-{each.high:g}" for each in found.ages)
        write(f"ages {sentence.of_ages()}: {sentence.title} | {sentence.text}\n")
        write(f"    read {read or 'nothing'} from {words}\n")
    if sentence.of_groups() is not Outcome.RIGHT:
        write(f"groups {sentence.of_groups()}: {sentence.title} | {sentence.text}\n")
        write(f"    read {', '.join(sorted(found.groups)) or 'nothing'} from {words}\n")


if __name__ == "__main__":
    report(names(), sys.argv[1:], sys.stdout.write)
