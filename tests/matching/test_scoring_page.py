"""The worked example in docs/scoring.md, counted again."""

from __future__ import annotations

import doctest
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from matching import Document, MatchIndex
from matching.index.features import features_of, ngram_form, root_form
from matching.index.queries import QueryBatch
from matching.index.weighting import UNITS, burstiness, idf, length_classes
from matching.strength import probabilities
from matching.text import is_stop, words
from matching.topk.search import BITS, FREQUENCIES

PAGE = Path(__file__).parents[2] / "docs" / "scoring.md"

DOCUMENTS = (
    Document("k1", "Turvenn", "Frivillige går tur med eldre."),
    Document("k2", "Kafé", "Pensjonister spiser lunsj med andre pensjonister."),
    Document("k3", "Datakurs", "Vi lærer voksne å bruke regneark og nettbank."),
)
QUERY = "Turer for eldre"

Row = tuple[str, ...]


@dataclass(frozen=True)
class Feature:
    """A feature of a word of the query; all numbers are those of the index."""

    word: str
    name: str
    kind: str
    document_frequency: int
    idf: float
    burstiness: float
    weight: float
    frequencies: tuple[float, ...]
    impacts: tuple[float, ...]

    @property
    def alike(self) -> Row:
        """What features of one row of a table share."""
        return self.word, self.kind, f"{self.idf} {self.frequencies}"


@cache
def index() -> MatchIndex:
    return MatchIndex.from_documents(DOCUMENTS)


@cache
def batch() -> QueryBatch:
    return index().state().analyze([Document("", "", QUERY)])


def names_of(word: str) -> list[tuple[str, str]]:
    """Return the kind and the name of each feature of a word, in the order of the index."""
    padded, (shortest, longest) = f"_{ngram_form(word)}_", index().parameters.ngrams
    ngrams = [
        padded[at : at + size]
        for size in range(shortest, longest + 1)
        for at in range(len(padded) - size + 1)
    ]
    groups = index().state().collection.thesaurus.groups_of(word)
    return [
        ("root", root_form(word)),
        *(("n-gram", each) for each in dict.fromkeys(ngrams)),
        *(("group", each) for each in groups),
    ]


def features() -> Iterator[Feature]:
    state, parameters = index().state(), index().parameters
    collection, lexicon = state.collection, state.collection.lexicon
    for term, (word,) in enumerate(batch().words_of(0)):
        keys = features_of([word], parameters.ngrams, collection.thesaurus)[1]
        for key, (kind, name) in zip(keys.tolist(), names_of(word), strict=True):
            number = lexicon.ids.find(np.array([key], dtype=np.uint64))
            held, uses = (
                np.where(number < 0, 0, counts[number])
                for counts in (lexicon.document_frequency, lexicon.uses)
            )
            frequencies = [_frequency(document, int(number[0])) for document in range(3)]
            yield Feature(
                word,
                name,
                kind,
                int(held[0]),
                float(idf(state.statistics.documents, held)[0]),
                float(burstiness(held, uses, state.statistics.mean_uses)[0]),
                _weight(term, key),
                tuple(each / UNITS for each in frequencies),
                tuple(_impact(*each) for each in enumerate(frequencies)),
            )


def _frequency(document: int, feature: int) -> int:
    held, frequencies = index().state().collection.features(document)
    return int(frequencies[held == feature].sum())


def _impact(document: int, frequency: int) -> float:
    state = index().state()
    row = int(state.collection.classes[document]) * FREQUENCIES
    return float(state.model.impacts[row + frequency]) / (1 << BITS)


def _weight(term: int, key: int) -> float:
    asked = batch()
    span = slice(*asked.asked_starts[term : term + 2].tolist())
    found = asked.asked_weights[span][asked.keys[asked.asked[span]] == key]
    return float(found.sum()) / (1 << BITS)


def together() -> Iterator[list[Feature]]:
    """Yield the features that have all numbers in common."""
    found: dict[Row, list[Feature]] = {}
    for feature in features():
        found.setdefault(feature.alike, []).append(feature)
    yield from found.values()


