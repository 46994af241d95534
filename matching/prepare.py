"""Compile the inner loops ahead of the first question: `python -m matching.prepare`.

What is compiled lies beside the package, or where `NUMBA_CACHE_DIR` says, and is used by every
process from then on. Without this the first question to a new installation waits for it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from matching import Document, MatchIndex
from matching.best import MOST_RANKS

_TEXTS = ("Frivillige går tur med eldre", "Ungdom lærer å lage mat", "Leksehjelp for elever")


def main() -> None:
    """Ask and change a small index in every way that there is."""
    documents = [Document(str(number), text, text) for number, text in enumerate(_TEXTS)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "small"
        MatchIndex.fit(documents).save(path)
        index = MatchIndex.load(path)
        for _ in range(2):  # As it was read from the file, and after a change.
            index.rank(documents[0])
            index.rank_all(documents)
            index.rank(documents[0], MOST_RANKS + 1)
            index.explain(documents[0], "0")
            index.add(documents[1])


if __name__ == "__main__":
    main()
