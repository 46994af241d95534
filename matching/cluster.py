"""Ranking on several processes or machines, with Dask: the part that needs the optional extra.

Workers hold parts of the concepts and are asked with some needs at a time. Every step is a plain
function whose input the scheduler knows, so what a lost worker held is made again by the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence, Sized
from contextlib import contextmanager
from importlib import import_module
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from matching import partition_ranking, partitions
from matching.documents import Document
from matching.index import whole_number
from matching.results import Match

if TYPE_CHECKING:
    from distributed import Client, Future

INSTALL = "pip install 'behovstorget[cluster]'"

PART = 100_000
"""Concepts in one part, at most, unless told otherwise."""

MOST_NEEDS, LEAST_NEEDS = 5_000, 500
"""Needs that are asked together: what a word finds is worked out once for them."""

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
    at_once: int | None = None,
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
        Number of parts that the concepts are put into, by default as few as have `PART` documents
        at most. Where there are more workers than parts, several have the same one. The matches
        do not depend on it.
    at_once
        Needs that are asked together, by default so many that all workers have something to do.

    Yields
    ------
    tuple of str and list of Match
        For each need, in their order.

    Raises
    ------
    TypeError
        When `limit` is not a whole number.
    ValueError
        When `limit` is negative.
    """
    limit = whole_number("limit", limit, 0)
    different = list({document.id: document for document in concepts}.values())
    graph = _Graph(client, different, parts or max(1, -(-len(different) // PART)), limit)
    return _ranked(graph, iter(needs), at_once or graph.share(needs))


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
    """The steps from concepts and needs to matches, and which workers each part is for."""

    def __init__(
        self, client: Client, concepts: Sequence[Document], parts: int, limit: int
    ) -> None:
        self._client, self._limit, self._turn = client, limit, 0
        self._workers = list(client.scheduler_info(n_workers=-1)["workers"])
        self.ahead = 1 + len(self._workers)
        bounds = [len(concepts) * part // parts for part in range(parts + 1)]
        self._parts = [self._counted(concepts[start:end]) for start, end in pairwise(bounds)]
        counts = [self._submit(partitions.counts, part) for part in self._parts]
        self._whole = self._submit(partitions.summed, counts)
        self._lexicon = self._submit(partitions.Lexicon, self._whole)
        self._shelves: dict[tuple[int, str], Future[Any]] = {}

    def _shelf(self, part: int) -> tuple[str, Future[Any]]:
        """Return a worker that has the part, another one each turn, and the part there."""
        homes = self._workers[part % len(self._workers) :: len(self._parts)]
        home = homes[self._turn % len(homes)]
        if (part, home) not in self._shelves:  # Not before it is needed: it may never be.
            self._shelves[part, home] = self._at(
                home, partitions.shelved, self._parts[part], self._whole
            )
        return home, self._shelves[part, home]

    def share(self, needs: object) -> int:
        """Return how many needs to ask together."""
        if not isinstance(needs, Sized):
            return MOST_NEEDS
        return min(MOST_NEEDS, max(LEAST_NEEDS, -(-len(needs) // (3 * len(self._workers)))))

    def _counted(self, concepts: Sequence[Document]) -> Future[Any]:
        messages = _in_messages(concepts)
        counted = [self._submit(partitions.counted, message) for message in messages]
        return self._submit(partitions.joined, counted)

    def ask(self, needs: Sequence[Document]) -> Future[Any]:
        """Return the future of what is found for some needs."""
        messages = [self._submit(list, message) for message in _in_messages(needs)]
        shelves = [self._shelf(part) for part in range(len(self._parts))]
        self._turn += 1
        if len(shelves) == 1:
            ((home, shelf),) = shelves
            return self._at(
                home, partition_ranking.alone, self._lexicon, shelf, messages, self._limit
            )
        queries = self._submit(partition_ranking.weighed, self._lexicon, messages)
        best = [
            self._at(home, partition_ranking.best, shelf, number, queries, self._limit)
            for number, (home, shelf) in enumerate(shelves)
        ]
        found = self._submit(partition_ranking.best_of, best, self._limit)
        told = [
            self._at(home, partition_ranking.told, shelf, number, queries, found)
            for number, (home, shelf) in enumerate(shelves)
        ]
        return self._submit(partition_ranking.complete, found, told)

    def _submit(self, step: Any, *arguments: Any) -> Future[Any]:
        return self._client.submit(step, *arguments, pure=False)

    def _at(self, worker: str, step: Any, *arguments: Any) -> Future[Any]:
        """Do a step on the worker that has the part, or elsewhere if that one is gone."""
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
