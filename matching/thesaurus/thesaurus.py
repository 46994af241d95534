"""Which groups of words that stand for each other are mentioned where in a text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from matching.thesaurus.groups import Group, read_groups
from matching.thesaurus.normal import binds, is_abbreviation, normalize, split

LONGEST_PHRASE = 6
"""Words of the longest phrase that is found; longer members are kept, but never found."""

_Key = TypeVar("_Key")
_DEFAULT = Path(__file__).parent / "data" / "groups.txt"


class Mention(NamedTuple):
    """A group and where one of its members stands, as indices of words, the end exclusive."""

    group_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Thesaurus:
    """Groups of words that stand for each other, sorted by their id. Never changes.

    Raises
    ------
    ValueError
        Where two groups have the same id.

    Examples
    --------
    >>> thesaurus = Thesaurus.from_groups([Group("ensomhet", ("ensom", "lonely"))])
    >>> thesaurus.find("for ensomme eldre".split())
    [Mention(group_id='ensomhet', start=1, end=2)]
    >>> thesaurus.without("ensomhet").find("for ensomme eldre".split())
    []
    """

    groups: tuple[Group, ...]

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.groups, key=lambda group: group.id))
        object.__setattr__(self, "groups", ordered)
        if len(self._by_id) < len(ordered):
            raise ValueError("two groups have the same id")

    @classmethod
    @cache
    def default(cls) -> Thesaurus:
        """Return the thesaurus of this package, read at the first call."""
        return cls.from_groups(read_groups(_DEFAULT))

    @classmethod
    def from_groups(cls, groups: Iterable[Group]) -> Thesaurus:
        """Return a thesaurus of these groups, whose order does not matter."""
        return cls(tuple(groups))

    def with_group(self, group: Group) -> Thesaurus:
        """Return a thesaurus that also has `group`, in place of the one with its id, if any."""
        return Thesaurus.from_groups({**self._by_id, group.id: group}.values())

    def without(self, group_id: str) -> Thesaurus:
        """Return a thesaurus that lacks a group; raises KeyError where there is none such."""
        gone = self.group(group_id)
        return Thesaurus.from_groups(group for group in self.groups if group is not gone)

    def group(self, group_id: str) -> Group:
        """Return the group with this id; raises KeyError where there is none."""
        return self._by_id[group_id]

    def __iter__(self) -> Iterator[Group]:
        """Go through the groups, sorted by their id."""
        return iter(self.groups)

    def __len__(self) -> int:
        """Return the number of groups."""
        return len(self.groups)

    def __contains__(self, group_id: object) -> bool:
        """Return whether there is a group with this id."""
        return group_id in self._by_id

    def __reduce__(self) -> tuple[type[Thesaurus], tuple[tuple[Group, ...]]]:
        """Pickle the groups alone: the tables are made of them."""
        return Thesaurus, (self.groups,)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of the content: the same on every machine, another after any change."""
        content = repr([(group.id, group.members) for group in self.groups])
        return hashlib.sha256(content.encode()).hexdigest()

    def find(self, words: Sequence[str]) -> list[Mention]:
        """Return which groups are mentioned where, in the order of the words.

        The longest member wins, and the words inside it are not looked at again. The time is
        linear in the number of words.

        Parameters
        ----------
        words
            As a tokenizer gives them, without hyphens, and in the case they were written in:
            abbreviations of two or three letters are found in capitals only.
        """
        forms = [normalize(word) for word in words]
        mentions: list[Mention] = []
        start = 0
        while start < len(words):
            end, ids = self._longest(words, forms, start)
            mentions.extend(Mention(group_id, start, end) for group_id in ids)
            start = end
        return mentions

    def _longest(
        self, words: Sequence[str], forms: Sequence[str], start: int
    ) -> tuple[int, tuple[str, ...]]:
        for length in range(self._lengths.get(forms[start], 1), 1, -1):
            ids = self.phrases.get(tuple(forms[start : start + length]))
            if ids is not None:
                return start + length, ids
        return start + 1, self.groups_of(words[start])

    def groups_of(self, word: str) -> tuple[str, ...]:
        """Return the ids of the groups that a word alone mentions, in the case it is written in.

        A word that only binds ("dem") mentions none, though a member ("demens") may have its form.
        """
        found = self._abbreviations.get(word, ())
        if binds(word):
            return found
        return tuple(dict.fromkeys(found + self._single.get(normalize(word), ())))

    @cached_property
    def phrases(self) -> Mapping[tuple[str, ...], tuple[str, ...]]:
        """The normal forms of the members of several words, and the ids of their groups."""
        return MappingProxyType(
            _ids_by_key(
                (tuple(map(normalize, words)), group_id)
                for words, group_id in self._members
                if 1 < len(words) <= LONGEST_PHRASE
            )
        )

    @cached_property
    def phrase_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The normal forms that phrases begin with, and those that come second in one."""
        first, second = (frozenset(phrase[at] for phrase in self.phrases) for at in range(2))
        return first, second

    @cached_property
    def _single(self) -> dict[str, tuple[str, ...]]:
        return _ids_by_key(
            (normalize(words[0]), group_id)
            for words, group_id in self._members
            if len(words) == 1 and not is_abbreviation(words[0])
        )

    @cached_property
    def _abbreviations(self) -> dict[str, tuple[str, ...]]:
        return _ids_by_key(
            (words[0], group_id)
            for words, group_id in self._members
            if len(words) == 1 and is_abbreviation(words[0])
        )

    @cached_property
    def _lengths(self) -> dict[str, int]:
        lengths: dict[str, int] = {}
        for phrase in self.phrases:
            lengths[phrase[0]] = max(len(phrase), lengths.get(phrase[0], 1))
        return lengths

    @cached_property
    def _members(self) -> list[tuple[tuple[str, ...], str]]:
        return [(split(member), group.id) for group in self.groups for member in group.members]

    @cached_property
    def _by_id(self) -> dict[str, Group]:
        return {group.id: group for group in self.groups}


def _ids_by_key(pairs: Iterable[tuple[_Key, str]]) -> dict[_Key, tuple[str, ...]]:
    found: dict[_Key, dict[str, None]] = {}
    for key, group_id in pairs:
        found.setdefault(key, {})[group_id] = None
    return {key: tuple(ids) for key, ids in found.items()}
