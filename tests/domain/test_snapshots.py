"""Several processes, one database: what is published is in the next answer of each, and a fresh one
starts from the snapshot that another has left.
"""

import gc
import logging
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from marketplace.concepts import services as concepts
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.engine import Database
from marketplace.core.revision import (
    START,
    Collection,
    CollectionRevision,
    Point,
    RevisionMark,
    standing,
)
from marketplace.matches import index, snapshots
from marketplace.needs.services import publishing
from marketplace.needs.states import NeedState
from marketplace.news.models import NewText
from matching import Document, MatchIndex
from tests.domain.reader_process import SECONDS, Answer, ask, reader_process
from tests.factories import actor_for, make_concept, make_member, make_need
from tests.forked import processes

WORDS = "turgruppe for ungdom"


def publish(database: Database, title: str) -> None:
    with database.writing() as session:
        concept = make_concept(session, state=ConceptState.DRAFT, title=title, description=WORDS)
        actor = actor_for(concept.author)
        concepts.publish_concept(session, actor, concept=concept, version=concept.version)
        session.commit()


def fresh(database: Database, folder: Path | None) -> Database:
    """The same database, as a process sees it that has just begun."""
    return Database(database.engine.url.render_as_string(hide_password=False), folder)


def ask_fresh(database: Database, folder: Path | None) -> Answer:
    begun = fresh(database, folder)
    answer = ask(begun, Collection.CONCEPTS, WORDS)
    begun.engine.dispose()
    return answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def filled(committed: Database, folder: Path) -> Database:
    """Three published concepts, and a snapshot of them."""
    for title in ("Fjelltur", "Skogtur", "Bytur"):
        publish(committed, title)
    assert ask_fresh(committed, folder).rows_read == 3
    return committed


