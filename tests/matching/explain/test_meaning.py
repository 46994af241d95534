"""The sentence of a document whose meaning is nearest to a query."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from matching import Document
from matching.semantic.semantic_index import SemanticIndex
from matching.semantic.sentences import MOST_SENTENCES
from matching.semantic.vectors import VectorStore

SUBJECTS = (("eldre", "pensjonister"), ("sykler", "verksted"), ("tur", "vandring"))


class Encoder:
    """Knows three subjects, and counts what it reads."""

    version, dimensions = "three subjects", 4

    def __init__(self) -> None:
        self.read = 0

    def encode(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        self.read += len(texts)
        rows = [
            [*(any(word in text.lower() for word in subject) for subject in SUBJECTS), 0.1]
            for text in texts
        ]
        vectors = np.array(rows, dtype=np.float32)
        found: npt.NDArray[np.float32] = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return found


def index(encoder: Encoder, *texts: str) -> SemanticIndex:
    found = [Document(str(number), "", text) for number, text in enumerate(texts)]
    return SemanticIndex.from_documents(found, store=VectorStore(encoder))


def test_where_nothing_is_near_there_is_none() -> None:
    told = index(Encoder(), "Vi maler hus. Pris på nett.", "Verksted.").explain("vandring", "0")
    assert (told.passage, told.similar_passage) == (None, None)


def test_it_takes_the_place_of_a_passage_where_no_words_are_shared() -> None:
    told = index(Encoder(), "Vi maler hus. Vandring i skogen.", "Verksted.").explain("tur", "0")
    assert told.similar_passage is not None
    assert told.similar_passage.text == "Vandring i skogen."
    assert told.passage == told.similar_passage


def test_shared_words_come_first() -> None:
    held = "Middag til naboer. Kano i elva. Vandring i skogen."
    told = index(Encoder(), held, "Verksted.").explain("middag på tur", "0")
    assert told.passage is not None
    assert told.passage.text == "Middag til naboer."
    assert told.similar_passage is not None
    assert told.similar_passage.text == "Vandring i skogen."


def test_each_sentence_is_encoded_once_and_not_too_many() -> None:
    encoder = Encoder()
    held = index(encoder, " ".join(f"Tur nummer {n} er fin." for n in range(100)), "Verksted.")
    held.rank("vandring")
    before = encoder.read
    held.explain("vandring", "0")
    assert encoder.read - before == MOST_SENTENCES
    held.explain("vandring", "0")
    assert encoder.read - before == MOST_SENTENCES
