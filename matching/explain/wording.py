"""Which words other texts use for what a text says in words of its own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from matching.documents import Document
from matching.explain.kinship import are_kin, says_same
from matching.index.features import root_form
from matching.text import words
from matching.thesaurus import Thesaurus

_STANDS_FOR = 2.0
"""The similarity of words of one group: see `matching.explain.kinship.says_same`."""


class OtherWord(NamedTuple):
    """A word that others use, the one that a text has for the same, and how many say the same."""

    theirs: str
    own: str
    texts: int


def other_words(
    document: Document, others: Iterable[Document], thesaurus: Thesaurus | None = None
) -> list[OtherWord]:
    """Return what others call that which a text calls something else, what most say first.

    There is at most one word for each group of the thesaurus: the one that most use. Words that a
    reader sees in the text anyway are left out, in other forms and as parts of compounds.

    Parameters
    ----------
    document
        The text.
    others
        The texts of the others; where as many use one word as another, the first counts.
    thesaurus
        Words that stand for each other; those of the package unless given.

    Examples
    --------
    >>> asked = Document("1", "", "Besøksvenn for pensjonister.")
    >>> other_words(asked, [Document("2", "", "Mange eldre er alene om kvelden.")])
    [OtherWord(theirs='eldre', own='pensjonister', texts=1)]
    """
    known = Thesaurus.default() if thesaurus is None else thesaurus
    own = _Said(document, known)
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for other in others:
        for group, word in _Said(other, known).by_group.items():
            if group in own.by_group and own.lacks(word, own.by_group[group]):
                used[group][word] += 1
    found = [
        OtherWord(counted.most_common(1)[0][0], own.by_group[group], counted.total())
        for group, counted in used.items()
    ]
    return sorted(found, key=lambda word: -word.texts)


class _Said:
    """The first word of a text for each group of the thesaurus, and the roots of all its words."""

    def __init__(self, document: Document, thesaurus: Thesaurus) -> None:
        parts = (document.title, document.text, *(text for _, text in document.fields))
        said = words("\n".join(parts))
        self.by_group: dict[str, str] = {}
        for group, start, end in thesaurus.find(said):
            self.by_group.setdefault(group, " ".join(said[start:end]))
        self._roots = {root_form(word) for word in said}

    def lacks(self, word: str, own: str) -> bool:
        """Return whether a word is another one than the text's own for the same."""
        if self._roots.issuperset(map(root_form, word.split())) or are_kin(word, own):
            return False
        return says_same(word, own, _STANDS_FOR)
