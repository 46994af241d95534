"""What a group of words that stand for each other has done: the matches that it has made."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from sqlalchemy.orm import Session

from marketplace.matches import queries
from marketplace.matches.index import concepts_index, open_needs_index
from marketplace.needs.models import Need
from matching import Explanation, Group, Thesaurus
from matching.thesaurus.normal import normalize

NEEDS_LOOKED_AT, CONCEPTS_LOOKED_AT = 10, 3


@dataclass(frozen=True, slots=True)
class AtWork:
    """A need, with the words of it that other words of its first concepts stand for."""

    need: Need
    words: tuple[tuple[str, str], ...]
    concepts: int


def found_by_words(session: Session, group: Group) -> Iterator[AtWork]:
    """Of the open needs that say most of a group's words: those whose matches the group makes."""
    fresh, alone = open_needs_index(session), Thesaurus.from_groups([group])
    with fresh.opened(session):
        ids = fresh.search(" ".join(group.members), NEEDS_LOOKED_AT)
    needs = queries.load_needs(session, ids)
    for need in (needs[need_id] for need_id in ids if need_id in needs):
        rows = queries.rank_concepts(session, need, limit=CONCEPTS_LOOKED_AT)
        made = [pairs for row in rows if (pairs := set(_pairs_of(row.explanation, alone)))]
        if made:
            yield AtWork(need, tuple(sorted(set().union(*made))), len(made))


def awaits_words(session: Session) -> bool:
    """Whether matches are still found with the words that counted before the last change."""
    return any(index(session).awaits_words for index in (open_needs_index, concepts_index))


def _pairs_of(explanation: Explanation, alone: Thesaurus) -> Iterator[tuple[str, str]]:
    for term in explanation.shared_terms:
        for pair in product(term.query_words, term.document_words) if term.is_certain else ():
            asked, said = (normalize(word) for word in pair)
            if asked != said and all(_is_in(alone, word) for word in pair):
                yield pair


def _is_in(alone: Thesaurus, word: str) -> bool:
    phrase = tuple(map(normalize, word.split(" ")))
    return bool(alone.groups_of(word)) or phrase in alone.phrases
