"""All needs against all concepts: workers hold parts of the concepts, and are asked in turn.

Every step is a plain function whose input the scheduler knows, so what a lost worker held is made
again by the others.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from matching.cluster.parts import (
    add_up,
    best_of,
    count_part,
    preprocessed,
    put_in_whole,
    rank_part,
    read_part,
    read_queries,
)
from matching.documents import Document
from matching.index.match_index import as_document, whole_number
from matching.parameters import Parameters
from matching.results import Match
from matching.thesaurus import Thesaurus

if TYPE_CHECKING:
    from distributed import Client, Future

PART = 100_000
"""Concepts in one part, at most, unless told otherwise."""

MOST_NEEDS, LEAST_NEEDS = 5_000, 500
"""Needs that are asked together."""

_READ_AT_ONCE = 2_000
_LETTERS_AT_ONCE = 2_000_000  # Dask warns of more than 10 MB in one message.


def rank_all(
    client: Client,
    needs: Iterable[Document | str],
    concepts: Iterable[Document],
    k: int = 20,
    *,
    parts: int | None = None,
    at_once: int | None = None,
    parameters: Parameters = Parameters(),  # noqa: B008 - is frozen
    thesaurus: Thesaurus | None = None,
    preprocess: Callable[[Document], Document] | None = None,
) -> Iterator[tuple[str, list[Match]]]:
    """Yield each need's id and its best concepts, the same as `MatchIndex.rank_all` gives them.

    Needs are read and matches come out some at a time, so that neither side is held as a whole.

    Parameters
    ----------
    client
        See `matching.cluster.cluster`.
    needs
        The queries.
    concepts
        The documents to rank; of those with the same id, the last one stays.
    k
        At most so many matches for each need.
    parts
        Number of parts that the concepts are put into, by default as few as have `PART` documents
        at most. Where there are more workers than parts, several have the same one. The matches
        do not depend on it.
    at_once
        Needs that are asked together, by default so many that all workers have something to do.
    parameters, thesaurus
        See `matching.MatchIndex`.
    preprocess
        Is applied to each need and each concept first, by the workers; for instance
        `matching.with_target_group`.

    Yields
    ------
    tuple of str and list of Match
        For each need, in their order.

    Raises
    ------
    TypeError
        When `k` is not a whole number.
    ValueError
        When `k` is negative.
    """
    k = whole_number("k", k, 0)
    different = list({document.id: document for document in concepts}.values())
    parts = parts or max(1, -(-len(different) // PART))
    bounds = [len(different) * part // parts for part in range(parts + 1)]
    split = [different[start:end] for start, end in pairwise(bounds)]
    graph = _Graph(client, split, k, (parameters, thesaurus), preprocess)
    return _ranked(graph, map(as_document, needs), at_once or graph.share(needs))


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
    found = future.result()
    del future  # What was brought here need not stay there.
    yield from zip(ids, found, strict=True)


class _Graph:
    """The steps from concepts and needs to matches, and which workers each part is for."""

    def __init__(
        self,
        client: Client,
        parts: Sequence[Sequence[Document]],
        k: int,
        reading: tuple[Parameters, Thesaurus | None],
        preprocess: Callable[[Document], Document] | None,
    ) -> None:
        self._client, self._k, self._turn = client, k, 0
        self._reading, self._preprocess = reading, preprocess
        self._workers: list[str] = list(client.scheduler_info(n_workers=-1)["workers"])
        self.ahead = 1 + len(self._workers)
        self._parts = [self._submit(read_part, self._sent(part), *self._reading) for part in parts]
        counts = [self._submit(count_part, part) for part in self._parts]
        self._whole = self._submit(add_up, counts)
        self._placed: dict[tuple[int, str], Future[Any]] = {}

    def share(self, needs: object) -> int:
        """Return how many needs to ask together."""
        if not isinstance(needs, Sized):
            return MOST_NEEDS
        return min(MOST_NEEDS, max(LEAST_NEEDS, -(-len(needs) // (3 * len(self._workers)))))

    def ask(self, needs: Sequence[Document]) -> Future[Any]:
        """Return the future of what is found for some needs."""
        homes = [self._home(part) for part in range(len(self._parts))]
        self._turn += 1
        # In one place, as logarithms may differ in their last bit between machines.
        queries = self._at(homes[0], read_queries, self._sent(needs), self._whole, *self._reading)
        found = [
            self._at(home, rank_part, self._there(part, home), queries, self._k)
            for part, home in enumerate(homes)
        ]
        return self._submit(best_of, found, self._k)

    def _home(self, part: int) -> str:
        """Return a worker that the part is for, another one each turn."""
        homes = self._workers[part % len(self._workers) :: len(self._parts)]
        return homes[self._turn % len(homes)]

    def _there(self, part: int, home: str) -> Future[Any]:
        """Return the part on that worker; not put there before it is needed: it may never be."""
        if (part, home) not in self._placed:
            self._placed[part, home] = self._at(home, put_in_whole, self._parts[part], self._whole)
        return self._placed[part, home]

    def _sent(self, documents: Sequence[Document]) -> list[Future[Any]]:
        messages = _in_messages(documents)
        return [self._submit(preprocessed, message, self._preprocess) for message in messages]

    def _submit(self, step: Callable[..., Any], *arguments: Any) -> Future[Any]:
        return self._client.submit(step, *arguments, pure=False)

    def _at(self, worker: str, step: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """Do a step on the worker that has the part, or elsewhere if that one is gone."""
        return self._client.submit(
            step, *arguments, pure=False, workers=[worker], allow_other_workers=True
        )


def _in_messages(documents: Sequence[Document]) -> Iterator[Sequence[Document]]:
    """Yield the documents some at a time, so few that they can be sent in one message."""
    first = letters = 0
    for row, document in enumerate(documents):
        letters += len(document.title) + len(document.text)
        letters += sum(map(len, dict(document.fields).values()))
        if row - first + 1 == _READ_AT_ONCE or letters >= _LETTERS_AT_ONCE:
            yield documents[first : row + 1]
            first, letters = row + 1, 0
    yield documents[first:]
