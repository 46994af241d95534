"""What the documentation says."""

from __future__ import annotations

import doctest
import pkgutil
from importlib import import_module

import pytest

from matching import text

MODULES = sorted(module.name for module in pkgutil.iter_modules(text.__path__))


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    assert doctest.testmod(import_module(f"matching.text.{name}")).failed == 0