# ---------------------------------------------------------------------- tables


def words_of_documents() -> Iterator[Row]:
    collection = index().state().collection
    for number, document in enumerate(DOCUMENTS):
        held, counts = collection.rows.get(number)
        said = [
            f"{collection.lexicon.words[word]} {count / UNITS:g}"
            for word, count in zip(held.tolist(), counts.tolist(), strict=True)
        ]
        yield document.id, ", ".join(said), f"{collection.lengths[number] / UNITS:g}"


def features_of_words() -> Iterator[Row]:
    for word in ("turer", "tur", "turvenn", "eldre", "pensjonister"):
        of_kind: dict[str, list[str]] = {}
        for kind, name in names_of(word):
            of_kind.setdefault(kind, []).append(name)
        said = [" ".join(of_kind.get(kind, ["–"])) for kind in ("root", "n-gram", "group")]
        yield word, *said


def weights() -> Iterator[Row]:
    for group in together():
        one = group[0]
        yield (
            one.word,
            one.kind,
            " ".join(each.name for each in group),
            str(one.document_frequency),
            f"{one.idf:.4f}",
            "–" if one.kind == "n-gram" else f"{one.burstiness:.4f}",
            f"{one.weight:.4f}",
            f"{sum(each.weight for each in group):.4f}",
        )
    yield "all", "", "", "", "", "", "", f"{sum(each.weight for each in features()):.4f}"


def contributions() -> Iterator[Row]:
    sums = np.zeros(3)
    for group in together():
        weight = sum(each.weight for each in group)
        added = [weight * impact for impact in group[0].impacts]
        sums += added
        cells = [
            f"{times:g} → {impact:.4f} → {more:.4f}" if times else "–"
            for times, impact, more in zip(
                group[0].frequencies, group[0].impacts, added, strict=True
            )
        ]
        yield " ".join(each.name for each in group), f"{weight:.4f}", *cells
    yield "score", "", *(f"{each:.4f}" for each in sums)


def matches() -> Iterator[Row]:
    statistics = index().state().statistics
    for match in index().rank(QUERY):
        (likely,) = probabilities(
            np.array([match.score]), None, batch().terms_of(0), statistics
        ).tolist()
        yield (
            match.document_id,
            f"{match.score:.4f}",
            str(match.tie_group),
            f"{likely:.3f}",
            match.strength.value,
        )


TABLES = (words_of_documents, features_of_words, weights, contributions, matches)


def tables_of_the_page() -> list[list[Row]]:
    """Return the tables under the mark that says they are counted, without their headers."""
    text = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"^<!-- counted -->\n((?:\|.*\n)+)", text, re.MULTILINE)
    return [[cells(line) for line in table.splitlines()[2:]] for table in found]


def cells(line: str) -> Row:
    return tuple(cell.strip().strip("`*") for cell in line.strip("|").split("|"))


def test_the_texts_and_the_query_stand_in_the_page() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for document in DOCUMENTS:
        assert f'Document("{document.id}", "{document.title}", "{document.text}")' in page
    assert f'index.rank("{QUERY}")' in page


@pytest.mark.parametrize("number", range(len(TABLES)))
def test_a_table_of_the_page_is_what_the_library_counts(number: int) -> None:
    assert tables_of_the_page()[number] == list(TABLES[number]())


def test_the_sums_of_the_page_are_right() -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > 5
    assert failed == 0


def test_scores_of_the_table_are_those_of_the_ranking() -> None:
    added = list(contributions())[-1][2:]
    ranked = {match.document_id: f"{match.score:.4f}" for match in index().rank(QUERY)}
    assert added == tuple(ranked[document.id] for document in DOCUMENTS)


def test_words_of_the_query_that_bind_are_not_asked() -> None:
    assert [word for (word,) in batch().words_of(0)] == [
        word for word in words(QUERY) if not is_stop(word)
    ]


def test_documents_of_the_example_have_a_length_class_of_their_own() -> None:
    lengths = index().state().collection.lengths
    assert len(set(length_classes(lengths).tolist())) == len(set(lengths.tolist()))
