"""What entrepreneurs may say anew about their own organisation, and nobody else."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.accounts.services.organisations import change_presentation
from marketplace.accounts.states import AccountEvent, AccountRefusal
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import NotAllowed, Stale
from tests.factories import actor_for, make_entrepreneur, make_member, make_organisation


def present(session: Session, actor: Actor, organisation: Organisation, version: int = 1) -> None:
    change_presentation(
        session,
        actor,
        organisation=organisation,
        version=version,
        legal_form="Stiftelse",
        about="Vi hjelper naboer.",
    )


def test_an_entrepreneur_presents_the_own_organisation(session: Session) -> None:
    organisation = make_entrepreneur(session, legal_form="AS", about="Før.")
    person = make_member(session, Role.ENTREPRENEUR, organisation)
    present(session, actor_for(person), organisation)

    assert (organisation.legal_form, organisation.about) == ("Stiftelse", "Vi hjelper naboer.")
    event = session.scalars(select(AuditEvent)).one()
    assert (event.event, event.actor_id) == (AccountEvent.ORGANISATION_CHANGED, person.id)
    assert (event.before["about"], event.after["about"]) == ("Før.", "Vi hjelper naboer.")


def test_not_from_an_old_page(session: Session) -> None:
    organisation = make_entrepreneur(session)
    actor = actor_for(make_member(session, Role.ENTREPRENEUR, organisation))
    present(session, actor, organisation)
    with pytest.raises(Stale):
        present(session, actor, organisation)


@pytest.mark.parametrize("role", [Role.ENTREPRENEUR, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_nobody_presents_the_organisation_of_others(session: Session, role: Role) -> None:
    organisation = make_entrepreneur(session, about="Før.")
    places = {
        Role.ENTREPRENEUR: make_entrepreneur(session),
        Role.COORDINATOR: make_organisation(session),
    }
    actor = actor_for(make_member(session, role, places.get(role)))
    with pytest.raises(NotAllowed) as refused:
        present(session, actor, organisation)
    assert refused.value.code is AccountRefusal.OWN_ENTREPRENEURS_ONLY
    assert organisation.about == "Før."


def test_a_partner_does_not_speak_for_entrepreneurs(session: Session) -> None:
    organisation = make_entrepreneur(session)
    with pytest.raises(NotAllowed):
        present(session, actor_for(make_member(session, Role.PARTNER, organisation)), organisation)
