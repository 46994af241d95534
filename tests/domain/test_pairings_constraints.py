"""What the database refuses by itself, whoever writes to it."""

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from marketplace.core.clock import now
from marketplace.pairings.models import CaseRoleHolder, ConflictDeclaration, Pairing
from marketplace.pairings.states import CaseRole, DeclineReason, PairingState, Side
from tests.domain.pairing_cast import Cast


def row(cast: Cast, **values: Any) -> dict[str, Any]:
    """An approved pairing with nothing wrong with it, but for `values`."""
    given = {
        "need_id": cast.need.id,
        "concept_id": cast.concept.id,
        "state": PairingState.APPROVED,
        "proposed_by_id": cast.person("member").id,
        "proposed_by_side": Side.UNIT,
        "motivation": "Det treffer.",
        "unit_accepted_by_id": cast.person("member").id,
        "unit_accepted_at": now(),
        "entrepreneur_accepted_by_id": cast.person("entrepreneur").id,
        "entrepreneur_accepted_at": now(),
        "decided_by_id": cast.person("coordinator").id,
        "decided_at": now(),
        "no_conflict_declared": True,
        "version": 1,
    }
    return given | values


UNDECIDED = {"decided_by_id": None, "decided_at": None}


def write(cast: Cast, values: dict[str, Any]) -> None:
    cast.session.execute(insert(Pairing).values(**values))


def test_a_sound_row_is_taken(cast: Cast) -> None:
    write(cast, row(cast))


BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "approved by nobody": ("decision_names_who_and_when", UNDECIDED),
    "approved at no time": ("decision_names_who_and_when", {"decided_at": None}),
    "decided but only accepted": (
        "decision_names_who_and_when",
        {"state": PairingState.ACCEPTED},
    ),
    "approved without the unit": (
        "accepted_by_both_sides",
        {"unit_accepted_by_id": None, "unit_accepted_at": None},
    ),
    "approved without the entrepreneur": (
        "accepted_by_both_sides",
        {"entrepreneur_accepted_by_id": None, "entrepreneur_accepted_at": None},
    ),
    "a yes at no time": (
        "each_yes_names_its_own_person",
        {"state": PairingState.PROPOSED, "unit_accepted_at": None, **UNDECIDED},
    ),
    "approved with a conflict": (
        "approval_declares_no_conflict",
        {"no_conflict_declared": False},
    ),
    "declined without a reason": (
        "declining_has_a_reason",
        {"state": PairingState.DECLINED, "decline_note": "Nei."},
    ),
    "declined without words": (
        "declining_has_a_reason",
        {"state": PairingState.DECLINED, "decline_reason": DeclineReason.OTHER},
    ),
    "a side withdrew what stands": (
        "only_what_is_withdrawn_was_by_a_side",
        {"withdrawn_by_side": Side.UNIT},
    ),
    "withdrawn without a reason": (
        "withdrawal_names_who_when_and_why",
        {"state": PairingState.WITHDRAWN, "withdrawn_at": now(), **UNDECIDED},
    ),
    "changes without words": (
        "changes_name_who_when_and_what",
        {"state": PairingState.NEEDS_CHANGES, **UNDECIDED},
    ),
    "an entrepreneur without an interest": (
        "entrepreneur_proposes_through_an_interest",
        {"proposed_by_side": Side.ENTREPRENEUR},
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_row_is_refused(cast: Cast, broken: str) -> None:
    constraint, values = BROKEN[broken]

    with pytest.raises(IntegrityError, match=constraint):
        write(cast, row(cast, **values))


def test_a_decision_on_ones_own_proposal_is_refused(cast: Cast) -> None:
    own = {"proposed_by_id": cast.person("coordinator").id}

    with pytest.raises(IntegrityError, match="nobody_decides_their_own_proposal"):
        write(cast, row(cast, proposed_by_side=Side.COORDINATOR, **own))


@pytest.mark.parametrize("column", ["unit_accepted_by_id", "entrepreneur_accepted_by_id"])
def test_a_decision_on_ones_own_yes_is_refused(cast: Cast, column: str) -> None:
    with pytest.raises(IntegrityError, match="nobody_decides_what_they_said_yes_to"):
        write(cast, row(cast, **{column: cast.person("coordinator").id}))


def test_one_person_is_not_both_sides(cast: Cast) -> None:
    both = {"entrepreneur_accepted_by_id": cast.person("member").id}

    with pytest.raises(IntegrityError, match="each_yes_names_its_own_person"):
        write(cast, row(cast, **both))


def test_a_pair_has_one_open_row(cast: Cast) -> None:
    write(cast, row(cast))

    with pytest.raises(IntegrityError, match=r"uq_pairing_open|pairing\.need_id"):
        write(cast, row(cast, state=PairingState.ACCEPTED, **UNDECIDED))


def test_closed_rows_of_a_pair_may_be_many(cast: Cast) -> None:
    declined = {"decline_reason": DeclineReason.OTHER, "decline_note": "Nei."}
    for _ in range(2):
        write(cast, row(cast, state=PairingState.DECLINED, **declined))
    write(cast, row(cast))


def test_a_role_has_one_holder(cast: Cast) -> None:
    pairing = cast.pairing()
    again = {"pairing_id": pairing.id, "role": CaseRole.OWNER, "since": now()}

    with pytest.raises(IntegrityError):
        cast.session.execute(
            insert(CaseRoleHolder).values(**again, person_id=cast.person("leader").id)
        )


def test_a_conflict_is_declared_once_a_person(cast: Cast) -> None:
    values = {
        "pairing_id": cast.pairing().id,
        "person_id": cast.person("coordinator").id,
        "declared_at": now(),
        "note": "Bror.",
    }
    cast.session.execute(insert(ConflictDeclaration).values(**values))

    with pytest.raises(IntegrityError):
        cast.session.execute(insert(ConflictDeclaration).values(**values))
