"""The language of texts, and its words and stop words, as the peers have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from stopwordsiso import stopwords

from matching.documents import Document

SNOWBALL = {"no": "norwegian", "en": "english"}
"""The languages told apart, and what Snowball calls them."""

_WORD = re.compile(r"\b\w\w+\b")


def tokens(text: str) -> list[str]:
    """Return the words of a text in small letters, as scikit-learn's vectorizers find them.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    list of str
        Words of two letters or more, in their order.
    """
    return _WORD.findall(text.lower())


def whole_text(document: Document) -> str:
    """Return title and text in one: peers know no titles.

    Parameters
    ----------
    document
        The document.

    Returns
    -------
    str
        Both, with a blank between.
    """
    return f"{document.title} {document.text}"


def language(documents: Sequence[Document]) -> str:
    """Return the language that most of the words are in.

    Parameters
    ----------
    documents
        Of one collection, or the queries put to it.

    Returns
    -------
    str
        "no" or "en": of whose stop words, but for those of both, there are more.
    """
    norwegian, english = stopwords("no"), stopwords("en")
    more = 0
    for document in documents:
        for word in tokens(whole_text(document)):
            more += (word in norwegian) - (word in english)
    return "no" if more >= 0 else "en"
