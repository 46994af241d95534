"""Every topic has one row, which names only what it is told; and old rows read as they did."""

import importlib
import inspect
import json
import re
from collections.abc import Mapping
from dataclasses import fields, replace
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Any, TypeAlias

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.exceptions import HTTPException

import marketplace
from marketplace.core.topics import AT_ONCE, TopicGroup, group_of
from marketplace.ui.access import rule_of
from marketplace.ui.messages import (
    NEWS,
    UNTITLED,
    Message,
    put_in_words,
    register_messages,
    registered_messages,
)

Row: TypeAlias = Mapping[str, Any]
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
SUBJECT_ID = 5


def topics() -> dict[str, StrEnum]:
    """Every member of every enum of topics, wherever a feature has one."""
    root = Path(marketplace.__path__[0])
    found: dict[str, StrEnum] = {}
    for file in sorted(root.rglob("states.py")):
        name = ".".join(("marketplace", *file.relative_to(root).with_suffix("").parts))
        for called, kind in inspect.getmembers(importlib.import_module(name), inspect.isclass):
            if called.endswith("Topic") and issubclass(kind, StrEnum):
                found.update({str(topic): topic for topic in kind})
    return found


def rows_from_before() -> list[Row]:
    """What was said of a stored row when each sentence stood in a table of notifications."""
    lines = (Path(__file__).parent / "messages_before.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


TOPICS = topics()
BEFORE = rows_from_before()
OF_EACH = pytest.mark.parametrize("topic", sorted(TOPICS))
BEFORE_EACH = pytest.mark.parametrize("row", BEFORE, ids=[row["topic"] for row in BEFORE])


@pytest.fixture(autouse=True)
def _installed(whole_app: Flask) -> None:
    """The features have registered their messages."""


def message_of(topic: str) -> Message[Any]:
    return registered_messages()[topic]


# ---------------------------------------------------------------- one row a topic


def test_each_topic_has_a_row_and_each_row_a_topic() -> None:
    assert len(TOPICS) > 100
    assert set(registered_messages()) == set(TOPICS)
    assert {topic for topic, row in registered_messages().items() if row.topic != topic} == set()


def test_a_topic_with_two_rows_is_refused() -> None:
    row = next(iter(registered_messages().values()))
    register_messages([row])
    with pytest.raises(ValueError, match="two messages"):
        register_messages([replace(row)])


@OF_EACH
def test_the_group_is_the_one_of_the_row(topic: str) -> None:
    assert group_of(topic) is message_of(topic).group


def test_every_group_has_a_topic() -> None:
    assert {row.group for row in registered_messages().values()} == {*TopicGroup, AT_ONCE}


# ---------------------------------------------------------------- what a row names


@OF_EACH
def test_sentences_name_only_what_is_told(topic: str) -> None:
    row = message_of(topic)
    said = {*row.told.read({}).said(), *row.sentences}
    named = set(PLACEHOLDER.findall(f"{row.text} {row.what_to_do}"))
    assert named <= said
    assert set(row.sentences) <= named


@OF_EACH
def test_a_heading_names_nothing_because_it_is_the_subject_of_a_mail(topic: str) -> None:
    assert "%" not in str(message_of(topic).heading)


@OF_EACH
def test_a_link_names_only_ids_and_leads_to_a_page(whole_app: Flask, topic: str) -> None:
    row = message_of(topic)
    named = {name for _, name, _, _ in Formatter().parse(row.link) if name}
    ids = {each.name for each in fields(row.told) if each.type is int} | {"subject_id"}
    assert named <= ids
    path = row.link.format(**dict.fromkeys(named, 1))
    try:
        endpoint, _ = whole_app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        pytest.fail(f"{topic} leads to {path}, which is no page")
    assert rule_of(whole_app, endpoint) is not None


@OF_EACH
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_message_is_told_in_words(whole_app: Flask, topic: str, language: str) -> None:
    payload = next(row["payload"] for row in BEFORE if row["topic"] == topic)
    with whole_app.test_request_context(), force_locale(language):
        message = put_in_words(topic, payload, SUBJECT_ID)
        news, untitled = str(NEWS.heading), str(UNTITLED)
    assert message.heading != news
    assert "/0" not in message.path
    for said in (message.heading, message.text, message.what_to_do):
        assert said
        assert untitled not in said
        assert "%" not in said
        assert "  " not in said


# ---------------------------------------------------------------- rows that were stored before


@BEFORE_EACH
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_row_from_before_reads_as_it_did(whole_app: Flask, row: Row, language: str) -> None:
    with whole_app.test_request_context(), force_locale(language):
        message = put_in_words(row["topic"], row["payload"], SUBJECT_ID)
    assert words(message) == row[language]
    assert message.path == row["path"]
    assert message.about == ("" if row["about"] == "Annet" else row["about"])
    assert group_of(row["topic"]) == row["group"]


@BEFORE_EACH
def test_a_row_that_lacks_everything_says_the_rest(whole_app: Flask, row: Row) -> None:
    with whole_app.test_request_context():
        message = put_in_words(row["topic"], {}, SUBJECT_ID)
    assert words(message) == row["lacking"]


@BEFORE_EACH
def test_what_is_told_is_stored_under_the_same_names(row: Row) -> None:
    told = message_of(row["topic"]).told.read(row["payload"])
    assert told.stored() == row["payload"]


def words(message: Any) -> Row:
    return {name: getattr(message, name) for name in ("heading", "text", "reason", "what_to_do")}
