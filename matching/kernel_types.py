"""What the compiled search works on: arrays that belong together."""

from __future__ import annotations

from typing import NamedTuple

from matching.arrays import FloatArray, IntArray, SingleArray

CHUNK = 128
"""Sums looked through at a time; `Scratch.sums` has a multiple of it."""

LEVELS = 255
"""Steps to the highest value of a frequent term."""


class Lists(NamedTuple):
    """Flat lists: of key i, `items[starts[i]:starts[i + 1]]` with `values` beside them."""

    starts: IntArray
    items: IntArray
    values: SingleArray


class Scratch(NamedTuple):
    """Room to work in, one for each thread.

    `sums` has one for each document and `peaks` the highest of each chunk of them; `position` one
    for each term: where it stands in the query, from 1, and 0 between queries.
    """

    sums: SingleArray
    peaks: SingleArray
    position: IntArray


class Frequent(NamedTuple):
    """The frequent terms: for each a row with a byte for each document, to be added up in order.

    `row_of` has the row of each term, -1 for a term without one. Row i of `levels` has values in
    multiples of `steps[i]`, rounded, but never to nothing; 0 is a document without the term.
    """

    row_of: IntArray
    levels: IntArray
    steps: SingleArray


class Index(NamedTuple):
    """What is searched: postings of the terms, terms of the documents, and what else is known.

    `peaks` has each term's highest value, `order` each document's rank among equals, `excluded`
    the places that must not come out; `margin` is the greatest relative rounding of a sum.
    """

    postings: Lists
    documents: Lists
    peaks: SingleArray
    order: IntArray
    excluded: IntArray
    margin: float
    frequent: Frequent


class Queries(NamedTuple):
    """What is asked: query i has `terms[starts[i]:starts[i + 1]]` with `weights` beside them."""

    starts: IntArray
    terms: IntArray
    weights: FloatArray


class Found(NamedTuple):
    """Room for the answers: a row for each query, best first, and how many there are."""

    places: IntArray
    scores: FloatArray
    counts: IntArray


class Query(NamedTuple):
    """A query: its terms, their weights in double and in single precision."""

    terms: IntArray
    weights: FloatArray
    singles: SingleArray
