"""Words that stand for each other: who changes them, and what every process makes of it."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from marketplace.core.actor import Actor, Role
from marketplace.core.audit import AuditEvent
from marketplace.core.engine import Database
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, Stale
from marketplace.core.revision import Collection, CollectionRevision, RevisionMark
from marketplace.matches.index import concepts_index
from marketplace.matches.queries import rank_concepts
from marketplace.matches.wording import nearest_needs
from marketplace.matches.words_at_work import found_by_words
from marketplace.vocabulary import queries, services
from marketplace.vocabulary.models import WordGroup
from marketplace.vocabulary.states import VocabularyEvent, VocabularyRefusal
from marketplace.vocabulary.uploads import LARGEST_FILE, read_file
from matching.thesaurus import Group, Thesaurus
from matching.thesaurus.skos import read_skos, write_skos
from tests.domain.committed import committed
from tests.domain.test_pairing_race import SECONDS, race
from tests.factories import actor_for, make_concept, make_member, make_need, make_organisation

__all__ = ["committed"]

MADE_UP = ["trivselsvert", "gledesspreder"]
WHY = "Slik sier vi det hos oss"
LOST = (Stale, StaleDataError)


@pytest.fixture
def administrator(session: Session) -> Actor:
    return actor_for(make_member(session, Role.ADMINISTRATOR))


def code_of(refused: pytest.ExceptionInfo[InvalidField]) -> object:
    return refused.value.code


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.LEADERSHIP, Role.PROCUREMENT_ADVISER])
def test_only_administrators_change_it(session: Session, role: Role) -> None:
    somebody = actor_for(make_member(session, role, make_organisation(session)))
    entry = queries.get_entry(session, "eldre")
    with pytest.raises(NotAllowed):
        services.add_group(session, somebody, words=MADE_UP, reason=WHY)
    with pytest.raises(NotAllowed):
        services.switch(session, somebody, entry=entry, version=0, off=True, reason=WHY)
    with pytest.raises(NotAllowed):
        services.sift(session, somebody, [])
    with pytest.raises(NotAllowed):
        services.add_groups(session, somebody, groups=[MADE_UP], reason=WHY)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ([], VocabularyRefusal.TOO_FEW_WORDS),
        (["ensom"], VocabularyRefusal.TOO_FEW_WORDS),
        (["ensom", "Ensom", " "], VocabularyRefusal.TOO_FEW_WORDS),
        (["ensom", "!!!"], VocabularyRefusal.NO_WORD),
        (["ensom", "x" * 81], VocabularyRefusal.WORD_TOO_LONG),
        ([f"ord{n}" for n in range(61)], VocabularyRefusal.TOO_MANY_WORDS),
        (["ensom", "kari@nabo.example"], VocabularyRefusal.PERSONAL_DATA),
    ],
)
def test_what_is_no_group_is_refused(
    session: Session,
    administrator: Actor,
    words: list[str],
    code: VocabularyRefusal,
) -> None:
    with pytest.raises(InvalidField) as refused:
        services.add_group(session, administrator, words=words, reason=WHY)
    assert code_of(refused) is code


def test_the_same_words_are_refused_in_whatever_order(
    session: Session, administrator: Actor
) -> None:
    services.add_group(session, administrator, words=MADE_UP, reason=WHY)
    with pytest.raises(InvalidField) as refused:
        services.add_group(session, administrator, words=MADE_UP[::-1], reason=WHY)
    assert code_of(refused) is VocabularyRefusal.ALREADY_THERE


def test_a_reason_is_asked_for(session: Session, administrator: Actor) -> None:
    entry = queries.get_entry(session, "eldre")
    with pytest.raises(InvalidField) as refused:
        services.switch(session, administrator, entry=entry, version=0, off=True, reason=" ")
    assert code_of(refused) is VocabularyRefusal.REASON_MISSING


def test_a_name_that_is_none_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        queries.get_entry(session, "finnes-ikke")


def test_two_who_switch_at_once(session: Session, administrator: Actor) -> None:
    row = services.add_group(session, administrator, words=MADE_UP, reason=WHY)
    entry = queries.get_entry(session, row.name)
    with pytest.raises(Stale):
        services.switch(
            session, administrator, entry=entry, version=row.version + 1, off=True, reason=WHY
        )


# ---------------------------------------------------------------- files


ELSEWHERE = b'{"@context": "http://127.0.0.1:9/x"}'
BOMB = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "%s">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">&b;</rdf:RDF>""" % (
    b"a" * 300,
    b"&a;" * 50,
)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("liste.xlsx", b"PK", VocabularyRefusal.FILE_KIND),
        ("liste", b"", VocabularyRefusal.FILE_KIND),
        ("liste.ttl", b"x" * (LARGEST_FILE + 1), VocabularyRefusal.FILE_TOO_LARGE),
        ("liste.ttl", b"not turtle {", VocabularyRefusal.FILE_UNREADABLE_AT),
        ("liste.rdf", b"<a>\n<b>\n</a>", VocabularyRefusal.FILE_UNREADABLE_AT),
        ("liste.jsonld", b"{", VocabularyRefusal.FILE_UNREADABLE_AT),
        ("liste.nt", b"<urn:a> <urn:b> .", VocabularyRefusal.FILE_UNREADABLE),
        ("liste.rdf", BOMB, VocabularyRefusal.FILE_UNREADABLE),
        (
            "liste.jsonld",
            b'{"@context": "http://127.0.0.1:9/x"}',
            VocabularyRefusal.FILE_UNREADABLE,
        ),
        ("liste.ttl", b"", VocabularyRefusal.FILE_UNREADABLE),
    ],
    ids=[
        "sheet",
        "no kind",
        "large",
        "broken",
        "XML",
        "JSON",
        "N-Triples",
        "bomb",
        "elsewhere",
        "empty",
    ],
)
def test_a_file_that_cannot_be_read_is_refused(
    name: str, content: bytes, code: VocabularyRefusal
) -> None:
    with pytest.raises(InvalidField) as refused:
        read_file(name, content)
    assert code_of(refused) is code


