"""Vectors of texts, each made once and kept in a file.

A vector is kept as whole numbers, its parts times `SCALE`. Sums of products of such numbers are
exact in float32, so they do not depend on the order of adding: not on threads nor on batches.

The file has a header that names the encoder, then one record for each text: a key made from the
text, the vector, and a CRC-32 of both. A record that was damaged or cut short does not have its
checksum; it is left out, and its vector made again.
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import struct
import tempfile
import threading
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from matching.documents import Document
from matching.semantic.encoder import Encoder
from matching.text import LONGEST_WORD, is_stop, plain_text, words

SCALE = 2048
"""2 to the power 11: two such vectors multiply to 2 to the power 22 at most, and float32 holds
whole numbers up to 2 to the power 24."""

MOST_WORDS = 120
"""Words of a text that are read, its title first; the time grows with them."""

MAGIC = b"BTMEANS1"
"""Names the format; its last byte is the version, raised when the layout or `SCALE` changes."""

BATCH = 32
"""Texts that are encoded and written at once: what a crash can cost."""

_HEADER = struct.Struct("<8s16sI4x")
_CHECKSUM = struct.Struct("<I")
_KEY_SIZE = 16

VectorArray = npt.NDArray[np.int16]

_log = logging.getLogger(__name__)


class Vectors(Protocol):
    """Where an index has the vectors of texts from."""

    def vectors(self, documents: Sequence[Document]) -> VectorArray:
        """Return the vectors of documents, times `SCALE`, shape (documents, dimensions).

        The vector of a document that says nothing, or that has not been read, is all zeros.
        """
        ...

    def of_sentences(self, sentences: Sequence[str]) -> VectorArray | None:
        """Return the vectors of one document's sentences, shape (sentences, dimensions).

        None where they have not been read.
        """
        ...


class VectorStore:
    """Gives the vector of a text, and has it made only where it is not known.

    Parameters
    ----------
    encoder
        Makes vectors of texts that are not known.
    path
        File to keep them in; without it they are kept in memory. It may hold vectors of any
        number of collections, and need not exist. It holds no text, and nothing that cannot be
        made again: a file that cannot be used is replaced when there is something to write.

    A store may be used by several threads, and a file by several processes: when two write at
    the same time one of them may lose a vector, which is then made again.
    """

    def __init__(self, encoder: Encoder, path: str | Path | None = None) -> None:
        self.encoder = encoder
        self.dimensions = encoder.dimensions
        self._path = None if path is None else Path(path)
        self._known: dict[bytes, VectorArray] = {}
        self._lock = threading.RLock()
        if self._path is not None and self._path.exists():
            self._known = self._read(self._path)

    def __deepcopy__(self, memo: object) -> VectorStore:
        """Return the store itself: what `clone` copies goes on sharing the vectors."""
        return self

    def __getstate__(self) -> dict[str, Any]:
        """Leave the lock behind."""
        return {name: value for name, value in self.__dict__.items() if name != "_lock"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take over what was kept."""
        self.__dict__.update(state)
        self._lock = threading.RLock()

    def __len__(self) -> int:
        """Return the number of texts whose vector is known."""
        return len(self._known)

    def vectors(self, documents: Sequence[Document]) -> VectorArray:
        """Return the vectors of documents, times `SCALE`, shape (documents, dimensions).

        The vector of a document without a content word is all zeros.

        Raises
        ------
        OSError
            When the file cannot be written.
        """
        texts = [meaningful_text(document) for document in documents]
        keys = [vector_key(self.encoder.version, text) for text in texts]
        with self._lock:
            missing = {
                key: text
                for key, text in zip(keys, texts, strict=True)
                if text and key not in self._known
            }
            for start in range(0, len(missing), BATCH):
                self._make(dict(list(missing.items())[start : start + BATCH]))
            found = np.zeros((len(keys), self.dimensions), dtype=np.int16)
            for row, (key, text) in enumerate(zip(keys, texts, strict=True)):
                if text:
                    found[row] = self._known[key]
        return found

    def of_sentences(self, sentences: Sequence[str]) -> VectorArray:
        """Return the vectors of sentences, shape (sentences, dimensions).

        Raises
        ------
        OSError
            When the file cannot be written.
        """
        return self.vectors([Document("", "", text) for text in sentences])

    def _make(self, texts: dict[bytes, str]) -> None:
        made = dict(zip(texts, whole_vectors(self.encoder, list(texts.values())), strict=True))
        if self._path is not None:
            self._append(self._path, [_record(key, vector) for key, vector in made.items()])
        self._known.update(made)

    # ------------------------------------------------------------------ the file

    def _header(self) -> bytes:
        digest = hashlib.blake2b(self.encoder.version.encode(), digest_size=16).digest()
        return _HEADER.pack(MAGIC, digest, self.dimensions)

    def _record_size(self) -> int:
        return _KEY_SIZE + 2 * self.dimensions + _CHECKSUM.size

    def _read(self, path: Path) -> dict[bytes, VectorArray]:
        """Return what the file holds, mapped into memory: all readers share one copy."""
        with path.open("rb") as file:
            if file.read(_HEADER.size) != self._header():
                _log.warning("%s holds no vectors of %s: made anew", path, self.encoder.version)
                return {}
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        known, damaged, size = {}, 0, self._record_size()
        for start in range(_HEADER.size, len(whole), size):
            record = whole[start : start + size]
            if not _is_whole(record, size):
                damaged += 1
                continue
            known[record[:_KEY_SIZE]] = np.frombuffer(
                whole, dtype="<i2", count=self.dimensions, offset=start + _KEY_SIZE
            )
        if damaged:
            _log.warning("%s: %d damaged records are left out", path, damaged)
        return known

    def _append(self, path: Path, records: list[bytes]) -> None:
        if not self._is_ours(path):
            _replace(path, self._header())
        with path.open("r+b") as file:
            held = file.seek(0, os.SEEK_END) - _HEADER.size
            # Over a record that was cut short, so that those after it stand where they should.
            file.seek(_HEADER.size + held // self._record_size() * self._record_size())
            file.write(b"".join(records))
            file.flush()
            os.fsync(file.fileno())

    def _is_ours(self, path: Path) -> bool:
        if not path.exists():
            return False
        with path.open("rb") as file:
            return file.read(_HEADER.size) == self._header()


def vector_key(version: str, text: str) -> bytes:
    """Return what names the vector that an encoder makes of a text: the same for the same text."""
    named = f"{version}\n{text}".encode("utf-8", "replace")
    return hashlib.blake2b(named, digest_size=_KEY_SIZE).digest()


def whole_vectors(encoder: Encoder, texts: Sequence[str]) -> VectorArray:
    """Return the vectors of texts in whole numbers, little-endian; shape (texts, dimensions)."""
    encoded = np.asarray(encoder.encode(texts), dtype=np.float64)
    found: VectorArray = np.rint(encoded * SCALE).astype("<i2")
    return found


def meaningful_text(document: Document) -> str:
    """Return what is read of a document: title, text and fields without tags, to `MOST_WORDS`.

    It is empty where there is no content word: no meaning is read into numbers of spaces, stop
    words or pictures.
    """
    texts = document.title, document.text, *(text for _, text in document.fields)
    plain = plain_text("\n".join(texts)).split()[:MOST_WORDS]
    text = " ".join(word[:LONGEST_WORD] for word in plain)
    return "" if all(is_stop(word) for word in words(text)) else text


def _record(key: bytes, vector: VectorArray) -> bytes:
    content = key + vector.tobytes()
    return content + _CHECKSUM.pack(zlib.crc32(content))


def _is_whole(record: bytes, size: int) -> bool:
    if len(record) != size:
        return False
    (checksum,) = _CHECKSUM.unpack(record[-_CHECKSUM.size :])
    return bool(zlib.crc32(record[: -_CHECKSUM.size]) == checksum)


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
