"""Ranking on several processes or machines, with Dask: the part that needs the optional extra.

Workers hold parts of the concepts and are asked with some needs at a time. Every step is a plain
function whose input the scheduler knows, so what a lost worker held is made again by the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

from matching import partition_ranking, partitions
from matching.documents import Document
from matching.results import Match

if TYPE_CHECKING:
    from distributed import Client, Future

INSTALL = "pip install 'behovstorget[cluster]'"

PART = 50_000
"""Concepts in one part, at most, unless told otherwise."""

NEEDS_AT_ONCE = 5_000

_PATIENCE = 30  # Seconds to wait for the first worker of a cluster.
_ANY_PORT = "127.0.0.1:0"  # Without an address, it is one for all clusters of the machine.
_READ_AT_ONCE = 2_000
_LETTERS_AT_ONCE = 2_000_000  # Dask warns of more than 10 MB in one message.


class ClusterMissing(ImportError):
    """The optional package for ranking on several processes is not installed."""


class ClusterError(ValueError):
    """The cluster cannot be reached, or cannot do the work."""


@contextmanager
def cluster(address: str | None = None, workers: int = 1) -> Iterator[Client]:
    """Give a client of a cluster: the one at `address`, or one of processes on this machine.

    Parameters
    ----------
    address
        Of a Dask scheduler, as `tcp://10.0.0.5:8786`.
    workers
        Processes to start, with one thread each, where no address is given. They end when the
        block does.

    Raises
    ------
    ClusterMissing
        When the package `distributed` is not installed.
    ClusterError
        When no scheduler answers at `address`, or the workers fail.
    """
    distributed = _distributed()
    try:
        with _client(distributed, address, workers) as client:
            yield client
    except distributed.KilledWorker as error:
        raise ClusterError(f"workers were lost again and again at one step: {error}") from error


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise ClusterMissing(f"{error}: ranking on a cluster needs {INSTALL}") from error


@contextmanager
def _client(distributed: Any, address: str | None, workers: int) -> Iterator[Client]:
    if address is None:
        with (
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=_ANY_PORT,
            ) as started,
            distributed.Client(started, set_as_default=False) as client,
        ):
            yield client
        return
    with _connected(distributed, address) as client:
        yield client


def _connected(distributed: Any, address: str) -> Any:
    try:
        distributed.comm.get_address_host_port(address)  # A client of no address never ends.
        client: Any = distributed.Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no cluster answers at {address}: {error}") from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except OSError as error:
        client.close()
        raise ClusterError(f"the cluster at {address} has no workers") from error
    return client


def rank_all(
    client: Client,
    needs: Iterable[Document],
    concepts: Iterable[Document],
    limit: int = 20,
    *,
    parts: int | None = None,
    at_once: int = NEEDS_AT_ONCE,
) -> Iterator[tuple[str, list[Match]]]:
    """Yield each need's id and its best concepts, the same as `MatchIndex.rank` gives them.

    Needs are read and matches come out some at a time, so that neither side is held as a whole.

    Parameters
    ----------
    client
        See `cluster`.
    needs
        The queries.
    concepts
        The documents to rank; of those with the same id, the last one stays.
    limit
        At most so many matches for each need.
    parts
        Number of parts that the concepts are put into: by default one for each worker, or more
        where they would have more than `PART` documents. The matches do not depend on it.
    at_once
        Needs that are asked together.

    Raises
    ------
    ValueError
        When `limit` is negative.
    """
    if limit < 0:
        raise ValueError(f"limit is {limit}; it cannot be negative")
    different = list({document.id: document for document in concepts}.values())
    number = parts or max(_workers(client), -(-len(different) // PART))
    return _ranked(_Graph(client, different, number, limit), iter(needs), at_once)


def _workers(client: Client) -> int:
    return max(1, len(cast("dict[str, Any]", client.scheduler_info(n_workers=-1)["workers"])))


def _ranked(
    graph: _Graph, needs: Iterator[Document], at_once: int
) -> Iterator[tuple[str, list[Match]]]:
    waiting: deque[tuple[list[str], Future[Any]]] = deque()
    while chunk := list(islice(needs, at_once)):
        waiting.append(([need.id for need in chunk], graph.ask(chunk)))
        if len(waiting) > graph.ahead:
            yield from _answered(*waiting.popleft())
    while waiting:
        yield from _answered(*waiting.popleft())


def _answered(ids: list[str], future: Future[Any]) -> Iterator[tuple[str, list[Match]]]:
    found, about = future.result()
    del future
    yield from zip(ids, partition_ranking.as_matches(found, about), strict=True)


class _Graph:
    """The steps from concepts and needs to matches, and where each part has its home."""

    def __init__(
        self, client: Client, concepts: Sequence[Document], number: int, limit: int
    ) -> None:
        self._client, self._limit = client, limit
        self._homes = list(client.scheduler_info(n_workers=-1)["workers"])
        self.ahead = 1 + len(self._homes)
        bounds = [len(concepts) * part // number for part in range(number + 1)]
        slices = [concepts[bounds[part] : bounds[part + 1]] for part in range(number)]
        parts = [self._part(documents, home) for home, documents in enumerate(slices)]
        counts = [self._at(home, partitions.counts, part) for home, part in enumerate(parts)]
        whole = self._submit(partitions.summed, counts)
        self._lexicon = self._submit(partitions.Lexicon, whole)
        self._shelves = [
            self._at(home, partitions.shelved, part, whole) for home, part in enumerate(parts)
        ]

    def _part(self, documents: Sequence[Document], home: int) -> Future[Any]:
        counted = [self._at(home, partitions.counted, some) for some in _in_messages(documents)]
        return self._at(home, partitions.joined, counted)

    def ask(self, needs: Sequence[Document]) -> Future[Any]:
        """Return the future of what is found for some needs."""
        messages = [self._submit(list, some) for some in _in_messages(needs)]
        queries = self._submit(partition_ranking.weighed, self._lexicon, messages)
        best = [
            self._at(home, partition_ranking.best, shelf, home, queries, self._limit)
            for home, shelf in enumerate(self._shelves)
        ]
        found = self._submit(partition_ranking.best_of, best, self._limit)
        told = [
            self._at(home, partition_ranking.told, shelf, home, queries, found)
            for home, shelf in enumerate(self._shelves)
        ]
        return self._submit(partition_ranking.complete, found, told)

    def _submit(self, step: Any, *arguments: Any) -> Future[Any]:
        return self._client.submit(step, *arguments, pure=False)

    def _at(self, home: int, step: Any, *arguments: Any) -> Future[Any]:
        """Do a step where the part is at home, or elsewhere if that worker is gone."""
        worker = self._homes[home % len(self._homes)]
        return self._client.submit(
            step, *arguments, pure=False, workers=[worker], allow_other_workers=True
        )


def _in_messages(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Yield the documents some at a time, so few that they can be sent in one message."""
    first = letters = 0
    for row, document in enumerate(documents):
        letters += len(document.title) + len(document.text)
        if row - first + 1 == _READ_AT_ONCE or letters >= _LETTERS_AT_ONCE:
            yield documents[first : row + 1]
            first, letters = row + 1, 0
    yield documents[first:]