def files(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


class TestSeveralProcesses:
    def test_a_concept_is_in_the_next_answer_of_another_process(self, filled: Database) -> None:
        with reader_process(filled) as reader:
            assert "Nattur" not in reader.ask(Collection.CONCEPTS, WORDS).titles
            publish(filled, "Nattur")
            after = reader.ask(Collection.CONCEPTS, WORDS)
        assert "Nattur" in after.titles
        assert after.rows_read == 1

    def test_a_need_is_in_the_next_answer_of_another_process(self, committed: Database) -> None:
        with committed.writing() as session:
            need = make_need(session, state=NeedState.IN_REVIEW, title="Ingen går tur")
            reviewer = make_member(session, Role.COORDINATOR, need.unit.organisation)
            session.commit()
            with reader_process(committed) as reader:
                assert reader.ask(Collection.NEEDS, "går tur").titles == []
                publishing.publish_need(
                    session, actor_for(reviewer), need=need, version=need.version
                )
                session.commit()
                assert reader.ask(Collection.NEEDS, "går tur").titles == ["Ingen går tur"]

    def test_a_fresh_process_reads_only_what_is_newer_than_the_snapshot(
        self, filled: Database, folder: Path
    ) -> None:
        publish(filled, "Nattur")
        with reader_process(filled, folder) as reader:
            answer = reader.ask(Collection.CONCEPTS, WORDS)
        assert answer.rows_read == 1
        assert answer.titles == ask_fresh(filled, None).titles

    def test_processes_that_begin_together_do_each_other_no_harm(
        self, committed: Database, folder: Path
    ) -> None:
        publish(committed, "Fjelltur")
        with reader_process(committed, folder) as one, reader_process(committed, folder) as other:
            for reader in (one, other):
                reader._pipe.send((Collection.CONCEPTS, WORDS))
            answers = [reader._pipe.recv() for reader in (one, other)]
        assert [answer.titles for answer in answers] == [["Fjelltur"], ["Fjelltur"]]
        assert ask_fresh(committed, folder).rows_read == 0

    def test_a_reader_sees_whole_files_while_two_processes_write(self, tmp_path: Path) -> None:
        together = processes.Barrier(3)
        writers = [
            processes.Process(target=write_often, args=(tmp_path, base, together))
            for base in (100, 200)
        ]
        for writer in writers:
            writer.start()
        together.wait(SECONDS)
        seen = [len(snapshots.newest_snapshots(tmp_path, "concepts"))]
        while any(writer.is_alive() for writer in writers):
            found = snapshots.load_newest(tmp_path, "concepts", lambda _: True)
            seen.append(len(found[0]) if found else 0)
        assert [writer.exitcode for writer in writers] == [0, 0]
        assert set(seen) <= {0, 1, 2, 30}
        left = snapshots.load_newest(tmp_path, "concepts", lambda _: True)
        assert left is not None
        assert len(left[0]) == 30
        assert all(path.suffix == snapshots.SUFFIX for path in files(tmp_path))


def write_often(folder: Path, base: int, together: Barrier) -> None:
    made = MatchIndex.from_documents(Document(str(n), f"Tur {n}", WORDS) for n in range(30))
    together.wait(SECONDS)
    for number in range(20):
        snapshots.save(folder, "concepts", made, Point(base + number, "feed"))


class TestDoubtfulSnapshots:
    @pytest.mark.parametrize(
        "spoil",
        [
            lambda whole: whole[: len(whole) // 2],
            lambda whole: whole[:-40] + bytes(40 - 1) + b"\xff",
            lambda _: b"",
            lambda _: b"something else altogether" * 100,
        ],
        ids=["cut", "changed", "empty", "foreign"],
    )
    def test_a_damaged_snapshot_is_told_of_and_made_anew(
        self,
        filled: Database,
        folder: Path,
        caplog: pytest.LogCaptureFixture,
        spoil: Callable[[bytes], bytes],
    ) -> None:
        (path,) = files(folder)
        path.write_bytes(spoil(path.read_bytes()))
        answer = ask_fresh(filled, folder)
        assert len(answer.titles) == answer.rows_read == 3
        assert path.name in caplog.text
        assert ask_fresh(filled, folder).rows_read == 0

    def test_a_snapshot_of_another_database_is_not_used(
        self, filled: Database, folder: Path
    ) -> None:
        (path,) = files(folder)
        with filled.writing() as session:
            session.execute(update(RevisionMark).values(mark="another"))
            session.commit()
        assert ask_fresh(filled, folder).rows_read == 3
        assert path not in files(folder)

    def test_after_a_restore_nothing_of_the_lost_days_is_left(
        self, filled: Database, folder: Path
    ) -> None:
        running = fresh(filled, folder)
        publish(filled, "Tapt tur")
        index_was_kept(filled, folder)
        assert "Tapt tur" in ask(running, Collection.CONCEPTS, WORDS).titles
        restore_without(filled, "Tapt tur")
        assert "Tapt tur" not in ask(running, Collection.CONCEPTS, WORDS).titles
        running.engine.dispose()

    def test_a_number_that_comes_again_after_a_restore_is_not_the_same(
        self, filled: Database, folder: Path
    ) -> None:
        running = fresh(filled, folder)
        publish(filled, "Tapt tur")
        index_was_kept(filled, folder)
        assert "Tapt tur" in ask(running, Collection.CONCEPTS, WORDS).titles
        restore_without(filled, "Tapt tur")
        publish(filled, "Ny tur")
        for answer in (ask(running, Collection.CONCEPTS, WORDS), ask_fresh(filled, folder)):
            assert "Tapt tur" not in answer.titles
            assert "Ny tur" in answer.titles
        running.engine.dispose()

    def test_an_emptied_database_gives_an_empty_index(self, filled: Database, folder: Path) -> None:
        running = fresh(filled, folder)
        assert len(ask(running, Collection.CONCEPTS, WORDS).titles) == 3
        with filled.writing() as session:
            for model in (NewText, Concept, RevisionMark, CollectionRevision):
                session.execute(delete(model))
            session.commit()
        assert ask(running, Collection.CONCEPTS, WORDS).titles == []
        assert ask_fresh(filled, folder).titles == []
        running.engine.dispose()

    def test_where_nothing_can_be_written_the_answer_is_the_same(
        self, filled: Database, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        (tmp_path / "file").write_text("not a folder")
        answer = ask_fresh(filled, tmp_path / "file" / "index")
        assert len(answer.titles) == 3
        assert [record.levelno for record in caplog.records] == [logging.WARNING]
        assert "could not be written" in caplog.text


def test_a_process_that_is_far_behind_reads_everything_at_once(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MUCH_NEWS", 3)
    running = fresh(filled, None)
    ask(running, Collection.CONCEPTS, WORDS)
    publish(filled, "Nattur")
    assert ask(running, Collection.CONCEPTS, WORDS).rows_read == 1
    for title in ("Dagtur", "Kveldstur"):
        publish(filled, title)
    answer = ask(running, Collection.CONCEPTS, WORDS)
    assert (answer.rows_read, len(answer.titles)) == (6, 6)
    running.engine.dispose()


def test_a_large_index_is_left_out_of_garbage_collection_when_it_is_made(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen: list[bool] = []
    monkeypatch.setattr(gc, "freeze", lambda: frozen.append(True))
    running = fresh(filled, None)
    ask(running, Collection.CONCEPTS, WORDS)
    assert not frozen
    monkeypatch.setattr(index, "MUCH_NEWS", 3)
    ask_fresh(filled, None)
    publish(filled, "Nattur")
    ask(running, Collection.CONCEPTS, WORDS)
    assert frozen == [True]
    running.engine.dispose()


class TestWhenSnapshotsAreWritten:
    def test_a_new_one_replaces_the_old_after_much_news(
        self, filled: Database, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(index, "MUCH_NEWS", 4)  # a draft takes a revision, too
        running = fresh(filled, folder)
        before = files(folder)
        publish(filled, "Nattur")
        ask(running, Collection.CONCEPTS, WORDS)
        assert files(folder) == before
        publish(filled, "Dagtur")
        ask(running, Collection.CONCEPTS, WORDS)
        (after,) = files(folder)
        assert after not in before
        assert ask_fresh(filled, folder).rows_read == 0
        running.engine.dispose()

    def test_what_another_process_has_written_is_not_written_again(
        self, filled: Database, folder: Path
    ) -> None:
        running = fresh(filled, None)
        ask(running, Collection.CONCEPTS, WORDS)
        running.snapshots = folder
        publish(filled, "Nattur")
        before = [(path, path.stat().st_mtime_ns) for path in files(folder)]
        ask(running, Collection.CONCEPTS, WORDS)
        assert [(path, path.stat().st_mtime_ns) for path in files(folder)] == before
        running.engine.dispose()

    def test_each_index_has_a_file_of_its_own(self, filled: Database, folder: Path) -> None:
        with filled.writing() as session:
            make_need(session)
            session.commit()
        running = fresh(filled, folder)
        ask(running, Collection.NEEDS, WORDS)
        assert [path.name.split(".")[0] for path in files(folder)] == ["all-needs", "concepts"]
        running.engine.dispose()


def index_was_kept(database: Database, folder: Path) -> None:
    """A process that begins without a snapshot leaves one with all that there is."""
    for path in files(folder):
        path.unlink()
    ask_fresh(database, folder)
    with database.reading() as session:
        newest = standing(session, Collection.CONCEPTS, START)[0]
    (left,) = snapshots.newest_snapshots(folder, "concepts")
    assert left.point.revision == newest


def restore_without(database: Database, title: str) -> None:
    """As a backup gives it that was taken before the concept was published."""
    with database.writing() as session:
        lost = select(Concept.id).where(Concept.title == title)
        session.execute(delete(NewText).where(NewText.concept_id.in_(lost)))
        session.execute(delete(Concept).where(Concept.title == title))
        newest = standing(session, Collection.CONCEPTS, START)[0]
        session.execute(delete(RevisionMark).where(RevisionMark.revision == newest))
        session.execute(
            update(CollectionRevision)
            .where(CollectionRevision.collection == Collection.CONCEPTS)
            .values(revision=newest - 1)
        )
        session.commit()
