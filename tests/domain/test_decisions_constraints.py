"""What the database refuses of decisions by itself, whoever writes to it."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from marketplace.core.clock import now, today
from marketplace.decisions.models import Decision
from marketplace.decisions.states import DecisionState
from tests.domain.decision_cast import approved
from tests.domain.pairing_cast import Cast


def write(cast: Cast, **values: Any) -> None:
    """A decision to stop with nothing wrong with it, but for `values`."""
    pairing_id = values.pop("pairing_id", None) or approved(cast).id
    given = {
        "pairing_id": pairing_id,
        "number": 1,
        "state": DecisionState.STOP,
        "awaited_since": now(),
        "due_on": today(),
        "decided_by_id": cast.person("leader").id,
        "decided_at": now(),
        "reasons": "Det virket ikke.",
        "version": 1,
    }
    cast.session.execute(insert(Decision).values(**(given | values)))


UNDECIDED: dict[str, Any] = {"decided_by_id": None, "decided_at": None, "reasons": None}
AWAITED = {"state": DecisionState.AWAITED, **UNDECIDED}
EXTENDED = {"state": DecisionState.EXTEND, "extended_to": today() + timedelta(days=365)}


@pytest.mark.parametrize("values", [{}, AWAITED, EXTENDED])
def test_a_sound_row_is_taken(cast: Cast, values: dict[str, Any]) -> None:
    write(cast, **values)


BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "decided by nobody": ("decision_names_who_when_and_why", {"decided_by_id": None}),
    "decided at no time": ("decision_names_who_when_and_why", {"decided_at": None}),
    "decided without reasons": ("decision_names_who_when_and_why", {"reasons": None}),
    "awaited but decided": ("decision_names_who_when_and_why", {"state": DecisionState.AWAITED}),
    "extended to no date": ("extension_names_a_later_date", {"state": DecisionState.EXTEND}),
    "extended to an earlier date": (
        "extension_names_a_later_date",
        {"state": DecisionState.EXTEND, "extended_to": today() - timedelta(days=800)},
    ),
    "stopped with a new date": (
        "extension_names_a_later_date",
        {"extended_to": today() + timedelta(days=800)},
    ),
    "extended twice": ("extended_once", {**EXTENDED, "number": 2}),
    "a third decision": ("two_at_most", {"number": 3}),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_row_is_refused(cast: Cast, broken: str) -> None:
    constraint, values = BROKEN[broken]

    with pytest.raises(IntegrityError, match=constraint):
        write(cast, **values)


def test_a_case_awaits_one_decision_at_a_time(cast: Cast) -> None:
    pairing = approved(cast)
    write(cast, pairing_id=pairing.id, **AWAITED)

    with pytest.raises(IntegrityError):
        write(cast, pairing_id=pairing.id, number=2, **AWAITED)


def test_a_case_has_one_decision_of_each_number(cast: Cast) -> None:
    pairing = approved(cast)
    write(cast, pairing_id=pairing.id)

    with pytest.raises(IntegrityError):
        write(cast, pairing_id=pairing.id)
