"""A cluster of two processes, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from distributed import Client

from matching.cluster import cluster


@pytest.fixture(scope="package")
def two_workers() -> Iterator[Client]:
    with cluster(workers=2) as client:
        yield client
