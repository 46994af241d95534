"""Following needs, units and searches: one's own, once, and told of what is new."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Person
from marketplace.accounts.states import ServiceArea
from marketplace.core import schedule
from marketplace.core.actor import ANONYMOUS
from marketplace.core.engine import Database
from marketplace.core.errors import NotAllowed, NotFound, NotNow
from marketplace.core.target_groups import Group, TargetGroup, set_target
from marketplace.matches import hooks as matches
from marketplace.needs.models import Need
from marketplace.needs.queries import NeedFilter, list_needs
from marketplace.needs.recipients import followers
from marketplace.needs.states import BudgetStatus, NeedState
from marketplace.news import hooks, queries
from marketplace.news.models import Follow, SavedSearch, ToldNeed
from marketplace.news.services import following
from marketplace.news.states import NewsRefusal, NewsTopic
from tests.domain.news_stage import Stage, note_need, set_stage, told, work
from tests.factories import actor_for, make_need, make_person, make_unit

HEALTH = ServiceArea.HEALTH_CARE


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    matches.register()
    hooks.register()


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize(
    "state", [NeedState.DRAFT, NeedState.IN_REVIEW, NeedState.NEEDS_CHANGES, NeedState.CLOSED]
)
def test_only_an_open_need_is_followed(session: Session, state: NeedState) -> None:
    actor = actor_for(make_person(session))
    with pytest.raises(NotNow) as refused:
        following.follow_need(session, actor, need=make_need(session, state=state))
    assert refused.value.code is NewsRefusal.NEED_NOT_OPEN


def test_nobody_follows_without_an_account(session: Session) -> None:
    with pytest.raises(NotAllowed):
        following.follow_need(session, ANONYMOUS, need=make_need(session))
    with pytest.raises(NotAllowed):
        following.save_search(session, ANONYMOUS, wanted=NeedFilter(area=HEALTH))


def test_the_same_is_followed_once(session: Session) -> None:
    actor, need = actor_for(make_person(session)), make_need(session)
    following.follow_need(session, actor, need=need)
    following.follow_unit(session, actor, unit=need.unit)
    with pytest.raises(NotNow) as refused:
        following.follow_need(session, actor, need=need)
    assert refused.value.code is NewsRefusal.ALREADY_FOLLOWED
    with pytest.raises(NotNow):
        following.follow_unit(session, actor, unit=need.unit)


def test_the_database_lets_nobody_follow_twice(session: Session) -> None:
    person, need = make_person(session), make_need(session)
    for _ in range(2):
        session.add(Follow(person_id=person.id, need_id=need.id))
    with pytest.raises(IntegrityError):
        session.flush()


def test_the_same_search_is_saved_once(session: Session) -> None:
    actor = actor_for(make_person(session))
    wanted = NeedFilter(words="ensomme", area=HEALTH)
    following.save_search(session, actor, wanted=wanted)
    with pytest.raises(NotNow) as refused:
        following.save_search(session, actor, wanted=wanted)
    assert refused.value.code is NewsRefusal.ALREADY_SAVED
    following.save_search(session, actor, wanted=NeedFilter(words="ensomme"))


def test_a_search_for_everything_is_not_saved(session: Session) -> None:
    actor = actor_for(make_person(session))
    with pytest.raises(NotNow) as refused:
        following.save_search(session, actor, wanted=NeedFilter(state=NeedState.CLOSED))
    assert refused.value.code is NewsRefusal.NOTHING_SEARCHED
    session.add(SavedSearch(person_id=actor.person_id, words=""))
    with pytest.raises(IntegrityError):
        session.flush()


def test_one_person_saves_so_many_searches(session: Session) -> None:
    actor = actor_for(make_person(session))
    for number in range(following.MOST_SEARCHES):
        following.save_search(session, actor, wanted=NeedFilter(words=f"ord {number}"))
    with pytest.raises(NotNow) as refused:
        following.save_search(session, actor, wanted=NeedFilter(words="ett til"))
    assert refused.value.code is NewsRefusal.TOO_MANY_SEARCHES


def test_nobody_reads_or_ends_what_another_follows(session: Session) -> None:
    actor, other = actor_for(make_person(session)), actor_for(make_person(session))
    follow = following.follow_need(session, actor, need=make_need(session))
    search = following.save_search(session, actor, wanted=NeedFilter(words="ensomme"))
    with pytest.raises(NotFound):
        queries.get_follow(session, other, follow.id)
    with pytest.raises(NotFound):
        queries.get_search(session, other, search.id)
    assert list(queries.list_follows(session, other)) == []
    assert list(queries.list_searches(session, other)) == []


def test_what_was_ended_may_be_followed_again(session: Session) -> None:
    actor, need = actor_for(make_person(session)), make_need(session)
    follow = following.follow_need(session, actor, need=need)
    assert actor.person_id in followers(session, need)
    following.end_follow(session, actor, follow=follow)
    assert actor.person_id not in followers(session, need)
    with pytest.raises(NotFound):
        queries.get_follow(session, actor, follow.id)
    again = following.follow_need(session, actor, need=need)
    assert list(queries.list_follows(session, actor)) == [again]


# ---------------------------------------------------------------- told


@pytest.fixture
def stage(committed: Database) -> Stage:
    return set_stage(committed)


def follow(database: Database, stage: Stage, **searches: NeedFilter) -> dict[str, int]:
    """People by what they follow: the unit, and each of the searches."""
    with database.writing() as session:
        need = session.get_one(Need, stage.need)
        people = {name: make_person(session) for name in ("unit", "both", *searches)}
        for name in ("unit", "both"):
            following.follow_unit(session, actor_for(people[name]), unit=need.unit)
        searches["both"] = NeedFilter(area=need.unit.area)
        for name, wanted in searches.items():
            following.save_search(session, actor_for(people[name]), wanted=wanted)
        session.commit()
        return {name: person.id for name, person in people.items()}


def test_who_follows_is_told_once_of_a_new_need(committed: Database, stage: Stage) -> None:
    people = follow(
        committed,
        stage,
        words=NeedFilter(words="ensomme"),
        theme=NeedFilter(area=HEALTH),
        money=NeedFilter(words="ensomme eldre", budget_status=BudgetStatus.FUNDED),
        other_words=NeedFilter(words="regneark"),
        other_area=NeedFilter(words="ensomme", area=ServiceArea.CULTURE),
        other_money=NeedFilter(area=HEALTH, budget_status=BudgetStatus.UNFUNDED),
    )
    for _ in range(2):
        note_need(committed, stage.need)
        work(committed)
    wanted = {people[name] for name in ("unit", "both", "words", "theme", "money")}
    found = told(committed, NewsTopic.NEED_FOLLOWED)
    assert sorted(found) == sorted((person, stage.need) for person in wanted)


def test_who_looks_for_others_than_the_need_is_for_is_not_told(
    committed: Database, stage: Stage
) -> None:
    with committed.writing() as session:
        need = session.get_one(Need, stage.need)
        set_target(need, TargetGroup(67, None, frozenset({Group.OLDER_PEOPLE})))
        session.commit()
    asked = {
        "age": NeedFilter(age=80), "group": NeedFilter(group=Group.OLDER_PEOPLE),
        "all": NeedFilter(words="ensomme", age=67, group=Group.OLDER_PEOPLE),
        "young": NeedFilter(age=0), "other_age": NeedFilter(words="ensomme", age=66),
        "other_group": NeedFilter(group=Group.YOUTH),
        "one_of_two": NeedFilter(age=80, group=Group.YOUTH),
    }  # fmt: skip
    people = follow(committed, stage, **asked)
    note_need(committed, stage.need)
    work(committed)
    found = set(dict(told(committed, NewsTopic.NEED_FOLLOWED)))
    assert {name for name in asked if people[name] in found} == {"age", "group", "all"}
    # As the list shows the same needs to them.
    with committed.reading() as session:
        listed = {
            name
            for name, wanted in asked.items()
            if stage.need in {row.id for row in list_needs(session, wanted, 1).rows}
        }
    assert listed == {"age", "group", "all"}


def test_a_need_for_everybody_is_told_to_all_of_them(committed: Database, stage: Stage) -> None:
    with committed.writing() as session:
        everybody = TargetGroup(None, None, frozenset({Group.EVERYONE}))
        set_target(session.get_one(Need, stage.need), everybody)
        session.commit()
    people = follow(committed, stage, age=NeedFilter(age=3), group=NeedFilter(group=Group.YOUTH))
    note_need(committed, stage.need)
    work(committed)
    assert {people["age"], people["group"]} <= set(dict(told(committed, NewsTopic.NEED_FOLLOWED)))


def test_another_municipality_is_left_out(committed: Database, stage: Stage) -> None:
    with committed.writing() as session:
        elsewhere = make_unit(session).organisation_id
        session.commit()
    people = follow(committed, stage, elsewhere=NeedFilter(municipality_id=elsewhere))
    note_need(committed, stage.need)
    work(committed)
    assert people["elsewhere"] not in dict(told(committed, NewsTopic.NEED_FOLLOWED))


def test_who_was_told_of_the_match_and_the_unit_itself_are_not_told_again(
    committed: Database, stage: Stage
) -> None:
    with committed.writing() as session:
        unit = session.get_one(Need, stage.need).unit
        for person_id in (stage.owner, stage.member, stage.rival):
            actor = actor_for(session.get_one(Person, person_id))
            following.follow_unit(session, actor, unit=unit)
        session.commit()
    note_need(committed, stage.need)
    work(committed)
    assert told(committed, NewsTopic.NEED_FOLLOWED) == [(stage.rival, stage.need)]


def test_who_has_ended_it_or_left_is_not_told(committed: Database, stage: Stage) -> None:
    people = follow(committed, stage, words=NeedFilter(words="ensomme"))
    with committed.writing() as session:
        for row in session.scalars(select(Follow)).all():
            actor = actor_for(session.get_one(Person, row.person_id))
            following.end_follow(session, actor, follow=row)
        for search in session.scalars(select(SavedSearch)).all():
            if search.person_id == people["both"]:
                actor = actor_for(session.get_one(Person, search.person_id))
                following.end_search(session, actor, search=search)
        session.get_one(Person, people["words"]).active = False
        session.commit()
    note_need(committed, stage.need)
    work(committed)
    assert told(committed, NewsTopic.NEED_FOLLOWED) == []


def test_the_database_takes_nobody_as_told_twice(session: Session) -> None:
    person, need = make_person(session), make_need(session)
    for _ in range(2):
        session.add(ToldNeed(person_id=person.id, need_id=need.id))
    with pytest.raises(IntegrityError):
        session.flush()
