"""The text that goes in: one need or one concept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One text with a name, as a collection holds it or as a query asks it.

    Parameters
    ----------
    id
        Names the text within its collection. A query may leave it empty.
    title
        Short heading. May be empty.
    text
        The text itself: plain, or with HTML tags, which are left out.
    language
        Language code where the caller knows it. The ranking does not need it: the features of a
        word are the same whatever the language of the text it stands in, so that a wrong code
        costs nothing.
    fields
        More texts by name, such as `{"effect": "…"}`; each counts as
        `matching.Parameters.field_weights` says.

    Examples
    --------
    >>> Document("k1", "Turvenn", "Frivillige går tur.", fields={"effect": "Flere sover godt."})
    Document(id='k1', title='Turvenn', text='Frivillige går tur.', language=None, \
fields=(('effect', 'Flere sover godt.'),))
    """

    id: str
    title: str = ""
    text: str = ""
    language: str | None = None
    fields: Sequence[tuple[str, str]] | Mapping[str, str] = ()

    def __post_init__(self) -> None:
        """Keep the fields as pairs, so that the document can be a key."""
        pairs = self.fields.items() if isinstance(self.fields, Mapping) else self.fields
        object.__setattr__(self, "fields", tuple(pairs))