def test_a_file_that_takes_ever_longer_to_read_is_given_up() -> None:
    """The parser of Turtle would take many minutes for so many prefixes."""
    prefixes = "".join(f"@prefix a{number}: <urn:{number}#> .\n" for number in range(60_000))
    with pytest.raises(InvalidField) as refused:
        read_file("liste.ttl", prefixes.encode(), seconds=2)
    assert code_of(refused) is VocabularyRefusal.FILE_TOO_SLOW


@pytest.mark.parametrize("kind", ["ttl", "rdf", "jsonld", "nt"])
def test_what_was_taken_out_can_be_read_in(
    session: Session, administrator: Actor, tmp_path: Path, kind: str
) -> None:
    services.add_group(session, administrator, words=MADE_UP, reason=WHY)
    session.commit()
    whole = queries.current_thesaurus(session)
    path = tmp_path / f"ut.{kind}"
    write_skos(whole, path)
    assert read_skos(path) == whole
    with pytest.raises(InvalidField) as refused:
        services.sift(session, administrator, read_file(path.name, path.read_bytes()))
    assert code_of(refused) is VocabularyRefusal.NOTHING_NEW


def test_what_cannot_be_added_is_told_and_nothing_is_dropped_in_silence(
    session: Session, administrator: Actor
) -> None:
    groups = [
        Thesaurus.default().group("eldre"),
        Group("ny", tuple(MADE_UP)),
        Group("igjen", tuple(MADE_UP[::-1])),
        Group("lang", ("kort", "kortere", "x" * 81)),
        Group("person", ("trygg", "sikker", "kari@nabo.example")),
        Group("ett", ("alene", "y" * 81)),
        Group("mange", tuple(f"ord{number:02}" for number in range(70))),
    ]
    sifted = services.sift(session, administrator, groups)
    assert [words[0] for words in sifted.groups] == ["trivselsvert", "kort", "trygg", "ord00"]
    assert sifted.groups[1] == ["kort", "kortere"]
    assert len(sifted.groups[3]) == services.MOST_WORDS
    assert [(label, refused.code) for label, refused in sifted.left_out] == [
        (groups[0].label, VocabularyRefusal.ALREADY_THERE),
        (MADE_UP[1], VocabularyRefusal.ALREADY_THERE),
        ("kort", VocabularyRefusal.WORD_TOO_LONG),
        ("trygg", VocabularyRefusal.PERSONAL_DATA),
        ("alene", VocabularyRefusal.WORD_TOO_LONG),
        ("alene", VocabularyRefusal.TOO_FEW_WORDS),
        ("ord00", VocabularyRefusal.WORDS_CUT),
    ]
    assert session.scalars(select(WordGroup)).all() == []


