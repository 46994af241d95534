"""Made-up needs and concepts to measure with: those of the demo, as many as one asks for.

Text number n is the same on every machine. They are harder than real ones: two of them share
more words than two paragraphs of news do, so that a question touches more documents.
"""

from __future__ import annotations

from marketplace.demo.made_up import Writer, concept_texts, need_texts
from matching import Document

CONCEPT = ("description",)
NEED = ("problem",)


def concepts(count: int, first: int = 0) -> list[Document]:
    """Return made-up concepts, from number `first` on; their ids are their numbers."""
    return [_concept(number) for number in range(first, first + count)]


def _concept(number: int) -> Document:
    texts = concept_texts(Writer("concept", number))
    return Document(str(number), texts["title"], "\n".join(texts[field] for field in CONCEPT))


def needs(count: int, first: int = 0) -> list[Document]:
    """Return made-up needs, from number `first` on; their ids are their numbers."""
    return [_need(number) for number in range(first, first + count)]


def _need(number: int) -> Document:
    texts = need_texts(Writer("need", number))
    return Document(str(number), texts["title"], "\n".join(texts[field] for field in NEED))


if __name__ == "__main__":  # `make bench` runs every program here.
    for document in (*concepts(1), *needs(1)):
        print(document.title, document.text, sep="\n", end="\n\n")
