"""Writing a need: partial saving, the endorsement that lapses, and who sees the result."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotFound
from marketplace.needs import policies, queries
from marketplace.needs.content import DATES
from marketplace.needs.models import Need
from marketplace.needs.queries import NeedFilter, NeedSort
from marketplace.needs.services import publishing, writing
from marketplace.needs.states import BudgetStatus, NeedEvent, NeedRefusal, NeedState
from tests.factories import (
    actor_for,
    make_entrepreneur,
    make_member,
    make_need,
    make_organisation,
    make_person,
    make_unit,
)


def writer(session: Session, need: Need) -> Actor:
    return actor_for(make_member(session, Role.UNIT_MEMBER, need.unit))


def events(session: Session, need: Need) -> Sequence[AuditEvent]:
    mine = select(AuditEvent).where(AuditEvent.subject_id == need.id)
    return session.scalars(
        mine.where(AuditEvent.subject_type == "Need").order_by(AuditEvent.id)
    ).all()


def save(session: Session, actor: Actor, need: Need, **fields: object) -> bool:
    return writing.save_need(session, actor, need=need, version=need.version, fields=fields)


def endorsed(session: Session) -> Need:
    need = make_need(session, state=NeedState.NEEDS_CHANGES)
    leader = actor_for(make_member(session, Role.UNIT_LEADER, need.unit))
    publishing.endorse_need(session, leader, need=need, version=need.version)
    return need


def test_a_draft_begins_with_almost_nothing(session: Session) -> None:
    unit = make_unit(session)
    member = actor_for(make_member(session, Role.UNIT_MEMBER, unit))
    need = writing.create_need(session, member, unit=unit)
    assert (need.state, need.title, need.language) == (NeedState.DRAFT, "", Language.BOKMAL)
    assert need.author_id == member.person_id
    assert [event.event for event in events(session, need)] == [NeedEvent.CREATED]


def test_any_part_is_saved_and_the_rest_is_left_alone(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    before = need.problem
    assert save(session, writer(session, need), need, title="Ny tittel", target_count=None)
    assert (need.title, need.target_count, need.problem) == ("Ny tittel", None, before)
    assert need.updated_at == now()
    event = events(session, need)[-1]
    assert event.event == NeedEvent.CHANGED
    assert event.before["title"] == "Ensomme eldre i hjemmetjenesten"
    assert event.after["title"] == "Ny tittel"
    assert (event.before["target_count"], event.after.get("target_count")) == (40, None)


def test_saving_the_same_again_does_nothing_even_from_an_old_page(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    actor, old = writer(session, need), need.version
    fields = {"title": "Ny tittel"}
    assert writing.save_need(session, actor, need=need, version=old, fields=fields)
    version = need.version
    assert not writing.save_need(session, actor, need=need, version=old, fields=fields)
    assert need.version == version
    assert len(events(session, need)) == 1


def test_a_change_lapses_the_endorsement(session: Session) -> None:
    need = make_need(session, state=NeedState.NEEDS_CHANGES)
    leader = actor_for(make_member(session, Role.UNIT_LEADER, need.unit))
    publishing.endorse_need(session, leader, need=need, version=need.version)
    save(session, writer(session, need), need, budget_status=BudgetStatus.UNFUNDED)
    assert (need.endorsed_by, need.endorsed_by_id, need.endorsed_at) == (None, None, None)
    written = [event.event for event in events(session, need)]
    assert written[-2:] == [NeedEvent.CHANGED, NeedEvent.ENDORSEMENT_LAPSED]
    assert events(session, need)[-1].before["endorsed_by_id"] == leader.person_id


def test_new_dates_beside_a_change_of_text_lapse_the_endorsement(session: Session) -> None:
    need = endorsed(session)
    new_day = today() + timedelta(days=90)
    save(session, writer(session, need), need, interests_close_on=new_day, tried="Noe annet.")
    assert need.endorsed_at is None


@pytest.mark.parametrize("date", sorted(DATES))
def test_new_dates_keep_the_endorsement_and_are_in_the_history(date: str, session: Session) -> None:
    need = endorsed(session)
    leader_id, new_day = need.endorsed_by_id, today() + timedelta(days=90)
    assert save(session, writer(session, need), need, **{date: new_day})
    assert need.endorsed_by_id == leader_id
    assert need.endorsed_at is not None
    event = events(session, need)[-1]
    assert (event.event, event.after[date]) == (NeedEvent.CHANGED, new_day.isoformat())


def test_saving_without_a_change_keeps_the_endorsement(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    leader = actor_for(make_member(session, Role.UNIT_LEADER, need.unit))
    publishing.endorse_need(session, leader, need=need, version=need.version)
    save(session, writer(session, need), need, title=need.title, problem=need.problem)
    assert need.endorsed_by_id == leader.person_id


@pytest.mark.parametrize("field", ["contact_id", "decision_maker_id"])
def test_a_person_of_another_municipality_is_refused(field: str, session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    outsider = make_member(session, Role.UNIT_MEMBER, make_unit(session))
    with pytest.raises(InvalidField) as refused:
        save(session, writer(session, need), need, **{field: outsider.id})
    assert refused.value.field == field
    assert refused.value.code is NeedRefusal.PERSON_OUTSIDE_MUNICIPALITY


def test_a_person_of_the_municipality_is_taken(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    chief = make_member(session, Role.LEADERSHIP, need.unit.organisation)
    save(session, writer(session, need), need, decision_maker_id=chief.id)
    assert need.decision_maker == chief


def test_only_content_can_be_saved(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    with pytest.raises(ValueError, match="state"):
        save(session, writer(session, need), need, state=NeedState.PUBLISHED)


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("near", [True, False])
def test_the_condition_for_many_says_what_the_rule_says_of_one(
    role: Role, near: bool, session: Session
) -> None:
    unit = make_unit(session)
    needs = [make_need(session, unit, state) for state in NeedState]
    home = unit if near else make_unit(session)
    places = {Role.ENTREPRENEUR: make_entrepreneur(session), Role.ADMINISTRATOR: None}
    in_unit = role in {Role.UNIT_MEMBER, Role.UNIT_LEADER}
    where = places.get(role, home if in_unit else home.organisation)
    actor = actor_for(make_member(session, role, where))
    statement = select(Need.id).where(queries.visible_to(actor))
    assert set(session.scalars(statement)) == {n.id for n in needs if policies.can_see(actor, n)}


def test_what_may_not_be_seen_is_not_found(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    coordinator = make_member(session, Role.COORDINATOR, need.unit.organisation)
    with pytest.raises(NotFound):
        queries.get_need(session, actor_for(coordinator), need.id)
    assert queries.get_need(session, writer(session, need), need.id) is need


def test_the_story_joins_the_savings_of_one_sitting(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    first, second = writer(session, need), writer(session, need)
    for number in range(3):
        save(session, first, need, title=f"Tittel {number}")
    save(session, second, need, title="En annens tittel")
    story = queries.list_events(session, first, need)
    assert [past.who for past in story] == [second.name, first.name]


def test_the_public_story_has_no_names_and_nothing_internal(session: Session) -> None:
    need = make_need(session, state=NeedState.IN_REVIEW)
    boss = actor_for(make_member(session, Role.COORDINATOR, need.unit.organisation))
    publishing.publish_need(session, boss, need=need, version=need.version)
    entrepreneur = actor_for(make_member(session, Role.ENTREPRENEUR, make_entrepreneur(session)))
    story = queries.list_events(session, entrepreneur, need)
    assert [(past.event, past.who) for past in story] == [(NeedEvent.PUBLISHED, "")]


def test_the_list_never_shows_what_is_not_public(session: Session) -> None:
    make_need(session, state=NeedState.DRAFT)
    page = queries.list_needs(session, NeedFilter(state=NeedState.DRAFT), page=1)
    assert page.rows == []


@pytest.mark.parametrize(
    ("wanted", "order"),
    [
        (NeedFilter(), NeedSort.NEWEST),
        (NeedFilter(sort=NeedSort.RELEVANCE), NeedSort.NEWEST),
        (NeedFilter(sort=NeedSort.DEADLINE), NeedSort.DEADLINE),
        (NeedFilter(words="ensom"), NeedSort.RELEVANCE),
        (NeedFilter(words="ensom", sort=NeedSort.NEWEST), NeedSort.NEWEST),
    ],
)
def test_the_order_fits_what_is_asked(wanted: NeedFilter, order: NeedSort) -> None:
    assert wanted.order is order


def test_the_text_that_is_compared_is_what_the_need_asks(session: Session) -> None:
    need = make_need(session, target_group="", tried="Besøksvenner", contribution="Et lokale")
    writing.add_addendum(
        session, writer(session, need), need=need, version=need.version, text="De er nå 50."
    )
    assert queries.text_of(need) == f"{need.problem}\n{need.wanted_effect}\nDe er nå 50."


# ---------------------------------------------------------------- whom to choose


def test_contacts_are_of_the_unit_and_deciders_lead_in_the_municipality(session: Session) -> None:
    unit = make_unit(session, make_organisation(session))
    member = make_member(session, Role.UNIT_MEMBER, unit, name="A")
    leader = make_member(session, Role.UNIT_LEADER, unit, name="B")
    chief = make_member(session, Role.LEADERSHIP, unit.organisation, name="C")
    make_member(session, Role.UNIT_LEADER, make_unit(session))
    make_member(session, Role.UNIT_LEADER, unit, active=False)
    make_person(session)
    assert queries.list_contacts(session, unit) == [member, leader]
    assert queries.list_decision_makers(session, unit) == [leader, chief]
