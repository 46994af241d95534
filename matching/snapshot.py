"""The index in a file: arrays to map into memory, behind a header that tells damage.

Layout, all numbers little-endian: eight bytes that name the format and its version; the length
of the header (uint64); XXH3 of that length, header and body (uint64); the header, JSON with a
label and the name, type, shape and offset of each array; then the arrays, each at a multiple of
64 bytes.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import xxhash

from matching.arrays import ByteArray, IntArray
from matching.collection import Collection
from matching.names import Names, Strings
from matching.postings import Inverted, Rows, Segment

MAGIC = b"BTMATCH5"
"""Names the format; its last byte is the version, raised whenever features or layout change."""

_PREFIX = struct.Struct("<8sQQ")
_ALIGNMENT = 64
_SEGMENT_FIELDS = ("keys", "starts", "rows", "counts")

Array = npt.NDArray[np.generic]


class SnapshotError(ValueError):
    """A file that is not a whole snapshot of this version."""


def _arrays(collection: Collection) -> dict[str, Array]:
    vocabulary = collection.vocabulary
    return {
        "lengths": collection.lengths,
        "document_frequency": vocabulary.document_frequency,
        "uses": vocabulary.uses,
        **_names("ids", collection.ids),
        **_names("stems", vocabulary.names),
        **_strings("titles", collection.titles),
        **_strings("texts", collection.texts),
        **_strings("languages", collection.languages),
        **_rows("rows", collection.rows),
        **_rows("forms", vocabulary.forms),
        **_rows("grams", vocabulary.grams),
        **_inverted("postings", collection.inverted),
        **_inverted("words_of_grams", vocabulary.inverted),
    }


def _strings(name: str, strings: Strings) -> dict[str, Array]:
    starts, data = strings.arrays()
    return {f"{name}.starts": starts, f"{name}.data": data}


def _names(name: str, names: Names) -> dict[str, Array]:
    found = _strings(name, names.strings)
    return {**found, f"{name}.hashes": names.hashes, f"{name}.order": names.order}


def _rows(name: str, rows: Rows) -> dict[str, Array]:
    return {
        f"{name}.starts": rows.starts,
        f"{name}.items": rows.items,
        f"{name}.counts": rows.counts,
    }


def _inverted(name: str, inverted: Inverted) -> dict[str, Array]:
    parts = inverted.segments
    if not parts:
        return {}
    (part,) = parts
    return {f"{name}.{field}": getattr(part, field) for field in _SEGMENT_FIELDS}


def write(path: Path, collection: Collection, label: str = "") -> None:
    """Write a collection, which is compact, to `path` in one step."""
    arrays = {name: np.ascontiguousarray(array) for name, array in _arrays(collection).items()}
    described = []
    offset = 0
    for name, array in arrays.items():
        described.append([name, array.dtype.str, list(array.shape), offset])
        offset += array.nbytes + -array.nbytes % _ALIGNMENT
    header = json.dumps({"arrays": described, "label": label}).encode()
    header += b" " * (-(len(header) + _PREFIX.size) % _ALIGNMENT)
    body = [part for array in arrays.values() for part in _padded(array)]
    checksum = _checksum(len(header), header, *body)
    _replace(path, [_PREFIX.pack(MAGIC, len(header), checksum), header, *body])


def _checksum(header_length: int, *parts: bytes | memoryview) -> int:
    found = xxhash.xxh3_64(header_length.to_bytes(8, "little"))
    for part in parts:
        found.update(part)
    return found.intdigest()


def _padded(array: Array) -> tuple[memoryview, bytes]:
    return array.reshape(-1).view(np.uint8).data, bytes(-array.nbytes % _ALIGNMENT)


def _replace(path: Path, parts: Sequence[bytes | memoryview]) -> None:
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


def _mapped(path: Path) -> tuple[dict[str, Array], str]:
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
    if _checksum(header_length, memoryview(whole)[_PREFIX.size :]) != checksum:
        raise SnapshotError(f"{path}: damaged or cut short; build the index anew")
    start = _PREFIX.size + header_length
    header = json.loads(whole[_PREFIX.size : start])
    arrays = {
        name: np.frombuffer(
            whole, dtype=np.dtype(kind), count=int(np.prod(shape)), offset=start + offset
        ).reshape(shape)
        for name, kind, shape, offset in header["arrays"]
    }
    return arrays, header["label"]


def read(path: Path) -> tuple[Collection, str]:
    """Return the collection in the file at `path`, and its label.

    Raises
    ------
    SnapshotError
        When the file is damaged, cut short, or of another version.
    """
    arrays, label = _mapped(path)

    def numbers(name: str) -> IntArray:
        if name not in arrays:
            raise SnapshotError(f"{path}: made by another version; build the index anew")
        return cast("IntArray", arrays[name])

    def strings(name: str) -> Strings:
        return Strings(numbers(f"{name}.starts"), cast("ByteArray", numbers(f"{name}.data")))

    def names(name: str) -> Names:
        return Names(strings(name), numbers(f"{name}.hashes"), numbers(f"{name}.order"))

    def rows(name: str) -> Rows:
        return Rows(*(numbers(f"{name}.{part}") for part in ("starts", "items", "counts")))

    def inverted(name: str, source: Rows) -> Inverted:
        if f"{name}.keys" not in arrays:
            return Inverted(source)
        parts = [numbers(f"{name}.{field}") for field in _SEGMENT_FIELDS]
        return Inverted(source, [Segment(0, len(source), *parts)])

    collection = Collection()
    vocabulary = collection.vocabulary
    vocabulary.names = names("stems")
    vocabulary.forms, vocabulary.grams = rows("forms"), rows("grams")
    vocabulary.inverted = inverted("words_of_grams", vocabulary.grams)
    vocabulary.restore(numbers("document_frequency"), numbers("uses"))
    collection.ids = names("ids")
    collection.titles, collection.texts = strings("titles"), strings("texts")
    collection.languages = strings("languages")
    collection.rows = rows("rows")
    collection.inverted = inverted("postings", collection.rows)
    collection.restore(numbers("lengths"))
    return collection, label
