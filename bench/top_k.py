"""Time the search for the best documents alone, beside sparse_dot_topn with the same features.

Usage: python -m bench.top_k [--documents N]
Texts are analysed before the clock starts. Both then multiply the same weights of queries with the
same impacts of documents: sparse_dot_topn as float32, all of them; ours exactly, and only as far as
the best can still change. Milliseconds of the clock a query, the least of several rounds. "other"
is the share of documents that only one of the two finds: impacts in one byte decide near-ties.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from scipy import sparse
from sparse_dot_topn import sp_matmul_topn

from bench import texts
from matching import Document, MatchIndex
from matching.index.queries import QueryBatch
from matching.index.segments import Segment
from matching.index.state import State
from matching.topk.search import BITS, STEPS

K, ROUNDS = 20, 3
QUERIES = {"needs": (texts.needs, 500), "questions": (texts.questions, 1000)}


def matrices(state: State, batch: QueryBatch) -> tuple[Any, Any]:
    """Return sparse matrices of queries by terms and of terms by documents."""
    lexicon = state.collection.lexicon
    ids = lexicon.ids.find(batch.keys)
    size = len(lexicon.ids)
    parts = [_by_feature(part, size) for part in state.collection.segments.parts]
    impacts = sparse.hstack(parts, format="csr")[np.maximum(ids, 0)]
    starts, terms, weights = batch.merged
    known = np.where(ids[terms] >= 0, weights / (1 << BITS), 0.0).astype(np.float32)
    return sparse.csr_matrix((known, terms, starts), shape=(len(batch), len(ids))), impacts


def _by_feature(part: Segment, size: int) -> Any:
    starts = np.zeros(size + 1, dtype=np.int64)
    starts[part.keys + 1] = np.diff(part.starts)
    impacts = part.impacts.astype(np.float32) / STEPS
    documents = part.documents.astype(np.int64)
    return sparse.csr_matrix(
        (impacts, documents, starts.cumsum()), shape=(size, part.end - part.first)
    )


def best_of(work: Callable[[], Any], count: int) -> tuple[float, Any]:
    """Return the milliseconds that `work` takes for each of `count`, and what it returns."""
    taken, found = [], None
    for _ in range(ROUNDS):
        start = time.perf_counter()
        found = work()
        taken.append(1e3 * (time.perf_counter() - start) / count)
    return min(taken), found


def report(index: MatchIndex, name: str, queries: Sequence[Document]) -> None:
    """Print the lines of one kind of query, with one thread and with two."""
    state = index.state()
    batch = state.analyze(queries)
    engine = state.engine(batch)
    asked, impacts = matrices(state, batch)
    for threads in (1, 2):
        ours, best = best_of(lambda n=threads: engine.best(batch.merged, K, n_jobs=n), len(queries))  # type: ignore[misc] # a default argument
        peer, product = best_of(
            lambda n=threads: sp_matmul_topn(asked, impacts, K, n_threads=n),  # type: ignore[misc] # likewise
            len(queries),
        )
        other = _other(best.documents, product)
        print(f"{name:<12}{threads:>8}{ours:>10.3f}{peer:>18.3f}{peer / ours:>8.2f}{other:>8.1%}")


def _other(documents: np.typing.NDArray[np.int64], product: Any) -> float:
    """Return the share of documents that are not in the product."""
    rows = zip(documents.tolist(), np.split(product.indices, product.indptr[1:-1]), strict=True)
    missed = [len(set(ours) - {-1} - set(theirs.tolist())) for ours, theirs in rows]
    return sum(missed) / max(1, int((documents >= 0).sum()))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.top_k")
    parser.add_argument("--documents", type=int, default=100_000)
    options = parser.parse_args()
    index = MatchIndex.from_documents(texts.concepts(options.documents))
    print(f"{options.documents} documents, top {K}")
    print(f"{'':<12}{'threads':>8}{'ours, ms':>10}{'sparse_dot_topn':>18}{'ratio':>8}{'other':>8}")
    for name, (make, count) in QUERIES.items():
        report(index, name, make(count))


if __name__ == "__main__":
    main()
