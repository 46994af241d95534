"""Signing: who binds which side, what stands in the way, and what is in force afterwards."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from marketplace.agreements import queries
from marketplace.agreements.models import Agreement
from marketplace.agreements.policies import open_moves
from marketplace.agreements.states import (
    AgreementEvent,
    AgreementMove,
    AgreementRefusal,
    AgreementState,
    AgreementTrigger,
)
from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.core.clock import clock_at, now
from marketplace.core.errors import NotAllowed, NotNow
from marketplace.core.reactions import REACTIONS
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import CaseRole
from tests.domain.agreement_cast import AgreementCast, make_agreement_cast
from tests.engines import decided_in_python
from tests.factories import grant_role


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def test_a_member_does_not_bind_the_unit(cast: AgreementCast) -> None:
    agreement = cast.version(AgreementState.OFFERED)

    with pytest.raises(NotAllowed) as refused:
        cast.sign("member", agreement)

    assert refused.value.code is AgreementRefusal.SIGNERS_ONLY


@pytest.mark.parametrize(("first", "again"), [("leader", "leader"), ("entrepreneur", "colleague")])
def test_a_side_signs_once(cast: AgreementCast, first: str, again: str) -> None:
    agreement = cast.version(AgreementState.OFFERED)
    cast.sign(first, agreement)

    with pytest.raises(NotNow) as refused:
        cast.sign(again, agreement)

    assert refused.value.code is AgreementRefusal.ALREADY_SIGNED


def test_one_person_never_signs_for_both(cast: AgreementCast) -> None:
    agreement = cast.version(AgreementState.OFFERED)
    leader = cast.case.person("leader")
    grant_role(cast.session, leader, Role.ENTREPRENEUR, cast.case.concept.organisation)
    cast.session.refresh(leader)
    cast.sign("leader", agreement)

    with pytest.raises(NotAllowed) as refused:
        cast.sign("leader", agreement)

    assert refused.value.code is AgreementRefusal.SIGNED_FOR_OTHER_SIDE


def test_what_a_side_asked_for_is_neither_offered_nor_signed_after_the_test(
    cast: AgreementCast,
) -> None:
    cast.version(AgreementState.SIGNED)
    asked = AgreementTrigger.RENEGOTIATION
    draft = cast.version(number=2, trigger=asked, change_reason="Mer tid.")
    cast.pairing.test_ended_at = now()
    cast.session.flush()

    with pytest.raises(NotNow) as refused:
        cast.offer("member", draft)
    assert refused.value.code is AgreementRefusal.TEST_ENDED
    draft.state, draft.offered_at = AgreementState.OFFERED, now()
    draft.offered_by_id = cast.case.person("member").id
    cast.session.flush()
    for name in ("leader", "entrepreneur"):
        with pytest.raises(NotNow) as refused:
            cast.sign(name, draft)
        assert refused.value.code is AgreementRefusal.TEST_ENDED
        assert open_moves(cast.actor(name), draft) >= {AgreementMove.WITHDRAW}
        assert not open_moves(cast.actor(name), draft) & {AgreementMove.SIGN, AgreementMove.OFFER}


@decided_in_python
@pytest.mark.parametrize("role", CaseRole)
def test_a_signature_needs_every_role(cast: AgreementCast, role: CaseRole) -> None:
    agreement = cast.version(AgreementState.OFFERED)
    cast.empty(role)

    with pytest.raises(NotNow) as refused:
        cast.sign("leader", agreement)

    assert refused.value.values["role"] is role


@pytest.mark.parametrize("days", [170, 141])
def test_nobody_signs_when_the_dates_have_passed(cast: AgreementCast, days: int) -> None:
    agreement = cast.version(AgreementState.OFFERED)

    with clock_at(now() + timedelta(days=days)), pytest.raises(NotNow) as refused:
        cast.sign("leader", agreement)

    assert refused.value.code is AgreementRefusal.DATES_PASSED


def test_one_signature_is_not_enough(cast: AgreementCast) -> None:
    agreement = cast.version(AgreementState.OFFERED)

    cast.sign("entrepreneur", agreement)

    assert agreement.state is AgreementState.OFFERED
    assert agreement.entrepreneur_signed_by is cast.case.person("entrepreneur")
    assert agreement.roles_at_signing is None
    assert queries.find_in_force(cast.session, cast.pairing.id) is None


@pytest.mark.parametrize("order", [("leader", "colleague"), ("colleague", "leader")])
def test_with_both_signatures_it_is_in_force(cast: AgreementCast, order: tuple[str, str]) -> None:
    agreement = cast.version(AgreementState.OFFERED)

    for name in order:
        cast.sign(name, agreement)

    assert agreement.state is AgreementState.SIGNED
    assert agreement.unit_signed_by is cast.case.person("leader")
    assert agreement.entrepreneur_signed_by is cast.case.person("colleague")
    assert agreement.unit_signed_at == agreement.entrepreneur_signed_at == now()
    assert agreement.roles_at_signing is not None
    assert set(agreement.roles_at_signing) == set(CaseRole)
    told = [past.event for past in events_of(cast.session, [agreement])]
    assert told[0] == AgreementEvent.IN_FORCE


def test_the_last_signature_supersedes_the_version_before(cast: AgreementCast) -> None:
    first = cast.version(AgreementState.SIGNED)
    second = cast.version(AgreementState.OFFERED, number=2)

    cast.sign("leader", second)
    assert not first.superseded_at
    cast.sign("entrepreneur", second)

    assert first.state is AgreementState.SUPERSEDED
    assert first.superseded_at == now()
    assert queries.find_in_force(cast.session, cast.pairing.id) is second
    assert [v.number for v in queries.list_versions(cast.session, cast.pairing.id)] == [2, 1]


def test_later_stages_react_to_what_is_in_force(
    cast: AgreementCast, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement = cast.version(AgreementState.OFFERED)
    seen: list[tuple[AgreementState, Pairing]] = []

    def react(_session: Session, _actor: object, subject: Agreement) -> None:
        seen.append((subject.state, subject.pairing))

    monkeypatch.setitem(REACTIONS, AgreementEvent.IN_FORCE, [react])
    cast.sign("leader", agreement)
    assert seen == []
    cast.sign("entrepreneur", agreement)
    assert seen == [(AgreementState.SIGNED, cast.pairing)]
