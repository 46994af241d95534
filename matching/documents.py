"""The text that goes in: one need or one concept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matching.facets import Facets, read_target_group


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
        More texts, as pairs of name and text; each counts as
        `matching.parameters.Parameters.field_weights` says.
    facets
        Whom it is for, as ranges and codes: a document that is for others than the query never
        ranks above one that is not. See `matching.facets`.

    Examples
    --------
    >>> Document("k1", "Turvenn", "Vi går tur.", fields=(("effect", "Flere sover godt."),)).title
    'Turvenn'
    """

    id: str
    title: str = ""
    text: str = ""
    language: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    facets: Facets = Facets()  # noqa: RUF009 - is frozen


def with_target_group(document: Document) -> Document:
    """Return a document with the facets that its texts tell safely, unless it has some already."""
    if document.facets:
        return document
    text = "\n".join([document.text, *(text for _, text in document.fields)])
    found = read_target_group(text)
    if not found.ages:
        found = read_target_group(text, title=document.title)
    return replace(document, facets=found.safe_facets())
