"""Reading the vocabulary: the groups that came with the site, with what administrators changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from marketplace.core.engine import database_of
from marketplace.core.errors import NotFound
from marketplace.core.paging import PAGE_SIZE, Page
from marketplace.core.revision import START, Collection, Point, point_at, standing
from marketplace.vocabulary.models import WordGroup
from matching.thesaurus import Group, Thesaurus

KEPT = "vocabulary"


@dataclass(frozen=True, slots=True)
class Entry:
    """A group as it counts now; `row` where an administrator has had to do with it."""

    group: Group
    row: WordGroup | None = None

    @property
    def is_off(self) -> bool:
        return self.row is not None and self.row.is_off

    @property
    def is_own(self) -> bool:
        return self.row is not None and bool(self.row.words)


def group_of(row: WordGroup) -> Group:
    return Group(row.name, tuple(row.words.split("\n")))


def list_entries(session: Session) -> list[Entry]:
    """All groups, by the word that people are shown."""
    rows = {row.name: row for row in session.scalars(_rows())}
    shipped = Thesaurus.default()
    entries = [Entry(group, rows.get(group.id)) for group in shipped]
    own = (row for row in rows.values() if row.words)
    entries += [Entry(group_of(row), row) for row in own]
    return sorted(entries, key=lambda entry: entry.group.label.lower())


def find_entries(session: Session, words: str, number: int) -> Page[Entry]:
    """Those with the words in one of theirs."""
    wanted = words.lower()
    found = [
        entry
        for entry in list_entries(session)
        if any(wanted in member.lower() for member in entry.group.members)
    ]
    last = max(1, -(-len(found) // PAGE_SIZE))
    number = min(number, last)
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return Page(shown, number, len(found))


def get_entry(session: Session, name: str) -> Entry:
    row = session.scalars(_rows().where(WordGroup.name == name)).one_or_none()
    if row is not None and row.words:
        return Entry(group_of(row), row)
    if name not in Thesaurus.default():
        raise NotFound
    return Entry(Thesaurus.default().group(name), row)


def current_thesaurus(session: Session) -> Thesaurus:
    """What matches are found with; a process makes it once for each revision."""
    local = database_of(session).local
    point, thesaurus = cast(tuple[Point, Thesaurus], local.get(KEPT, (START, Thesaurus.default())))
    revision, known = standing(session, Collection.VOCABULARY, point)
    if not known or revision != point.revision:
        point = point_at(session, Collection.VOCABULARY, revision)
        thesaurus = Thesaurus.from_groups(_in_use(session))
        local[KEPT] = point, thesaurus
    return thesaurus


def _in_use(session: Session) -> Iterator[Group]:
    return (entry.group for entry in list_entries(session) if not entry.is_off)


def _rows() -> Select[WordGroup]:
    return select(WordGroup).options(joinedload(WordGroup.added_by))
