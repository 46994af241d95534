"""Read whom a text is for: ages, schools and groups, and the words that told it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice, pairwise

from matching.facets.codes import AGE, GROUP, SCHOOL, Group, School
from matching.facets.cues import NO
from matching.facets.model import Facets, Range, union
from matching.facets.phrases import phrases
from matching.facets.roles import roles
from matching.facets.selection import Seen, select
from matching.facets.sentences import Sentence, sentences

MOST_READ = 20_000
"""Characters of a title or a text that are read: what comes after ten pages tells nothing new."""

MOST_MENTIONS = 300
"""Where a text names people more often, the rest is not read: they are compared with each other."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of a text that told whom it is for.

    Attributes
    ----------
    text
        The words as they stand there.
    start, end
        Where, in characters from the beginning of the title or of the text.
    in_title
        Which of the two.
    """

    text: str
    start: int
    end: int
    in_title: bool


@dataclass(frozen=True, slots=True)
class TargetGroup:
    """Whom a text is for. What is empty is unknown.

    Attributes
    ----------
    ages
        Years of age, in ascending order; an open high end is infinite.
    schools
        Where they go to school, given where the text tells their age by school alone.
    groups
        What groups they belong to.
    evidence
        The words that told it, in their order, those of the title first.
    named_ages, named_schools
        Ages and schools of all people whom the text names, whatever their part in it.
    """

    ages: tuple[Range, ...] = ()
    schools: frozenset[School] = frozenset()
    groups: frozenset[Group] = frozenset()
    evidence: tuple[Evidence, ...] = ()
    named_ages: tuple[Range, ...] = ()
    named_schools: frozenset[School] = frozenset()

    def safe_facets(self) -> Facets:
        """Return facets that nobody need confirm: wide enough to refuse nothing that might fit.

        A text often names others too: those who help, or whom one has tried to reach before.
        Where it says whom it is for, it is taken to be for anybody of the ages that it names.
        Groups are left to a person.
        """
        ages = self.named_ages if self.ages else ()
        return Facets({AGE: ages, SCHOOL: self.named_schools if self.schools else ()})

    def facets(self) -> Facets:
        """Return it as facets "age", "school" and "group"."""
        return Facets({AGE: self.ages, SCHOOL: self.schools, GROUP: self.groups})


@lru_cache(maxsize=1000)
def read_target_group(text: str, *, title: str = "") -> TargetGroup:
    """Return whom a Norwegian or English text is for, as far as it says so.

    Silent where it is unsure. The words it knows are in `matching.facets.phases` and
    `matching.facets.groups`.

    Examples
    --------
    >>> found = read_target_group("Pensjonister hjelper elever på 8. og 9. trinn med lekser.")
    >>> found.ages
    (Range(low=13, high=15),)
    >>> sorted(map(str, found.groups)), [each.text for each in found.evidence]
    (['pupils'], ['elever', '8. og 9. trinn'])
    """
    named = list(islice(_named(title, text), MOST_MENTIONS))
    aged, grouped = select(named)
    schools = [each.mention.schools for each in aged]
    return TargetGroup(
        union(each.years for each in aged),
        frozenset().union(*schools) if all(schools) else frozenset(),
        frozenset().union(*(each.mention.groups for each in grouped)),
        _evidence([*aged, *grouped]),
        union(each.years for each in named if each.mention.ages),
        frozenset().union(*(each.mention.schools for each in named)),
    )


def _named(title: str, text: str) -> Iterator[Seen]:
    read = chain(sentences(title[:MOST_READ], in_title=True), sentences(text[:MOST_READ]))
    for sentence in _meant(read):
        for found in roles(phrases(sentence)):
            yield Seen(*found)


def _meant(read: Iterable[Sentence]) -> Iterator[Sentence]:
    """Yield the sentences, but no question that the next one answers with "nei"."""
    for sentence, following in pairwise(chain(read, (None,))):
        refused = following is not None and following.word(0) in NO
        if sentence is not None and not (refused and sentence.words[-1:] == ["?"]):
            yield sentence


def _evidence(used: Iterable[Seen]) -> tuple[Evidence, ...]:
    found = {_words_of(each) for each in used}
    return tuple(sorted(found, key=lambda each: (not each.in_title, each.start)))


def _words_of(seen: Seen) -> Evidence:
    sentence = seen.sentence
    spans = sentence.spans[seen.mention.first : seen.mention.last]
    start, end = spans[0][0], spans[-1][1]
    words = sentence.text[start:end]
    return Evidence(words, sentence.start + start, sentence.start + end, sentence.in_title)
