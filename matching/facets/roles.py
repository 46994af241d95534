"""Whom a text is for, among those whom it names: neither those who help nor those who write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matching.facets.mention_roles import belongs_below, role_of_mention
from matching.facets.mentions import Mention
from matching.facets.people import Kind
from matching.facets.phrase_roles import Role, role_of_phrase
from matching.facets.phrases import Phrase


def roles(found: Sequence[Phrase]) -> Iterator[tuple[Phrase, Mention, Role]]:
    """Yield all mentions in the phrases of one sentence, each with its phrase and its role."""
    for number, phrase in enumerate(found):
        following = _next_people(found, number)
        whole = role_of_phrase(phrase, following)
        below = False
        for place, mention in enumerate(phrase.mentions):
            below = place > 0 and belongs_below(phrase, place, below)
            role = Role.OTHER if below else role_of_mention(found, number, place)
            kept = whole is Role.TARGET or role in {Role.OTHER, Role.PLACE}
            yield phrase, mention, role if kept else whole


def _next_people(found: Sequence[Phrase], number: int) -> Phrase | None:
    """Return the next phrase that does not begin with a trait, if it is one of the next two."""
    near = found[number + 1 : number + 3]
    return next((each for each in near if each.mentions[0].kind is not Kind.TRAIT), None)
