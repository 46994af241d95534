"""Thesauri in SKOS, the W3C's vocabulary for them: Los and many others are published in it.

A concept is a group, its labels are the members, and the last part of its IRI is the id. Nothing
is ever fetched: neither contexts of JSON-LD nor external entities of XML.

Source: SKOS Reference, W3C Recommendation 18 August 2009, section 5.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from xml.parsers.expat import ParserCreate

from matching.thesaurus.groups import Group, ThesaurusError
from matching.thesaurus.normal import split
from matching.thesaurus.thesaurus import Thesaurus

if TYPE_CHECKING:
    from rdflib import Graph, Literal

BASE = "urn:behovstorget:thesaurus:"
"""What the IRIs of written concepts begin with, before the id of the group."""

LONGEST_ENTITY = 200
"""Characters an XML entity may stand for: enough for the beginning of an IRI, its use in RDF."""

_FORMATS = {
    ".ttl": "turtle",
    ".rdf": "xml",
    ".xml": "xml",
    ".jsonld": "json-ld",
    ".nt": "nt",
}
_LANGUAGES = ("nb", "no", "", "nn", "en")
"""Languages of labels that are read; the first there is gives the label of the group."""


def read_skos(path: Path) -> Thesaurus:
    """Return the groups of a SKOS file.

    Preferred, alternative and hidden labels in bokmål, nynorsk, Norwegian, English or no language
    are members. Concepts without such labels are passed over; concepts whose IRIs end alike are
    one group.

    Parameters
    ----------
    path
        Its suffix says the format: .ttl, .rdf or .xml, .jsonld, .nt.

    Raises
    ------
    ThesaurusError
        Where the suffix is another, the file cannot be parsed, has contexts elsewhere or entities
        other than short texts, or has no labelled concept.
    OSError
        Where the file cannot be read.
    """
    labels: dict[str, list[str]] = {}
    for group_id, found in sorted(_concepts(_parsed(path))):
        labels.setdefault(group_id, []).extend(found)
    try:
        groups = [Group(key, tuple(dict.fromkeys(found))) for key, found in labels.items()]
    except ValueError as error:
        raise ThesaurusError(path, str(error)) from error
    if not groups:
        raise ThesaurusError(path, "no concept with a label")
    return Thesaurus.from_groups(groups)


def write_skos(thesaurus: Thesaurus, path: Path) -> None:
    """Write a thesaurus as SKOS, without languages, so that `read_skos` gives back its equal.

    Parameters
    ----------
    path
        Its suffix says the format, as for `read_skos`.

    Raises
    ------
    ThesaurusError
        Where the suffix is another.
    """
    from rdflib import RDF, SKOS, Graph, Literal, URIRef  # noqa: PLC0415 - few need it

    form = _format(path)
    graph = Graph()
    graph.bind("skos", SKOS)
    for group in thesaurus:
        concept = URIRef(BASE + quote(group.id, safe=""))
        graph.add((concept, RDF.type, SKOS.Concept))
        graph.add((concept, SKOS.prefLabel, Literal(group.label)))
        for member in group.members[1:]:
            graph.add((concept, SKOS.altLabel, Literal(member)))
    graph.serialize(path, format=form, encoding="utf-8")


def _format(path: Path) -> str:
    form = _FORMATS.get(path.suffix.lower())
    if form is None:
        raise ThesaurusError(path, f"the suffix is none of {', '.join(_FORMATS)}")
    return form


def _parsed(path: Path) -> Graph:
    from rdflib import Graph  # noqa: PLC0415 - few need it

    form, data = _format(path), path.read_bytes()
    try:
        if form == "json-ld":
            _refuse_contexts_elsewhere(json.loads(data))
        elif form == "xml":
            _refuse_entities(data)
        return Graph().parse(data=data, format=form, publicID=BASE)
    except Exception as error:  # the parsers of rdflib raise whatever they trip over
        raise ThesaurusError(path, f"cannot be parsed: {error}", _line_of(error)) from error


def _line_of(error: Exception) -> int | None:
    """Where a parser stopped; that of Turtle counts the lines before it."""
    before, line = (getattr(error, name, None) for name in ("lines", "lineno"))
    if isinstance(before, int):
        return before + 1
    return line if isinstance(line, int) else None


def _refuse_contexts_elsewhere(document: object) -> None:
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, list):
            waiting.extend(value)
        elif isinstance(value, dict):
            if "@import" in value or any(isinstance(c, str) for c in _contexts(value)):
                raise ValueError("its context is elsewhere, and nothing is fetched")
            waiting.extend(value.values())


def _refuse_entities(data: bytes) -> None:
    parser = ParserCreate()
    parser.EntityDeclHandler = _refuse_entity
    parser.Parse(data, True)


def _refuse_entity(name: str, _parameter: bool, value: str | None, *_where: str | None) -> None:
    if value is None or "&" in value or len(value) > LONGEST_ENTITY:
        raise ValueError(f"entity {name} is elsewhere, of other entities, or too long")


def _contexts(value: dict[str, object]) -> list[object]:
    context = value.get("@context")
    return context if isinstance(context, list) else [context]


def _concepts(graph: Graph) -> Iterator[tuple[str, list[str]]]:
    from rdflib import RDF, SKOS, Literal, URIRef  # noqa: PLC0415 - few need it

    for concept in graph.subjects(RDF.type, SKOS.Concept, unique=True):
        labels = [
            label
            for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
            for label in _ordered(
                found for found in graph.objects(concept, kind) if isinstance(found, Literal)
            )
        ]
        if labels and isinstance(concept, URIRef):
            yield _last_part(str(concept)), labels


def _ordered(labels: Iterable[Literal]) -> list[str]:
    known = [
        (_LANGUAGES.index(language), " ".join(label.split()))
        for label in labels
        if (language := (label.language or "").split("-")[0].lower()) in _LANGUAGES and split(label)
    ]
    return [text for _, text in sorted(known)]


def _last_part(iri: str) -> str:
    return unquote(iri.rstrip("/#").replace("#", "/").replace(":", "/").rpartition("/")[2])
