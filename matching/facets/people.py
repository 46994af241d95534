"""How a line of the tables of words for people is written.

A word is written with its endings after slashes: `elev/er/en` stands for elev, elever and eleven.
Several words are joined by `_`. Common typing errors and dialect stand among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from matching.facets.codes import Group, School
from matching.facets.model import Range


class Kind(Enum):
    """What a word that names people needs around it to be whom a text is for."""

    PERSON = auto()
    ADJECTIVE = auto()
    """Such as "eldre": names people only where no other noun follows."""
    PARENT = auto()
    """Who follows with "til" or "av" is theirs, and not whom the text is for."""
    STAFF = auto()
    """Mostly those who help or who write: for them only where the text says so."""
    TRAIT = auto()
    """Such as "demens": tells of people only after them."""
    PLACE = auto()
    """Such as "barnehage": may be a building or the writer."""
    EVERYONE = auto()
    """Counts where nothing narrower is said."""
    GRADE = auto()
    """Such as "mellomtrinnet": a part of a school, and so its pupils, where it is the subject."""
    NUMBER = auto()
    """Ages or grades in numbers, which are in no table."""


@dataclass(frozen=True, slots=True)
class People:
    """One line of the tables.

    Attributes
    ----------
    words
        See above.
    kind
        What they need around them.
    groups
        Whom they name.
    ages
        Of what age these are; None where they may be of any.
    schools
        Where they go to school.
    """

    words: str
    kind: Kind = Kind.PERSON
    groups: tuple[Group, ...] = ()
    ages: Range | None = None
    schools: tuple[School, ...] = ()
