"""`marketplace demo --scale`: rows as the services would leave them, as many as asked for."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.cli import cli
from marketplace.concepts import queries as concepts
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptEvent
from marketplace.core.actor import Role
from marketplace.core.audit import events_of
from marketplace.core.engine import Database
from marketplace.core.migrate import upgrade
from marketplace.core.revision import START, Collection, standing
from marketplace.demo.crowd import ENTREPRENEURS, UNITS
from marketplace.demo.made_up import Writer, concept_texts, need_texts
from marketplace.demo.scale import Counts, NotTheDemo, count_published, fill_up
from marketplace.needs.models import Need
from marketplace.needs.requirements import missing_for_publishing
from marketplace.needs.states import NeedEvent, PublishRequirement
from tests.factories import make_member, make_organisation, make_person

SIZE = 30


@pytest.fixture
def town(session: Session) -> Organisation:
    """As much of the demo as is needed: somebody who reviews needs."""
    municipality = make_organisation(session)
    make_member(session, Role.COORDINATOR, municipality, demo_order=1)
    session.commit()
    return municipality


@pytest.fixture
def scaled(database: Database, session: Session, town: Organisation) -> Session:
    assert town.units == []
    fill_up(database, SIZE)
    return session


def test_as_many_are_published_as_were_asked_for(scaled: Session, town: Organisation) -> None:
    assert count_published(scaled) == Counts(SIZE, SIZE)
    scaled.refresh(town)
    assert len(town.units) == UNITS
    owners = select(func.count(Concept.organisation_id.distinct()))
    assert 1 < (scaled.scalar(owners) or 0) <= ENTREPRENEURS


def test_run_again_it_adds_only_what_is_missing(database: Database, scaled: Session) -> None:
    assert fill_up(database, SIZE - 10) == Counts(0, 0)
    assert fill_up(database, SIZE + 5) == Counts(5, 5)
    assert count_published(scaled) == Counts(SIZE + 5, SIZE + 5)
    titles = scaled.scalars(select(Need.title).order_by(Need.id)).all()
    assert titles == [need_texts(Writer("need", n))["title"] for n in range(SIZE + 5)]


def test_nothing_is_missing_in_what_is_published(scaled: Session) -> None:
    overdue = {PublishRequirement.DATES_AHEAD}  # some have been published for long
    for need in scaled.scalars(select(Need)):
        assert set(missing_for_publishing(need)) <= overdue
    assert not any(concepts.missing_points(concept) for concept in scaled.scalars(select(Concept)))


@pytest.mark.parametrize(
    ("model", "collection"), [(Need, Collection.NEEDS), (Concept, Collection.CONCEPTS)]
)
def test_each_row_has_a_revision_of_its_own(
    scaled: Session, model: type[Need | Concept], collection: Collection
) -> None:
    revisions = scaled.scalars(select(model.revision).order_by(model.revision)).all()
    assert list(revisions) == list(range(1, SIZE + 1))
    assert standing(scaled, collection, START)[0] == SIZE


def test_each_row_has_its_story(scaled: Session) -> None:
    need, concept = scaled.scalars(select(Need)).all()[7], scaled.scalars(select(Concept)).all()[7]
    told = [past.event for past in events_of(scaled, [need])]
    assert told == [
        NeedEvent.PUBLISHED, NeedEvent.ENDORSED, NeedEvent.SUBMITTED, NeedEvent.CREATED,
    ]  # fmt: skip
    assert events_of(scaled, [need])[0].at == need.published_at
    told = [past.event for past in events_of(scaled, [concept])]
    assert told == [ConceptEvent.PUBLISHED, ConceptEvent.CREATED]


def test_other_databases_are_left_alone(database: Database, session: Session) -> None:
    make_person(session)
    session.commit()
    with pytest.raises(NotTheDemo):
        fill_up(database, SIZE)
    assert count_published(session) == Counts(0, 0)


def test_the_command_says_why_it_refuses(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'other.db'}"
    database = Database(url)
    upgrade(database.engine)
    with database.writing() as session:
        make_person(session)
        session.commit()
    database.engine.dispose()
    environment = {"INSTANCE_DIR": str(tmp_path), "DATABASE_URL": url}
    refused = CliRunner().invoke(cli, ["demo", "--scale", "10"], env=environment)
    assert refused.exit_code == 1
    assert "other data" in refused.output
    too_many = CliRunner().invoke(cli, ["demo", "--scale", "1000001"], env=environment)
    assert too_many.exit_code == 2
    assert "1000000" in too_many.output


# ---------------------------------------------------------------- the texts


def test_a_text_is_the_same_every_time() -> None:
    for texts, kind in ((need_texts, "need"), (concept_texts, "concept")):
        assert texts(Writer(kind, 11)) == texts(Writer(kind, 11)) != texts(Writer(kind, 12))


def test_the_vocabulary_grows_with_the_number_of_texts() -> None:
    words = [
        {word.lower() for text in need_texts(Writer("need", n)).values() for word in text.split()}
        for n in range(800)
    ]
    few, many = set[str]().union(*words[:400]), set[str]().union(*words)
    assert len(many) > 1.4 * len(few)


def test_texts_come_in_three_languages() -> None:
    assert {Writer("concept", n).language for n in range(60)} == {"nb", "nn", "en"}


def test_every_slot_is_filled_and_every_title_fits() -> None:
    for number in range(300):
        for texts in (need_texts(Writer("need", number)), concept_texts(Writer("concept", number))):
            assert all(text and "{" not in text for text in texts.values())
            assert len(texts["title"]) <= 200
