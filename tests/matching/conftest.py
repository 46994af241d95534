"""What every test of the matcher may ask for."""

from __future__ import annotations

import pytest

from tests.matching.rankers import Build, rankers


@pytest.fixture(scope="module", params=rankers())
def build(request: pytest.FixtureRequest) -> Build:
    """What makes an index of documents, one kind after the other."""
    return rankers()[request.param]
