"""After `python -m matching.prepare` no question waits for a loop to be compiled."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numba.core.dispatcher
import pytest

from matching import Document, MatchIndex
from matching.prepare import main
from tests.matching.examples import CONCEPTS, NEEDS


def _signatures() -> dict[str, int]:
    """Return for how many kinds of arguments each loop of the library is compiled."""
    return {
        f"{name}.{loop}": len(value.signatures)
        for name, module in list(sys.modules.items())
        if name.startswith("matching.")
        for loop, value in vars(module).items()
        if isinstance(value, numba.core.dispatcher.Dispatcher)
    }


@pytest.mark.slow
def test_whatever_is_asked_nothing_is_compiled_afterwards(tmp_path: Path) -> None:
    main()
    prepared = _signatures()
    assert prepared
    index = pickle.loads(pickle.dumps(MatchIndex.from_documents(CONCEPTS.values())))  # noqa: S301
    index.save(tmp_path / "index")
    asked: list[Document | str] = [*NEEDS.values(), "", "tur", " ".join(map(str, range(2000)))]
    for each in (index, MatchIndex.load(tmp_path / "index"), MatchIndex()):
        for need in asked:
            each.rank(need)
        each.rank_all(NEEDS.values(), k=3, n_jobs=2)
        each.add(Document("new", "", "hjelp med lekser, sykkel og kor"))
        each.explain(NEEDS["waste"], "new")
        each.remove("new")
        each.rank("kor")
    assert _signatures() == prepared
