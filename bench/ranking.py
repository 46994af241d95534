"""How the ranking compares with its peers on judged collections.

`python -m bench.ranking FOLDER…` is `python -m matching evaluate --compare FOLDER…`. Without a
folder it measures on the demo's own needs and concepts, whose authors judged which belong together.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from marketplace.demo.texts import Row, rows
from matching.cli import main
from matching.evaluation import JudgedCollection, collection_folders, read_collection

CONCEPT = ("description", "target_group", "evidence", "used_where", "needs_from_municipality")
NEED = ("title", "problem", "target_group", "wanted_effect")


def write_demo_collection(folder: Path) -> None:
    """Write the published needs and concepts of the demo as a judged collection."""
    needs = [row for row in rows("needs", "need") if row["state"] == "published"]
    concepts = [row for row in rows("concepts", "concept") if row["state"] == "published"]
    _write_lines(
        folder / "corpus.jsonl",
        [{"_id": c["key"], "title": c["title"], "text": _joined(c, CONCEPT)} for c in concepts],
    )
    _write_lines(
        folder / "queries.jsonl", [{"_id": n["key"], "text": _joined(n, NEED)} for n in needs]
    )
    judged = [f"{r['need']}\t{r['concept']}\t{r['grade']}" for r in rows("relevance", "relevant")]
    table = "\n".join(["query-id\tcorpus-id\tscore", *judged]) + "\n"
    (folder / "qrels.tsv").write_text(table, encoding="utf-8")


def judged_collections(folders: Sequence[str]) -> list[JudgedCollection]:
    """Return the collections in the folders, past files beside them; without any, the demo's."""
    if folders:
        return [read_collection(path) for path in collection_folders([*map(Path, folders)])]
    with tempfile.TemporaryDirectory() as parent:
        demo = Path(parent) / "demo"
        demo.mkdir()
        write_demo_collection(demo)
        return [read_collection(demo)]


def _joined(row: Row, fields: tuple[str, ...]) -> str:
    return "\n".join(str(row[field]) for field in fields if field in row)


def _write_lines(path: Path, records: list[dict[str, Any]]) -> None:
    lines = (json.dumps(record, ensure_ascii=False) for record in records)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1:]:
        raise SystemExit(main(["evaluate", "--compare", *sys.argv[1:]]))
    with tempfile.TemporaryDirectory() as parent:
        demo = Path(parent) / "demo"
        demo.mkdir()
        write_demo_collection(demo)
        raise SystemExit(main(["evaluate", "--compare", str(demo)]))
