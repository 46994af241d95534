"""The text that goes in: one need or one concept."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One text with a name, as a collection holds it or as a query asks it.

    Parameters
    ----------
    id
        Names the text within its collection. A query may leave it empty.
    title
        Short heading; its words count more than those of the text. May be empty.
    text
        The text itself: plain, or with HTML tags, which are left out.
    language
        Language code where the caller knows it. The ranking does not need it: the features of a
        word are the same whatever the language of the text it stands in, so that a wrong code
        costs nothing.
    """

    id: str
    title: str
    text: str
    language: str | None = None
