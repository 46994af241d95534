"""How much of what is said about matches is true, by judgements of our own.

`python -m bench.reasons` ranks the needs in `bench/judged_reasons` among the concepts of the same
part, takes the five best of each, and looks up what was judged by hand of what is said about them:

* word: the concept says it too, in the same sense, and it tells what both are about;
* passage: no other part of the concept answers the need better;
* unanswered: the concept says nothing of what the sentence asks for.

Beside each share stands that of each need's right concept, which has its number, and how much of
what was judged true is shown. What nobody has judged is listed at the end, and counts for nothing.

The development part was looked at while the rules were made. The held-out part was judged when
they were nearly done; the lists of general words grew a little after that. The control part was
written and judged at the very end.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from matching import Document, Explanation, Match, MatchIndex

FOLDER = Path(__file__).parent / "judged_reasons"
PARTS = ("development", "held_out", "control")
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


def texts(name: str, part: str) -> list[Document]:
    """Return the needs or the concepts of one part."""
    return [
        Document(
            row["id"],
            row["title"],
            row["text"],
            fields=(("effect", row["effect"]),) if "effect" in row else (),
        )
        for row in rows(name)
        if row["part"] == part
    ]


def judgements() -> dict[Shown, bool]:
    """Return what was judged."""
    return {
        Shown(row["kind"], row["need"], row["concept"], row["text"]): row["right"] == "yes"
        for row in rows("judgements.tsv")
    }


def shown(part: str) -> Iterator[Shown]:
    """Yield what is said about the best matches of one part."""
    index = MatchIndex.from_documents(texts("concepts.tsv", part))
    for need in texts("needs.tsv", part):
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


def report(part: str, known: dict[Shown, bool]) -> list[Shown]:
    """Print the shares of one part; return what was not judged."""
    found = list(dict.fromkeys(shown(part)))
    needs = {need.id for need in texts("needs.tsv", part)}
    for kind in KINDS:
        judged = [each for each in found if each.kind == kind and each in known]
        true = sum(known[each] for each in known if each.kind == kind and each.need in needs)
        right = [known[each] for each in judged]
        own = [known[each] for each in judged if each.need[1:] == each.concept[1:]]
        print(
            f"{part:12} {kind:10} true {_share(sum(right), len(right))}   of the right concept "
            f"{_share(sum(own), len(own))}   shown of all true {_share(sum(right), true)}"
        )
    return [each for each in found if each not in known]


def _share(part: int, whole: int) -> str:
    return f"{part:4} of {whole:4} {100 * part / max(whole, 1):5.1f} %"


def main() -> None:
    """Print the shares, and what is not judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--part", choices=PARTS)
    given = parser.parse_args()
    known = judgements()
    missing = [
        each for part in ([given.part] if given.part else PARTS) for each in report(part, known)
    ]
    print(f"\n{len(missing)} not judged")
    for each in missing:
        print("\t".join(each))


if __name__ == "__main__":
    main()
