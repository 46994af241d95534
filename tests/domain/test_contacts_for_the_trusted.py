"""Whom a unit's contact is shown: its municipality, and the approved where a need brings them."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.accounts.states import OrganisationState
from marketplace.accounts.trust import CONTACT_READERS, can_see_contact, is_trusted
from marketplace.core.actor import ANONYMOUS, Actor, Role
from marketplace.core.clock import now
from marketplace.needs.models import NeedParticipation
from marketplace.needs.queries import has_visible_need
from marketplace.needs.states import NeedState, ParticipationState
from tests.factories import (
    actor_for,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_person,
    make_unit,
)


@pytest.fixture(autouse=True)
def _needs_bring_readers() -> None:
    CONTACT_READERS.add(has_visible_need)


def entrepreneur(session: Session, state: OrganisationState = OrganisationState.APPROVED) -> Actor:
    return actor_for(
        make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session, state=state))
    )


@pytest.mark.parametrize("state", [OrganisationState.PENDING, OrganisationState.REJECTED])
def test_whoever_only_registered_sees_no_contact(
    session: Session, state: OrganisationState
) -> None:
    unit = make_need(session).unit
    for actor in (ANONYMOUS, actor_for(make_person(session)), entrepreneur(session, state)):
        assert not is_trusted(session, actor)
        assert not can_see_contact(session, actor, unit)


@pytest.mark.parametrize(
    ("state", "sees"),
    [
        (None, False),
        (NeedState.DRAFT, False),
        (NeedState.IN_REVIEW, False),
        (NeedState.PUBLISHED, True),
        (NeedState.CLOSED, True),
    ],
)
def test_the_approved_see_the_contact_of_needs_they_may_see(
    session: Session, state: NeedState | None, *, sees: bool
) -> None:
    unit = make_unit(session)
    if state is not None:
        make_need(session, unit, state)
    elsewhere = make_member(session, Role.COORDINATOR, make_organisation(session))
    for actor in (entrepreneur(session), actor_for(elsewhere)):
        assert can_see_contact(session, actor, unit) is sees


def test_a_unit_that_has_joined_a_need_is_met_through_it(session: Session) -> None:
    need, beside = make_need(session), make_unit(session)
    actor = entrepreneur(session)
    joined: dict[str, Any] = {"asked_by_id": need.author_id, "asked_at": now()}
    endorsed: dict[str, Any] = {"endorsed_by_id": need.author_id, "endorsed_at": now()}
    assert not can_see_contact(session, actor, beside)
    session.add(
        NeedParticipation(
            need=need, unit=beside, state=ParticipationState.ENDORSED, site="Sør",
            contribution="Tid", hours=1, target_count=1, contact_id=need.author_id, **joined,
            **endorsed,
        )
    )  # fmt: skip
    session.flush()
    assert can_see_contact(session, actor, beside)


def test_the_own_municipality_and_administrators_see_every_contact(session: Session) -> None:
    unit: Unit = make_unit(session)
    neighbour = make_member(session, Role.UNIT_MEMBER, make_unit(session, unit.organisation))
    for person in (neighbour, make_member(session, Role.ADMINISTRATOR)):
        assert can_see_contact(session, actor_for(person), unit)
