"""A need that is being written is read for meaning too: for its writer, and found by nobody."""

from datetime import timedelta

import pytest

from marketplace.concepts.models import Concept
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.matches import queries
from marketplace.matches.services.reading import BETWEEN_LOOKS_AT_ALL
from marketplace.matches.sources import RESTED
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC, NeedState
from tests.domain.reading_stage import (
    OTHERS,
    Begin,
    Synonyms,
    about,
    fill,
    found,
    read_all,
    reader_on,
    stored,
)
from tests.factories import make_need

SINCE = timedelta(seconds=2 * RESTED)


def fill_with_draft(database: Database, state: NeedState = NeedState.DRAFT) -> tuple[int, int]:
    """A need that is not public, and the only concept that means the same."""
    _, concept_id = fill(database)
    with database.writing() as session:
        need = about(make_need(session, state=state), "Besteforeldre besteforeldre")
        session.commit()
        return need.id, concept_id


def read_in_the_end(database: Database, encoder: Synonyms | None = None) -> None:
    with clock_at(now() + SINCE):
        read_all(reader_on(database, encoder))


def test_nobody_finds_it(committed: Database, begin: Begin) -> None:
    need_id, concept_id = fill_with_draft(committed)
    read_in_the_end(committed)
    with begin().reading() as session:
        concept = session.get_one(Concept, concept_id)
        assert need_id not in [each.row.id for each in queries.rank_needs(session, concept)]
        assert need_id not in queries.search_needs(session, "besteforeldre", 10)
        (public,) = session.query(Need).where(Need.state.in_(PUBLIC))
        assert queries.similar_needs(session, public) == []
        assert queries.count_read(session) == (len(OTHERS) + 2, len(OTHERS) + 2)


def test_it_is_not_read_while_somebody_writes(committed: Database) -> None:
    fill_with_draft(committed)
    encoder = Synonyms()
    with clock_at(now()):
        read_all(reader_on(committed, encoder))
    assert not any("Besteforeldre besteforeldre" in text for text in encoder.read)


@pytest.mark.parametrize("state", sorted(set(NeedState) - PUBLIC))
def test_its_writer_sees_what_means_the_same_when_it_has_rested(
    committed: Database, begin: Begin, state: NeedState
) -> None:
    need_id, concept_id = fill_with_draft(committed, state)
    page, reader = begin(), reader_on(committed)
    with clock_at(now()):
        read_all(reader)
    assert found(page, need_id) == []
    with clock_at(now() + SINCE):
        read_all(reader)
    assert found(page, need_id) == [concept_id]


def test_what_is_written_on_is_read_again_and_what_stood_there_goes(
    committed: Database, begin: Begin
) -> None:
    need_id, concept_id = fill_with_draft(committed)
    reader = reader_on(committed)
    with clock_at(now() + SINCE):
        read_all(reader)
        before = stored(committed)
        with committed.writing() as session:
            need = about(session.get_one(Need, need_id), "Sykkelverksted")
            need.updated_at = now()
            session.commit()
    with clock_at(now() + 2 * SINCE):
        read_all(reader)
    assert concept_id not in found(begin(), need_id)
    assert before.keys() < stored(committed).keys()
    with clock_at(now() + 2 * SINCE + BETWEEN_LOOKS_AT_ALL):
        read_all(reader)
    assert len(stored(committed)) == len(before)
    assert stored(committed).keys() != before.keys()


def test_when_it_is_published_its_meaning_is_known_at_once(
    committed: Database, begin: Begin
) -> None:
    _, concept_id = fill_with_draft(committed)
    read_in_the_end(committed)
    with committed.writing() as session:
        published = about(make_need(session), "Besteforeldre besteforeldre").id
        session.commit()
    assert found(begin(), published) == [concept_id]
