"""What a message carries is stored by name, and read again whatever a row lacks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from marketplace.core.actor import Role
from marketplace.core.told import Told


@dataclass(frozen=True, kw_only=True)
class Everything(Told):
    number: int
    title: str
    titles: tuple[str, ...]
    day: date | None
    moment: datetime | None
    role: Role | None
    place: str | None


FULL = Everything(
    number=7,
    title="Ensomme eldre",
    titles=("Nabokaffe", "Verksted"),
    day=date(2026, 12, 1),
    moment=datetime(2026, 12, 1, 8, tzinfo=UTC),
    role=Role.COORDINATOR,
    place="Tun sykehjem",
    reason="Fullt i år.",
)
EMPTY = Everything(
    number=0, title="", titles=(), day=None, moment=None, role=None, place=None, reason=None
)


def test_it_is_stored_as_json_under_the_names_of_its_fields() -> None:
    assert FULL.stored() == {
        "number": 7,
        "title": "Ensomme eldre",
        "titles": ["Nabokaffe", "Verksted"],
        "day": "2026-12-01",
        "moment": "2026-12-01T08:00:00+00:00",
        "role": "coordinator",
        "place": "Tun sykehjem",
        "reason": "Fullt i år.",
    }


def test_what_there_is_none_of_is_not_stored() -> None:
    assert EMPTY.stored() == {"number": 0, "title": "", "titles": []}


def test_what_was_stored_is_read_as_it_was() -> None:
    assert Everything.read(FULL.stored()) == FULL
    assert Everything.read(EMPTY.stored()) == EMPTY


@pytest.mark.parametrize(
    "payload",
    [
        {},
        {"of_a_newer_version": 1},
        dict.fromkeys(("number", "title", "titles", "day", "moment", "role", "place", "reason")),
        {"number": "7", "titles": "Nabokaffe", "day": "i dag", "moment": 8, "role": "king"},
    ],
    ids=["nothing", "something else", "nulls", "what it cannot be"],
)
def test_a_row_of_another_version_is_read_without_what_it_lacks(payload: dict[str, Any]) -> None:
    assert Everything.read(payload) == EMPTY
