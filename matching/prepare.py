"""Compile the inner loops ahead of the first question: `python -m matching.prepare`.

What is compiled lies beside the package, or where `NUMBA_CACHE_DIR` says, and is used by every
process from then on. Without this the first question to a new installation waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from matching.documents import Document
from matching.index.match_index import MatchIndex
from matching.index.reading import holds_list
from matching.semantic.fusion import DEPTH
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.vectors import VectorStore

_TEXTS = (
    "Frivillige går tur med eldre i kommunen",
    "Ungdom lærer å lage mat i kommunen",
    "Leksehjelp for elever i kommunen",
)


class _StandIn:
    """An encoder to which all texts mean the same: the language model has no loops of ours."""

    version = "stand-in"
    dimensions = 2

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        return np.full((len(texts), self.dimensions), 0.5, dtype=np.float32)


def main() -> None:
    """Ask and change small indexes in every way that there is."""
    documents = [
        Document(str(number), _TEXTS[number % len(_TEXTS)], _TEXTS[number % len(_TEXTS)])
        for number in range(DEPTH + 50)  # More than are looked at when meaning counts.
    ]
    index = MatchIndex.from_documents(documents)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small"
        index.save(path)
        # In memory and mapped from a file: arrays that may be written to, and that may not.
        for each in (index, MatchIndex.load(path)):
            _use(each, documents)
    _use(SemanticIndex.from_documents(documents, store=VectorStore(_StandIn())), documents)
    holds_list(documents[0])


def _use(index: MatchIndex, documents: Sequence[Document]) -> None:
    for _ in range(2):  # As it was built or read, and after a change.
        index.rank(documents[0])
        index.rank(documents[0], len(documents) + 1)
        index.rank_all(documents[:10], n_jobs=2)
        index.explain(documents[0], "1")
        index.add(documents[0])
        index.remove("2" if "2" in index else "3")


if __name__ == "__main__":
    main()
