"""What cannot be undone is shown once more before it counts."""

from collections.abc import Callable

from marketplace.accounts.models import Person
from marketplace.decisions.models import Decision
from tests.domain.decision_cast import awaited
from tests.domain.pairing_cast import Cast
from tests.web.client import Browser

SignedIn = Callable[[Person], Browser]
WHY = "Ti av ti har fått noen å spise sammen med."


def is_decided(decision: Decision) -> bool:
    return decision.decided_at is not None


def test_a_decision_counts_when_it_has_been_seen_once_more(cast: Cast, signed_in: SignedIn) -> None:
    decision = awaited(cast)
    path, leader = f"/pairings/{decision.pairing_id}/decision", signed_in(cast.person("leader"))
    leader.looks_first = True
    refused = leader.submit(leader.get(path), move="buy", reason="")
    assert refused.refused

    look = leader.submit(refused, reason=WHY)

    assert look.last_look
    assert WHY in look.text
    assert "kan ikke gjøres om" in look.text
    assert not is_decided(decision)
    changed = leader.get(f"{look.address}&edit=yes")
    assert WHY in changed.text
    assert not changed.last_look
    assert leader.submit(look).status == 302
    assert is_decided(decision)
    again = leader.submit_from_another_window(look)
    assert "Noen andre endret dette" in again.text or again.status == 409
