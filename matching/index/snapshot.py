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
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import xxhash

from matching.arrays import ByteArray, IntArray, UIntArray
from matching.index.collection import Collection, Texts
from matching.index.lexicon import Lexicon
from matching.index.rows import Rows
from matching.index.segments import Segment, Segments
from matching.index.strings import Names, Strings
from matching.parameters import Parameters
from matching.thesaurus import Group, Thesaurus

MAGIC = b"BTMATCH5"
"""Names the format; its last byte is the version, raised whenever features or layout change."""

_PREFIX = struct.Struct("<8sQQ")
_ALIGNMENT = 64
_SEGMENT_FIELDS = ("keys", "starts", "peaks", "documents", "impacts")

Array = npt.NDArray[np.generic]


class SnapshotError(ValueError):
    """A file that is not a whole snapshot of this version."""


def arrays_of(collection: Collection) -> dict[str, Array]:
    """Return the arrays that a collection is made of, by name."""
    lexicon = collection.lexicon
    return {
        "lengths": collection.lengths,
        "ranks": collection.ranks,
        "keys": lexicon.ids.keys,
        "document_frequency": lexicon.document_frequency,
        "uses": lexicon.uses,
        "features.starts": lexicon.starts,
        "features": lexicon.features,
        **_names("ids", collection.ids),
        **_names("words", lexicon.words),
        **{
            f"texts.{name}": array
            for number, part in enumerate(collection.texts.parts)
            for name, array in _strings(str(number), part).items()
        },
        **_fields("rows", collection.rows, ("starts", "items", "counts")),
        **{
            name: array
            for number, part in enumerate(collection.segments.parts)
            for name, array in _fields(f"segment.{number}", part, _SEGMENT_FIELDS).items()
        },
    }


def _strings(name: str, strings: Strings) -> dict[str, Array]:
    starts, data = strings.arrays()
    return {f"{name}.starts": starts, f"{name}.data": data}


def _names(name: str, names: Names) -> dict[str, Array]:
    found = _strings(name, names.strings)
    return {**found, f"{name}.hashes": names.hashes, f"{name}.order": names.order}


def _fields(name: str, source: object, fields: Sequence[str]) -> dict[str, Array]:
    return {f"{name}.{field}": getattr(source, field) for field in fields}


def write(path: Path, collection: Collection, label: str = "") -> None:
    """Write a collection, which is compact, to `path` in one step."""
    arrays = {name: np.ascontiguousarray(array) for name, array in arrays_of(collection).items()}
    described = []
    offset = 0
    for name, array in arrays.items():
        described.append([name, array.dtype.str, list(array.shape), offset])
        offset += array.nbytes + -array.nbytes % _ALIGNMENT
    about = {
        "arrays": described,
        "label": label,
        "parameters": collection.parameters.get_params(),
        "thesaurus": [[group.id, *group.members] for group in collection.thesaurus],
        "segments": [
            [part.first, part.end, part.average_length] for part in collection.segments.parts
        ],
    }
    header = json.dumps(about).encode()
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


def _mapped(path: Path) -> tuple[dict[str, Array], dict[str, Any]]:
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
    return arrays, header


def read(path: Path) -> tuple[Collection, str]:
    """Return the collection in the file at `path`, and its label.

    Raises
    ------
    SnapshotError
        When the file is damaged, cut short, or of another version.
    """
    arrays, header = _mapped(path)

    def numbers(name: str) -> IntArray:
        if name not in arrays:
            raise SnapshotError(f"{path}: made by another version; build the index anew")
        return cast("IntArray", arrays[name])

    def strings(name: str) -> Strings:
        return Strings(numbers(f"{name}.starts"), cast("ByteArray", numbers(f"{name}.data")))

    def names(name: str) -> Names:
        return Names(strings(name), numbers(f"{name}.hashes"), numbers(f"{name}.order"))

    try:
        thesaurus = Thesaurus.from_groups(
            Group(name, tuple(members)) for name, *members in header["thesaurus"]
        )
        collection = Collection(_parameters(header["parameters"]), thesaurus)
    except TypeError as error:
        message = f"{path}: made by another version; build the index anew"
        raise SnapshotError(message) from error
    collection.lexicon = Lexicon.restored(
        collection.parameters.ngrams,
        thesaurus,
        names("words"),
        cast("UIntArray", numbers("keys")),
        numbers("features.starts"),
        numbers("features"),
    )
    collection.lexicon.restore(numbers("document_frequency"), numbers("uses"))
    collection.ids = names("ids")
    collection.texts = Texts(tuple(strings(f"texts.{number}") for number in range(5)))
    collection.rows = Rows(*(numbers(f"rows.{part}") for part in ("starts", "items", "counts")))
    parts = []
    for number, (first, end, average) in enumerate(header["segments"]):
        found = {field: numbers(f"segment.{number}.{field}") for field in _SEGMENT_FIELDS}
        parts.append(Segment(first, end, **found, average_length=average))
    collection.segments = Segments(parts)
    collection.restore(numbers("lengths"), numbers("ranks"))
    return collection, header["label"]


def _parameters(values: dict[str, Any]) -> Parameters:
    """Return parameters as JSON keeps them: pairs come back as lists."""
    return Parameters(**{name: _as_tuples(value) for name, value in values.items()})


def _as_tuples(value: Any) -> Any:
    return tuple(map(_as_tuples, value)) if isinstance(value, list) else value
