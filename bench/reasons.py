"""How much of what is said about matches is true, by judgements of our own.

`python -m bench.reasons` ranks the needs in `bench/judged_reasons` among the concepts of the same
half, takes the five best of each, and looks up what was judged by hand of what is said about them:

* word: the concept says it too, in the same sense, and it tells what both are about;
* passage: no other part of the concept answers the need better;
* unanswered: the concept says nothing of what the sentence asks for.

Beside each share stands how much of what was judged true is shown. What nobody has judged is
listed at the end, and counts for nothing; `--half development` leaves the other half alone.
`--semantic` counts the passages that meaning points to.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from matching import Document, Explanation, Match, MatchIndex
from matching.semantic.semantic_index import SemanticIndex

FOLDER = Path(__file__).parent / "judged_reasons"
HALVES = ("development", "held_out")
KINDS = ("word", "passage", "unanswered")
LOOKED_AT = 5
"""Matches of each need."""


class Shown(NamedTuple):
    """Something that is said about a need and a concept."""

    kind: str
    need: str
    concept: str
    text: str


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a file of the folder, by the names of their columns."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def texts(name: str, half: str) -> list[Document]:
    """Return the needs or the concepts of one half."""
    return [
        Document(
            row["id"],
            row["title"],
            row["text"],
            fields=(("effect", row["effect"]),) if "effect" in row else (),
        )
        for row in rows(name)
        if row["half"] == half
    ]


def judgements() -> dict[Shown, bool]:
    """Return what was judged."""
    return {
        Shown(row["kind"], row["need"], row["concept"], row["text"]): row["right"] == "yes"
        for row in rows("judgements.tsv")
    }


def shown(half: str, *, semantic: bool) -> Iterator[Shown]:
    """Yield what is said about the best matches of one half."""
    of = SemanticIndex if semantic else MatchIndex
    index = of.from_documents(texts("concepts.tsv", half))
    for need in texts("needs.tsv", half):
        for match in index.rank(need, LOOKED_AT):
            yield from said(need, match, index.explain(need, match.document_id))


def said(need: Document, match: Match, found: Explanation) -> Iterator[Shown]:
    """Yield what is said about one match."""
    for word in match.reasons:
        yield Shown("word", need.id, match.document_id, word)
    if found.passage is not None:
        yield Shown("passage", need.id, match.document_id, found.passage.text)
    for sentence in found.unanswered:
        yield Shown("unanswered", need.id, match.document_id, sentence)


def report(half: str, known: dict[Shown, bool], *, semantic: bool) -> list[Shown]:
    """Print the shares of one half; return what was not judged."""
    found = list(dict.fromkeys(shown(half, semantic=semantic)))
    needs = {need.id for need in texts("needs.tsv", half)}
    for kind in KINDS:
        judged = [each for each in found if each.kind == kind and each in known]
        right = sum(known[each] for each in judged)
        true = sum(known[each] for each in known if each.kind == kind and each.need in needs)
        print(
            f"{half:12} {kind:10} true {right:4} of {len(judged):4} {_percent(right, len(judged))}"
            f"   shown of all true {_percent(right, true)}"
        )
    return [each for each in found if each not in known]


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:5.1f} %" if whole else "    -  "


def main() -> None:
    """Print the shares, and what is not judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=HALVES)
    parser.add_argument("--semantic", action="store_true")
    given = parser.parse_args()
    known = judgements()
    missing = [
        each
        for half in ([given.half] if given.half else HALVES)
        for each in report(half, known, semantic=given.semantic)
    ]
    print(f"\n{len(missing)} not judged")
    for each in missing:
        print("\t".join(each))


if __name__ == "__main__":
    main()
