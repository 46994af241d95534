"""The demo's texts, read from the files in `data/`."""

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data")
Row = dict[str, Any]


def rows(file: str, kind: str) -> list[Row]:
    """All tables named `kind` in `data/<file>.toml`."""
    with (DATA / f"{file}.toml").open("rb") as opened:
        found: list[Row] = tomllib.load(opened).get(kind, [])
    return found
