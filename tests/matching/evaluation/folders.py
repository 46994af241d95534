"""Small judged collections in folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from tests.matching.examples import CONCEPTS, NEEDS

HEADER = "query-id\tcorpus-id\tscore\n"


def written(
    folder: Path, corpus: Mapping[str, str], queries: Mapping[str, str], qrels: str
) -> Path:
    """Write a collection; texts by id."""
    folder.mkdir()
    for name, texts in (("corpus", corpus), ("queries", queries)):
        rows = [json.dumps({"_id": key, "text": text}) for key, text in texts.items()]
        (folder / f"{name}.jsonl").write_text("\n".join(rows), encoding="utf-8")
    (folder / "qrels.tsv").write_text(qrels, encoding="utf-8")
    return folder


def examples(folder: Path) -> Path:
    """Write the example needs, which all but one have a concept of the same id."""
    corpus = {each.id: each.text for each in CONCEPTS.values()}
    queries = {each.id: each.text for each in NEEDS.values()}
    pairs = "".join(f"{name}\t{name}\t1\n" for name in NEEDS.keys() & CONCEPTS.keys())
    return written(folder, corpus, queries, HEADER + pairs)
