"""Thesauri in SKOS: read, written, and never fetched from elsewhere."""

from __future__ import annotations

import json
import re
import socket
import urllib.request
from pathlib import Path

import pytest

from matching.thesaurus import Group, Mention, Thesaurus, ThesaurusError
from matching.thesaurus.skos import read_skos, write_skos

SUFFIXES = (".ttl", ".rdf", ".xml", ".jsonld", ".nt")

LOS = """<?xml version="1.0" encoding="utf-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:ConceptScheme rdf:about="https://example.org/los/ontologi"/>
  <skos:Concept rdf:about="https://example.org/los/tema/hjelp-hjemme">
    <skos:inScheme rdf:resource="https://example.org/los/ontologi"/>
    <skos:prefLabel xml:lang="nn">Hjelp heime</skos:prefLabel>
    <skos:prefLabel xml:lang="nb">Hjelp hjemme</skos:prefLabel>
    <skos:prefLabel xml:lang="en">Help at home</skos:prefLabel>
    <skos:prefLabel xml:lang="se">Veahkki</skos:prefLabel>
    <skos:narrower rdf:resource="https://example.org/los/ord/snorydding"/>
  </skos:Concept>
  <skos:Concept rdf:about="https://example.org/los/ord/sn%C3%B8rydding">
    <skos:prefLabel xml:lang="nb">Snørydding</skos:prefLabel>
    <skos:prefLabel xml:lang="nn">Snørydding</skos:prefLabel>
    <skos:altLabel xml:lang="nb">Snømåking</skos:altLabel>
    <skos:hiddenLabel xml:lang="nb">brøyting
      av tun</skos:hiddenLabel>
    <skos:broader rdf:resource="https://example.org/los/tema/hjelp-hjemme"/>
  </skos:Concept>
  <skos:Concept rdf:about="https://example.org/los/ord/uten-ord"/>
</rdf:RDF>
"""
TURTLE = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n<https://example.org/{0}> a skos:"
CONTEXT = {"skos": "http://www.w3.org/2004/02/skos/core#", "label": "skos:prefLabel"}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_kwargs: object) -> None:
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(urllib.request, "urlopen", refused)


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_another_suffix_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    for refusing in (lambda: read_skos(path), lambda: write_skos(Thesaurus(()), path)):
        with pytest.raises(ThesaurusError, match=re.escape(f"{path}: the suffix is none of .ttl")):
            refusing()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_damaged_file_is_refused_with_its_name(tmp_path: Path, suffix: str) -> None:
    path = written(tmp_path / f"damaged{suffix}", '<a> {"')
    with pytest.raises(ThesaurusError, match=re.escape(f"{path}: cannot be parsed: ")):
        read_skos(path)


@pytest.mark.parametrize("suffix", [".ttl", ".jsonld"])
def test_a_file_nested_without_end_is_refused(tmp_path: Path, suffix: str) -> None:
    path = written(tmp_path / f"deep{suffix}", "[" * 100_000)
    with pytest.raises(ThesaurusError, match="cannot be parsed"):
        read_skos(path)


def test_a_file_without_concepts_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "empty.ttl", "")
    with pytest.raises(ThesaurusError, match="no concept with a label"):
        read_skos(path)


def test_a_concept_without_an_id_is_refused(tmp_path: Path) -> None:
    text = TURTLE.format("a%20b") + 'Concept ; skos:prefLabel "rus" .'
    with pytest.raises(ThesaurusError, match="'a b' is no id of a group"):
        read_skos(written(tmp_path / "words.ttl", text))


@pytest.mark.parametrize(
    "context",
    [
        "https://example.org/context",
        [CONTEXT, "https://example.org/context"],
        {"@import": "https://example.org/context"},
        {"label": {"@id": "skos:prefLabel", "@context": "https://example.org/context"}},
    ],
)
def test_a_context_elsewhere_is_refused_and_not_fetched(tmp_path: Path, context: object) -> None:
    text = json.dumps({"@graph": [{"@context": context, "@id": "https://example.org/a"}]})
    with pytest.raises(ThesaurusError, match="nothing is fetched"):
        read_skos(written(tmp_path / "words.jsonld", text))


