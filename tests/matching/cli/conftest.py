"""Needs and concepts in files."""

from __future__ import annotations

from pathlib import Path

import pytest

from matching import Document
from tests.matching.cli.programs import jsonl
from tests.matching.examples import CONCEPTS, NEEDS


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    needs = [*NEEDS.values(), Document("=1+1", "", "sykkel")]
    return jsonl(tmp_path, needs), jsonl(tmp_path, list(CONCEPTS.values()))
