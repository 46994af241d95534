"""Whom a need or a concept is for: proposed from its text, confirmed, and counted only then."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts import services as concepts
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.errors import NotAllowed, NotNow, Stale
from marketplace.core.revision import START, Collection, standing
from marketplace.core.target_groups import Group, TargetGroup, proposed
from marketplace.matches.queries import near_concepts, rank_concepts
from marketplace.needs import queries
from marketplace.needs.queries import NeedFilter
from marketplace.needs.services import writing
from marketplace.needs.states import NeedEvent, NeedState
from matching.facets import GROUP, Facets
from tests.factories import actor_for, make_concept, make_member, make_need, make_unit

YOUNG = TargetGroup(13, 16, frozenset({Group.YOUTH}))


# ---------------------------------------------------------------- refusals


def test_only_writers_of_the_unit_confirm(session: Session) -> None:
    need = make_need(session)
    stranger = actor_for(make_member(session, Role.UNIT_MEMBER, make_unit(session)))
    with pytest.raises(NotAllowed):
        writing.confirm_target(session, stranger, need=need, version=need.version, target=YOUNG)


def test_only_owners_of_the_concept_confirm(session: Session) -> None:
    concept = make_concept(session)
    rival = actor_for(make_concept(session).author)
    with pytest.raises(NotAllowed):
        concepts.confirm_target(
            session, rival, concept=concept, version=concept.version, target=YOUNG
        )


def test_a_closed_need_stays_as_it_was(session: Session) -> None:
    need = make_need(session, state=NeedState.CLOSED)
    with pytest.raises(NotNow):
        writing.confirm_target(
            session, actor_for(need.author), need=need, version=need.version, target=YOUNG
        )


def test_who_has_an_old_page_is_told(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT)
    with pytest.raises(Stale):
        writing.confirm_target(
            session, actor_for(need.author), need=need, version=need.version + 1, target=YOUNG
        )


@pytest.mark.parametrize("ages", [(60, 20), (-1, 5), (5, 121), (130, None)])
def test_ages_that_are_none_are_refused(ages: tuple[int, int | None]) -> None:
    with pytest.raises(ValueError, match="no ages"):
        TargetGroup(*ages)


# ---------------------------------------------------------------- proposed


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("Elever på 8. og 9. trinn strever med matte.",
         TargetGroup(13, 15, frozenset({Group.PUPILS}))),
        ("Hjemmeboende over 80 år er ensomme.",
         TargetGroup(80, None, frozenset({Group.OLDER_PEOPLE}))),
        ("Vi trenger noe nytt.", TargetGroup()),
    ],
)  # fmt: skip
def test_what_a_text_says(text: str, target: TargetGroup) -> None:
    found = proposed(text)
    assert (found.age_from, found.age_to) == (target.age_from, target.age_to)
    assert target.groups <= found.groups


def test_each_saving_proposes_anew_until_it_is_confirmed(session: Session) -> None:
    need = make_need(session, state=NeedState.DRAFT, target_group="")
    actor = actor_for(need.author)

    def save(problem: str) -> None:
        writing.save_need(
            session, actor, need=need, version=need.version, fields={"problem": problem}
        )
        session.flush()

    save("Ungdommer mellom 13 og 16 år faller ut av skolen.")
    assert (need.age_from, need.age_to, need.target_confirmed_at) == (13, 16, None)
    assert not need.stated_facets
    writing.confirm_target(session, actor, need=need, version=need.version, target=YOUNG)
    session.flush()
    save("Eldre over 67 år er ensomme.")
    assert need.target == YOUNG


# ---------------------------------------------------------------- confirmed


def test_it_is_in_the_trail_and_lets_every_reader_know(session: Session) -> None:
    need = make_need(session)
    session.flush()
    before, _ = standing(session, Collection.NEEDS, START)
    writing.confirm_target(
        session, actor_for(need.author), need=need, version=need.version, target=YOUNG
    )
    session.flush()
    assert standing(session, Collection.NEEDS, START)[0] > before
    event = session.scalars(
        select(AuditEvent).where(AuditEvent.event == NeedEvent.TARGET_GROUP_CONFIRMED)
    ).one()
    assert event.after["groups"] == ["youth"]
    assert (event.after["age_from"], event.after["age_to"]) == (13, 16)


def test_nothing_said_is_for_everybody() -> None:
    assert TargetGroup().facets() == Facets({GROUP: [Group.EVERYONE]})


def test_a_concept_for_others_is_never_above_one_that_fits(session: Session) -> None:
    """Both say the same of what they do; whom for is told by their owners alone."""
    words = "Ukentlig gruppe med samtale og aktiviteter mot ensomhet."
    wrong = make_concept(session, title="Gruppe mot ensomhet", description=words * 2)
    right = make_concept(session, title="Treff", description=words)
    need = make_need(
        session, title="Ensomme", problem="Mange er ensomme og trenger en gruppe.", target_group=""
    )
    for concept, target in (
        (wrong, TargetGroup(0, 12, frozenset({Group.CHILDREN}))),
        (right, TargetGroup(67, None, frozenset({Group.OLDER_PEOPLE}))),
    ):
        concepts.confirm_target(
            session, actor_for(concept.author), concept=concept, version=concept.version,
            target=target,
        )  # fmt: skip
        session.flush()
    writing.confirm_target(
        session, actor_for(need.author), need=need, version=need.version,
        target=TargetGroup(70, None, frozenset({Group.OLDER_PEOPLE})),
    )  # fmt: skip
    session.commit()
    shown = [row.row.id for row in rank_concepts(session, need)]
    near = [row.row.id for row in near_concepts(session, need, 5)]
    ranked = [*shown, *(each for each in near if each not in shown)]
    assert ranked.index(right.id) < ranked.index(wrong.id)


# ---------------------------------------------------------------- the list


@pytest.mark.parametrize(
    ("age", "group", "is_found"),
    [
        (14, None, True),
        (13, Group.YOUTH, True),
        (16, None, True),
        (12, None, False),
        (17, None, False),
        (14, Group.OLDER_PEOPLE, False),
    ],
)
def test_the_list_is_narrowed_by_age_and_group(
    session: Session, age: int | None, group: Group | None, is_found: bool
) -> None:
    need = make_need(session, age_from=13, age_to=16, groups=YOUNG.groups)
    page = queries.list_needs(session, NeedFilter(age=age, group=group), 1)
    assert [row.id for row in page.rows] == ([need.id] if is_found else [])


@pytest.mark.parametrize("groups", [frozenset(), frozenset({Group.EVERYONE})])
def test_an_age_leaves_out_only_those_who_say_another(
    session: Session, groups: frozenset[Group]
) -> None:
    need = make_need(session, groups=groups)
    page = queries.list_needs(session, NeedFilter(age=40), 1)
    assert [row.id for row in page.rows] == [need.id]