def with_entities(declared: str, used: str) -> str:
    doctype = f"<!DOCTYPE rdf:RDF [{declared}]>\n<rdf:RDF"
    return LOS.replace("<rdf:RDF", doctype).replace("Snømåking", used)


def test_an_entity_elsewhere_is_refused_and_not_read(tmp_path: Path) -> None:
    secret = written(tmp_path / "secret", "hemmelighet")
    for place in ("https://example.org/secret", secret.as_uri()):
        text = with_entities(f'<!ENTITY e SYSTEM "{place}">', "&e;")
        with pytest.raises(ThesaurusError, match="entity e is elsewhere"):
            read_skos(written(tmp_path / "los.rdf", text))


def test_entities_that_explode_are_refused(tmp_path: Path) -> None:
    nested = '<!ENTITY a "rus "><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    for declared, name in ((nested, "b"), (f'<!ENTITY c "{"rus " * 100}">', "c")):
        with pytest.raises(ThesaurusError, match=f"entity {name} is"):
            read_skos(written(tmp_path / "los.rdf", with_entities(declared, f"&{name};")))


def test_a_short_entity_is_read_as_editors_of_vocabularies_write_them(tmp_path: Path) -> None:
    text = with_entities('<!ENTITY word "Måking">', "&word;")
    assert "Måking" in read_skos(written(tmp_path / "los.rdf", text)).group("snørydding").members


def test_a_vocabulary_like_los_is_read(tmp_path: Path) -> None:
    los = read_skos(written(tmp_path / "los.rdf", LOS))
    assert list(los) == [
        Group("hjelp-hjemme", ("Hjelp hjemme", "Hjelp heime", "Help at home")),
        Group("snørydding", ("Snørydding", "Snømåking", "brøyting av tun")),
    ]
    assert los.find("tilbyr snømåking".split()) == [Mention("snørydding", 1, 2)]


def test_labels_in_no_language_and_in_regional_ones_are_read(tmp_path: Path) -> None:
    labels = 'skos:prefLabel "rus" ; skos:altLabel "drugs"@en-GB, "droger"@sv .'
    path = written(tmp_path / "words.ttl", TURTLE.format("ord#rus") + "Concept ; " + labels)
    assert list(read_skos(path)) == [Group("rus", ("rus", "drugs"))]


def test_concepts_whose_iris_end_alike_are_one_group(tmp_path: Path) -> None:
    one = TURTLE.format("ord/rus") + 'Concept ; skos:prefLabel "rus" .\n'
    two = TURTLE.format("tema/rus") + 'Concept ; skos:prefLabel "rusmidler" .\n'
    path = written(tmp_path / "words.ttl", one + two)
    assert list(read_skos(path)) == [Group("rus", ("rus", "rusmidler"))]


def test_a_context_inside_the_file_is_read(tmp_path: Path) -> None:
    concept = {"@id": "https://example.org/rus", "@type": "skos:Concept", "label": "rus"}
    path = written(tmp_path / "words.jsonld", json.dumps({"@context": CONTEXT, **concept}))
    assert list(read_skos(path)) == [Group("rus", ("rus",))]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_written_is_read_back_equal(tmp_path: Path, suffix: str) -> None:
    odd = Group("blåbær/æ#ø%20", ('"ord" & <tegn>', "ÅPEN", "åpen"))
    thesaurus = Thesaurus.default().with_group(odd)
    write_skos(thesaurus, tmp_path / f"words{suffix}")
    back = read_skos(tmp_path / f"words{suffix}")
    assert back == thesaurus
    assert back.fingerprint == thesaurus.fingerprint
