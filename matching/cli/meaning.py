"""Where the command line takes similar meaning from."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from matching.documents import Document
from matching.semantic.encoder import E5Encoder
from matching.semantic.vectors import BATCH, VectorStore


def vector_store(path: Path | None) -> VectorStore:
    """Return where vectors come from, kept in a file where one is named.

    Raises
    ------
    EncoderMissing
        When the language model is not installed.
    """
    return VectorStore(E5Encoder(threads=os.cpu_count() or 1), path)


def encode(store: VectorStore, documents: Sequence[Document]) -> None:
    """Make the vectors that are not known, and show how far that has come."""
    starts = range(0, len(documents), BATCH)
    for start in tqdm(starts, "reading meanings", disable=not sys.stderr.isatty()):
        store.vectors(documents[start : start + BATCH])
