"""A coordinator declares a conflict of interest."""

import pytest

from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.pairings.services import deciding
from marketplace.pairings.states import PairingRefusal, PairingState
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python


@pytest.mark.parametrize(
    "state", [PairingState.PROPOSED, PairingState.NEEDS_CHANGES, PairingState.ACCEPTED]
)
def test_a_coordinator_declares_a_conflict(cast: Cast, state: PairingState) -> None:
    pairing = cast.pairing(state)

    deciding.declare_conflict(
        cast.session, cast.actor("coordinator"), pairing=pairing, reason=" Søsteren min. "
    )

    conflict = pairing.conflicts[0]
    assert (conflict.person_id, conflict.note) == (
        cast.person("coordinator").id,
        "Søsteren min.",
    )
    assert conflict.declared_at == now()


@decided_in_python
@pytest.mark.parametrize("name", [*NO_PART_IN_IT, *ONLOOKERS, "member", "entrepreneur"])
def test_only_coordinators_declare_a_conflict(cast: Cast, name: str) -> None:
    pairing = cast.pairing()

    with pytest.raises(NotAllowed) as refused:
        deciding.declare_conflict(cast.session, cast.actor(name), pairing=pairing, reason="Bror.")
    assert refused.value.code is PairingRefusal.COORDINATORS_ONLY


@pytest.mark.parametrize(
    "state", [PairingState.APPROVED, PairingState.DECLINED, PairingState.WITHDRAWN]
)
def test_a_conflict_is_declared_before_the_decision(cast: Cast, state: PairingState) -> None:
    pairing = cast.pairing(state)

    with pytest.raises(NotNow) as refused:
        deciding.declare_conflict(
            cast.session, cast.actor("coordinator"), pairing=pairing, reason="Bror."
        )
    assert refused.value.code is LifecycleRefusal.WRONG_STATE


def test_a_conflict_is_declared_once_and_in_words(cast: Cast) -> None:
    pairing, actor = cast.pairing(), cast.actor("coordinator")

    with pytest.raises(InvalidField) as wordless:
        deciding.declare_conflict(cast.session, actor, pairing=pairing, reason=" ")
    assert wordless.value.code is PairingRefusal.TEXT_MISSING
    deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Bror.")
    with pytest.raises(NotNow) as twice:
        deciding.declare_conflict(cast.session, actor, pairing=pairing, reason="Bror.")
    assert twice.value.code is PairingRefusal.CONFLICT_DECLARED
