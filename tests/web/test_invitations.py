"""Inviting in the browser: from a match of a need, to the answer of whoever owns the concept."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.concepts.models import Concept
from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.core.outbox import OutboxMessage
from marketplace.invitations.models import Invitation
from marketplace.invitations.services import invite_concept
from marketplace.invitations.states import InvitationTopic
from marketplace.needs.models import Need
from tests.factories import actor_for, make_concept, make_interest, make_member, make_need
from tests.queries import count_queries
from tests.web.client import Browser, errors, links

SignedIn = Callable[[Person], Browser]
LINE = "Dere har gjort det samme for eldre i en annen kommune."


@pytest.fixture
def need(session: Session) -> Need:
    return make_need(
        session,
        title="Ensomme eldre i helgene",
        problem="Eldre som bor alene, er ensomme i helgene når dagsenteret er stengt.",
    )


@pytest.fixture
def concept(session: Session) -> Concept:
    make_concept(session, title="Regnbed", description="Vi bygger regnbed mot overvann i gater.")
    make_concept(session, title="Los", description="Vi følger elever med fravær til skolen.")
    return make_concept(
        session,
        title="Bordfellesskap",
        description="Vi lager middag i helgene for eldre som bor alene og er ensomme.",
    )


@pytest.fixture
def invitation(session: Session, need: Need, concept: Concept) -> Invitation:
    actor = actor_for(need.author)
    return invite_concept(session, actor, need=need, concept=concept, line=LINE)


def address(need: Need, concept: Concept) -> str:
    return f"/needs/{need.id}/matches/{concept.id}/invite"


def test_a_unit_invites_from_a_match(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    member = signed_in(need.author)
    matches = member.get(f"/needs/{need.id}/matches")
    assert address(need, concept) in links(matches)
    form = member.get(address(need, concept))
    assert form.heading == "Inviter til å svare"
    assert need.title in form.text
    sent = member.submit(form, line=LINE)
    assert sent.location == f"/needs/{need.id}/matches"
    page = member.follow(sent)
    assert "«Bordfellesskap» er invitert til å svare på behovet." in page.text
    assert f"Invitert 14.09.2026 av {need.author.name}" in page.text
    assert address(need, concept) not in links(page)
    own = member.get(f"/needs/{need.id}").soup.select_one("#invitations")
    assert own
    assert LINE in own.get_text()
    assert session.scalars(select(Invitation)).one().line == LINE


def test_what_was_written_stands_there_when_it_is_refused(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    member = signed_in(need.author)
    form = member.get(address(need, concept))
    refused = member.submit(form, line="Ring 912 34 567.")
    assert refused.refused
    assert "912 34 567" in errors(refused)
    assert "Ring 912 34 567." in refused.text
    empty = member.submit(form, line=" ")
    assert "Skriv en linje" in errors(empty)
    assert session.scalars(select(Invitation)).all() == []


def test_an_invited_concept_is_not_invited_again(
    signed_in: SignedIn, need: Need, concept: Concept, invitation: Invitation
) -> None:
    assert invitation.concept is concept
    page = signed_in(need.author).get(address(need, concept))
    assert page.status == 409
    assert "allerede invitert" in page.text


def test_who_may_not_invite_gets_no_link_and_no_form(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    adviser = make_member(session, Role.PROCUREMENT_ADVISER, need.unit.organisation)
    assert address(need, concept) not in links(signed_in(adviser).get(f"/needs/{need.id}/matches"))
    assert signed_in(adviser).get(address(need, concept)).status == 403
    stranger = make_member(session, Role.UNIT_MEMBER, make_need(session).unit)
    assert signed_in(stranger).get(address(need, concept)).status == 404
    assert signed_in(concept.author).get(address(need, concept)).status == 403


def test_the_adviser_sees_that_it_was_invited_and_not_the_line(
    signed_in: SignedIn, session: Session, need: Need, invitation: Invitation
) -> None:
    adviser = signed_in(make_member(session, Role.PROCUREMENT_ADVISER, need.unit.organisation))
    assert "Invitert 14.09.2026" in adviser.get(f"/needs/{need.id}/matches").text
    page = adviser.get(f"/needs/{need.id}")
    assert invitation.line not in page.text


def test_no_invitation_where_there_is_an_answer(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    make_interest(session, need, concept)
    member = signed_in(need.author)
    assert address(need, concept) not in links(member.get(f"/needs/{need.id}/matches"))
    assert member.get(address(need, concept)).status == 409


# ---------------------------------------------------------------- who was invited


def test_the_message_leads_to_the_answer(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept, invitation: Invitation
) -> None:
    owner = signed_in(concept.author)
    inbox = owner.get("/notifications")
    assert "Dere er invitert til å svare på et behov" in inbox.text
    assert "Enheten skriver:" in inbox.text
    assert LINE in inbox.text
    message = session.scalars(
        select(OutboxMessage).where(OutboxMessage.topic == InvitationTopic.RECEIVED)
    ).one()
    opened = owner.submit(inbox, f"/notifications/{message.id}/open")
    led = owner.follow(opened)
    assert led.location == f"/needs/{need.id}/interests/new?concept={concept.id}"
    form = owner.follow(led)
    assert LINE in form.text
    owner.submit(
        form,
        meets_problem="Vi lager middag.",
        meets_target_group="De er eldre.",
        meets_effect="De treffer noen.",
        needs_from_unit="Et lokale.",
    )
    assert "/interests/" in owner.get(f"/invitations/{invitation.id}").location
    assert "Har svart" in signed_in(need.author).get(f"/needs/{need.id}").text


def test_a_need_that_takes_no_answers_is_shown_instead(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept, invitation: Invitation
) -> None:
    need.questions_close_on = need.interests_close_on = today() - timedelta(days=1)
    session.flush()
    owner = signed_in(concept.author)
    assert owner.get(f"/invitations/{invitation.id}").location == f"/needs/{need.id}"


def test_no_competitor_sees_it(
    signed_in: SignedIn, session: Session, need: Need, invitation: Invitation
) -> None:
    rival = signed_in(make_concept(session).author)
    assert rival.get(f"/invitations/{invitation.id}").status == 404
    assert "invitert" not in rival.get(f"/needs/{need.id}").text
    assert invitation.line not in rival.get(f"/needs/{need.id}/interests/new").text


def test_many_matches_cost_no_more_queries(
    signed_in: SignedIn, session: Session, need: Need, concept: Concept
) -> None:
    member = signed_in(need.author)
    member.get(f"/needs/{need.id}/matches")
    with count_queries(session) as few:
        member.get(f"/needs/{need.id}/matches")
    for number in range(6):
        make_concept(
            session,
            title=f"Middag {number}",
            description="Vi lager middag i helgene for eldre som bor alene og er ensomme.",
        )
    member.get(f"/needs/{need.id}/matches")
    with count_queries(session) as many:
        member.get(f"/needs/{need.id}/matches")
    assert many.count == few.count, concept.title