def test_groups_are_added_all_or_none(session: Session, administrator: Actor) -> None:
    for groups, code in (
        ([], VocabularyRefusal.NO_GROUPS),
        ([MADE_UP, ["alene"]], VocabularyRefusal.LINE_WRONG),
        ([MADE_UP, MADE_UP[::-1]], VocabularyRefusal.LINE_WRONG),
        ([MADE_UP] * 2_001, VocabularyRefusal.FILE_TOO_MANY),
    ):
        with pytest.raises(InvalidField) as refused, session.begin_nested():
            services.add_groups(session, administrator, groups=groups, reason=WHY)
        assert code_of(refused) is code
        assert session.scalars(select(WordGroup)).all() == []
    added = services.add_groups(
        session, administrator, groups=[MADE_UP, [" kort ", "kortere"]], reason=WHY
    )
    assert [row.words.split("\n") for row in added] == [MADE_UP, ["kort", "kortere"]]


# ---------------------------------------------------------------- what counts


def test_each_change_is_in_the_trail_with_its_reason(
    session: Session, administrator: Actor
) -> None:
    row = services.add_group(session, administrator, words=MADE_UP, reason=WHY)
    entry = queries.get_entry(session, row.name)
    services.switch(
        session, administrator, entry=entry, version=row.version, off=True, reason="Gale treff"
    )
    events = session.scalars(
        select(AuditEvent).where(AuditEvent.subject_type == "WordGroup").order_by(AuditEvent.id)
    ).all()
    assert [(e.event, e.reason, e.actor_id) for e in events] == [
        (VocabularyEvent.ADDED, WHY, administrator.person_id),
        (VocabularyEvent.SWITCHED_OFF, "Gale treff", administrator.person_id),
    ]


def test_one_that_came_with_the_site_can_be_switched_off_and_on(
    session: Session, administrator: Actor
) -> None:
    for off in (True, False):
        entry = queries.get_entry(session, "eldre")
        version = entry.row.version if entry.row else 0
        services.switch(session, administrator, entry=entry, version=version, off=off, reason=WHY)
        session.commit()
        assert ("eldre" in queries.current_thesaurus(session)) is not off
    assert queries.current_thesaurus(session) == Thesaurus.default()
    assert session.scalars(select(WordGroup)).one().words == ""


def test_a_search_finds_any_of_the_words(session: Session, administrator: Actor) -> None:
    services.add_group(session, administrator, words=MADE_UP, reason=WHY)
    for words in MADE_UP:
        found = queries.find_entries(session, words.upper(), 1)
        assert [entry.group.label for entry in found.rows] == [MADE_UP[0]]
    assert queries.find_entries(session, "finnesikke", 1).rows == []
    assert (
        queries.find_entries(session, "", 10_000).number
        == queries.find_entries(session, "", 1).count
    )


def test_every_process_ranks_with_the_words_that_count(committed: Database) -> None:
    """The other process has an index already, and is told by the revision alone."""
    other = Database(committed.engine.url.render_as_string(hide_password=False))
    with committed.writing() as session:
        need = make_need(
            session, title="Trivselsvert", problem="Vi har ingen trivselsvert.",
            target_group="", wanted_effect="",
        )  # fmt: skip
        make_concept(
            session, title="Gledesspreder", description="En gledesspreder kommer hver uke.",
            target_group="", evidence="", used_where="", needs_from_municipality="",
        )  # fmt: skip
        for number in range(6):
            make_concept(session, title=f"Sykkel {number}", description="Vi lapper sykler.")
        admin = actor_for(make_member(session, Role.ADMINISTRATOR))
        need_id = need.id
        session.commit()

    def first(database: Database) -> list[str]:
        with database.reading() as session:
            rows = rank_concepts(session, session.get_one(type(need), need_id), limit=1)
            return [row.row.title for row in rows]

    assert first(other) == first(committed) == []
    with committed.writing() as session:
        row = services.add_group(session, admin, words=MADE_UP, reason=WHY)
        name = row.name
        session.commit()
    assert first(other) == first(committed) == ["Gledesspreder"]
    with committed.reading() as session:
        (at_work,) = found_by_words(session, queries.get_entry(session, name).group)
        assert at_work.need.id == need_id
        assert at_work.words == (("trivselsvert", "gledesspreder"),)
        assert at_work.concepts == 1
    with committed.writing() as session:
        entry = queries.get_entry(session, name)
        assert entry.row is not None
        services.switch(
            session, admin, entry=entry, version=entry.row.version, off=True, reason=WHY
        )
        session.commit()
    assert first(other) == first(committed) == []
    other.engine.dispose()


