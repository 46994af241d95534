"""A large index is made anew for other words beside the pages, which nobody waits for."""

import logging
from collections.abc import Generator
from dataclasses import dataclass, field
from threading import Event, current_thread, main_thread

import pytest
from sqlalchemy.orm import Session

from marketplace.core.actor import Role
from marketplace.core.engine import Database
from marketplace.matches import index as indexes
from marketplace.matches.index import Change, changed_concepts, concepts_index
from marketplace.matches.words_at_work import awaits_words
from marketplace.vocabulary import services
from tests.domain.committed import committed
from tests.factories import actor_for, make_concept, make_member

__all__ = ["committed"]

MADE_UP = ["trivselsvert", "gledesspreder"]
SECONDS = 120
"""Long enough for the slowest machine; no test waits so long unless it fails."""
LARGE = 3


@dataclass
class Pages:
    """A process that serves pages; what it makes beside them waits until it may go on."""

    database: Database
    may_go_on: Event = field(default_factory=Event)
    fails: bool = False

    def changes(self, session: Session, revision: int) -> Generator[Change, None, None]:
        if current_thread() is not main_thread():
            assert self.may_go_on.wait(SECONDS)
            if self.fails:
                raise OSError("the disk is gone")
        yield from changed_concepts(session, revision)

    def answer(self) -> tuple[bool, int]:
        """Whether a page knows the made-up words, and how many concepts."""
        with self.database.reading() as session:
            fresh = concepts_index(session)
            fresh.changes_since = self.changes
            with fresh.opened(session) as index:
                members = {member for group in fresh.thesaurus for member in group.members}
                return MADE_UP[0] in members, len(index)

    def finish(self) -> None:
        """Let what is made beside go on, and wait for its end."""
        self.may_go_on.set()
        with self.database.reading() as session:
            made = concepts_index(session)._successor
        assert made is not None
        made.exception(SECONDS)
        self.may_go_on.clear()


@pytest.fixture
def pages(committed: Database, monkeypatch: pytest.MonkeyPatch) -> Pages:
    """With so many concepts as count as large here, all of them read."""
    monkeypatch.setattr(indexes, "MUCH_NEWS", LARGE)
    monkeypatch.setattr(indexes, "_spare_the_collector", lambda: None)
    for number in range(LARGE):
        publish(committed, f"Sykkel {number}")
    committed.serves_pages = True
    pages = Pages(committed)
    assert pages.answer() == (False, LARGE)
    return pages


def publish(database: Database, title: str) -> None:
    with database.writing() as session:
        make_concept(session, title=title, description="Vi lapper sykler.")
        session.commit()


def add_words(database: Database, words: list[str]) -> None:
    with database.writing() as session:
        admin = actor_for(make_member(session, Role.ADMINISTRATOR))
        services.add_group(session, admin, words=words, reason="Slik sier vi det hos oss")
        session.commit()


def test_pages_answer_with_the_old_words_until_the_new_are_ready(pages: Pages) -> None:
    add_words(pages.database, MADE_UP)
    assert pages.answer() == (False, LARGE)
    publish(pages.database, "Sparkesykkel")
    assert pages.answer() == (False, LARGE + 1)
    with pages.database.reading() as session:
        assert awaits_words(session)
    pages.finish()
    publish(pages.database, "Trehjulssykkel")
    assert pages.answer() == (True, LARGE + 2)
    with pages.database.reading() as session:
        assert not awaits_words(session)


def test_words_that_change_meanwhile_are_next(pages: Pages) -> None:
    add_words(pages.database, ["shanties", "sjømannsviser"])
    assert pages.answer() == (False, LARGE)
    pages.finish()
    add_words(pages.database, MADE_UP)
    assert pages.answer() == (False, LARGE)
    pages.finish()
    assert pages.answer() == (True, LARGE)


def test_what_fails_is_told_and_begun_anew(pages: Pages, caplog: pytest.LogCaptureFixture) -> None:
    add_words(pages.database, MADE_UP)
    pages.fails = True
    assert pages.answer() == (False, LARGE)
    pages.finish()
    pages.fails = False
    with caplog.at_level(logging.ERROR):
        assert pages.answer() == (False, LARGE)
    assert "could not be made anew" in caplog.text
    pages.finish()
    assert pages.answer() == (True, LARGE)


def test_a_process_for_which_nobody_waits_has_the_new_words_at_once(pages: Pages) -> None:
    """The worker looks for what is new once: it may not do so with the old words."""
    pages.database.serves_pages = False
    pages.may_go_on.set()
    add_words(pages.database, MADE_UP)
    assert pages.answer() == (True, LARGE)
