"""The index in a file: arrays to map into memory, behind a header that tells damage.

Layout, all numbers little-endian: eight bytes that name the format and its version; the length
of the header (uint64); CRC-32 of header and body (uint32); the header, JSON with name, type,
length and offset of each array; then the arrays, each at a multiple of 64 bytes.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
import zlib
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import cast, overload

import numpy as np
import numpy.typing as npt

from matching.arrays import BoolArray, IntArray
from matching.collection import Collection
from matching.documents import Document
from matching.postings import Postings

MAGIC = b"BTMATCH1"
"""Names the format; its last byte is the version, raised whenever features or layout change."""

_PREFIX = struct.Struct("<8sQI")
_ALIGNMENT = 64
_POSTING_PARTS = ("starts", "items", "counts")

Array = npt.NDArray[np.generic]


class SnapshotError(ValueError):
    """A file that is not a whole snapshot of this version."""


class _Texts(Sequence[str]):
    """Strings in one array of UTF-8 bytes, decoded when asked for."""

    def __init__(self, starts: IntArray, data: Array) -> None:
        self._starts = starts
        self._data = data

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[str]: ...
    def __getitem__(self, row: int | slice) -> str | Sequence[str]:
        if isinstance(row, slice):
            return [self[each] for each in range(*row.indices(len(self)))]
        return bytes(self._data[self._starts[row] : self._starts[row + 1]]).decode()


def _packed(name: str, texts: Iterable[str]) -> dict[str, Array]:
    encoded = [text.encode("utf-8", "replace") for text in texts]
    starts = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum([len(each) for each in encoded], out=starts[1:])
    return {f"{name}.starts": starts, name: np.frombuffer(b"".join(encoded), dtype=np.uint8)}


def _postings(name: str, postings: Postings) -> dict[str, Array]:
    return {
        f"{name}.starts": postings.starts,
        f"{name}.items": postings.items,
        f"{name}.counts": postings.counts,
    }


def _rows(name: str, rows: list[IntArray]) -> dict[str, Array]:
    starts = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum([len(row) for row in rows], out=starts[1:])
    none = np.zeros(0, dtype=np.int32)
    return {f"{name}.starts": starts, name: np.concatenate([none, *rows]).astype(np.int32)}


def _arrays(collection: Collection) -> dict[str, Array]:
    vocabulary = collection.vocabulary
    kept = [document or Document("", "", "") for document in collection.documents]
    return {
        "in_use": collection.in_use,
        "lengths": np.stack(collection.raw_lengths),
        "document_frequency": vocabulary.document_frequency,
        "is_stop": vocabulary.is_stop,
        "gram_frequency": vocabulary.gram_frequency,
        **_packed("ids", (document.id for document in kept)),
        **_packed("titles", (document.title for document in kept)),
        **_packed("texts", (document.text for document in kept)),
        **_packed("languages", (document.language or "" for document in kept)),
        **_packed("words", vocabulary.words),
        **_packed("classes", vocabulary.members),
        **_rows("members", [np.array(each) for each in vocabulary.members.values()]),
        **_packed("gram_names", vocabulary.gram_ids),
        **_postings("grams", vocabulary.grams),
        **_postings("postings", collection.postings),
        **_rows("content_words", [numbers for numbers, _ in collection.contents]),
        **_rows("content_counts", [counts for _, counts in collection.contents]),
    }


def write(path: Path, collection: Collection) -> None:
    """Write a collection, whose tails are empty, to `path` in one step."""
    arrays = _arrays(collection)
    described, body = [], []
    offset = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        padding = -len(data) % _ALIGNMENT
        described.append([name, array.dtype.str, list(array.shape), offset])
        body.append(data + bytes(padding))
        offset += len(data) + padding
    header = json.dumps({"arrays": described, "length": offset}).encode()
    header += b" " * (-(len(header) + _PREFIX.size) % _ALIGNMENT)
    checksum = zlib.crc32(header)
    for data in body:
        checksum = zlib.crc32(data, checksum)
    _replace(path, [_PREFIX.pack(MAGIC, len(header), checksum), header, *body])


def _replace(path: Path, parts: list[bytes]) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _mapped(path: Path) -> dict[str, Array]:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < _PREFIX.size:
            raise SnapshotError(f"{path}: cut short")
        whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    magic, header_length, checksum = _PREFIX.unpack_from(whole)
    if magic[:-1] != MAGIC[:-1]:
        raise SnapshotError(f"{path}: not a snapshot of an index")
    if magic != MAGIC:
        raise SnapshotError(f"{path}: made by another version; build the index anew")
    if zlib.crc32(memoryview(whole)[_PREFIX.size :]) != checksum:
        raise SnapshotError(f"{path}: damaged or cut short; build the index anew")
    start = _PREFIX.size + header_length
    header = json.loads(whole[_PREFIX.size : start])
    return {
        name: np.frombuffer(
            whole, dtype=np.dtype(kind), count=int(np.prod(shape)), offset=start + offset
        ).reshape(shape)
        for name, kind, shape, offset in header["arrays"]
    }


def read(path: Path) -> Collection:
    """Return the collection in the file at `path`.

    Raises
    ------
    SnapshotError
        When the file is damaged, cut short, or of another version.
    """
    arrays = _mapped(path)

    def texts(name: str) -> _Texts:
        return _Texts(_integers(arrays, f"{name}.starts"), arrays[name])

    def rows(name: str) -> list[IntArray]:
        values = _integers(arrays, name)
        return [values[start:end] for start, end in pairwise(arrays[f"{name}.starts"].tolist())]

    def postings(name: str) -> Postings:
        return Postings(*(_integers(arrays, f"{name}.{part}") for part in _POSTING_PARTS))

    collection = Collection()
    vocabulary = collection.vocabulary
    vocabulary.words = list(texts("words"))
    vocabulary.ids = {word: number for number, word in enumerate(vocabulary.words)}
    vocabulary.members = {
        name: row.tolist() for name, row in zip(texts("classes"), rows("members"), strict=True)
    }
    vocabulary.gram_ids = {name: number for number, name in enumerate(texts("gram_names"))}
    vocabulary.grams = postings("grams")
    vocabulary.restore(
        _integers(arrays, "document_frequency"),
        cast("BoolArray", arrays["is_stop"]),
        _integers(arrays, "gram_frequency"),
    )
    collection.postings = postings("postings")
    collection.contents = list(zip(rows("content_words"), rows("content_counts"), strict=True))
    collection.restore(
        [
            Document(document_id, title, text, language or None) if used else None
            for document_id, title, text, language, used in zip(
                *(texts(name) for name in ("ids", "titles", "texts", "languages")),
                arrays["in_use"].tolist(),
                strict=True,
            )
        ],
        _integers(arrays, "lengths"),
    )
    return collection


def _integers(arrays: dict[str, Array], name: str) -> IntArray:
    return cast("IntArray", arrays[name])