def test_the_words_of_a_database_that_went_back_are_read_anew(committed: Database) -> None:
    """A backup was restored under a process, and the same number came again with other words."""
    with committed.writing() as session:
        admin = actor_for(make_member(session, Role.ADMINISTRATOR))
        session.commit()

    def add(words: list[str]) -> None:
        with committed.writing() as session:
            services.add_group(session, admin, words=words, reason=WHY)
            session.commit()

    def known() -> set[str]:
        with committed.reading() as session, concepts_index(session).opened(session):
            thesaurus = concepts_index(session).thesaurus
            assert thesaurus == queries.current_thesaurus(session)
            return {m for group in thesaurus for m in group.members} & {MADE_UP[0], "shanties"}

    add(MADE_UP)
    assert known() == {MADE_UP[0]}
    with committed.writing() as session:
        session.execute(delete(WordGroup))
        session.execute(
            delete(RevisionMark).where(RevisionMark.collection == Collection.VOCABULARY)
        )
        session.execute(
            delete(CollectionRevision).where(CollectionRevision.collection == Collection.VOCABULARY)
        )
        session.commit()
    add(["shanties", "sjøviser"])
    assert known() == {"shanties"}


@pytest.mark.parametrize("name", ["eldre", "own"])
def test_one_of_two_who_switch_at_the_same_moment_wins(committed: Database, name: str) -> None:
    """Also where a group that came with the site has no row before the first of them."""
    with committed.writing() as session:
        actors = [actor_for(make_member(session, Role.ADMINISTRATOR)) for _ in range(2)]
        if name == "own":
            name = services.add_group(session, actors[0], words=MADE_UP, reason=WHY).name
        session.commit()
        seen = queries.get_entry(session, name)
        version = seen.row.version if seen.row else 0
    both = Barrier(2, timeout=SECONDS) if committed.engine.dialect.name == "postgresql" else None
    lost = race(committed, *(_switch(actor, name, version, both) for actor in actors))
    assert sorted(isinstance(each, LOST) for each in lost) == [False, True]
    with committed.reading() as session:
        assert queries.get_entry(session, name).is_off
        off = AuditEvent.event == str(VocabularyEvent.SWITCHED_OFF)
        assert len(session.scalars(select(AuditEvent).where(off)).all()) == 1


def _switch(
    actor: Actor, name: str, version: int, seen: Barrier | None
) -> Callable[[Session], None]:
    def switch(session: Session) -> None:
        entry = queries.get_entry(session, name)
        if seen is not None:
            seen.wait()
        services.switch(session, actor, entry=entry, version=version, off=True, reason=WHY)

    return switch


def test_a_snapshot_of_other_words_is_not_used(committed: Database, tmp_path: Path) -> None:
    """A fresh process reads anew what was kept with another vocabulary."""
    url = committed.engine.url.render_as_string(hide_password=False)
    with committed.writing() as session:
        for number in range(3):
            make_concept(session, title=f"Sykkel {number}", description="En gledesspreder lapper.")
        admin = actor_for(make_member(session, Role.ADMINISTRATOR))
        session.commit()

    def words_of(database: Database) -> bool:
        with database.reading() as session:
            fresh = concepts_index(session)
            with fresh.opened(session) as index:
                assert len(index) == 3
                return MADE_UP[0] in {
                    member for group in index.thesaurus or () for member in group.members
                }

    for expected in (False, True):
        for _ in range(2):
            database = Database(url, snapshots=tmp_path)
            assert words_of(database) is expected
            database.engine.dispose()
        if not expected:
            with committed.writing() as session:
                services.add_group(session, admin, words=MADE_UP, reason=WHY)
                session.commit()


def test_what_stands_for_a_word_is_told_to_who_matches_nothing(
    session: Session, administrator: Actor
) -> None:
    concept = make_concept(
        session,
        title="Choir",
        description="Every spring we sing old shanties in the harbour. Once we sang in a school.",
    )
    make_need(session, problem="Bilene kjører fort forbi skolen om morgenen.")
    assert [word.own for word in nearest_needs(session, concept).words] == ["school"]
    services.add_group(session, administrator, words=["shanties", "bilene"], reason=WHY)
    session.commit()
    told = {(word.own, word.theirs) for word in nearest_needs(session, concept).words}
    assert told == {("school", "skolen"), ("shanties", "bilene")}
