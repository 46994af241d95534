"""On which engines a test of the domain runs: on both, unless Python decides what it asks."""

import pytest

decided_in_python = pytest.mark.parametrize(
    "filled_schema", ["sqlite"], indirect=True, scope="session"
)
"""Who may, in which state, and what a field must be: no engine answers that differently."""
