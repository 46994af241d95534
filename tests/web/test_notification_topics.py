"""Every topic of every feature can be told: in words, by mail, in a group, with a page to go to."""

import importlib
import inspect
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from werkzeug.exceptions import HTTPException

import marketplace
from marketplace.core.outbox import OutboxMessage
from marketplace.notifications.groups import AT_ONCE, GROUPS, group_of
from marketplace.notifications.messages import DESKS, PAGES, render
from marketplace.notifications.states import TopicGroup
from marketplace.notifications.wording.sentences import NEWS, UNTITLED
from marketplace.notifications.wording.tables import SENTENCES

FULL: dict[str, Any] = {
    "title": "Tittelen",
    "need_title": "Behovet",
    "concept_title": "Konseptet",
    "unit": "Enheten",
    "concepts": ["Konseptet"],
    "reason": "Grunnen.",
    "day": "2026-12-01",
    "role": "coordinator",
    "place": "Stedet",
    "expires_at": datetime(2026, 12, 1, 8, 0, tzinfo=UTC).isoformat(),
    "pairing_id": 3,
    "need_id": 4,
    "programme_id": 6,
    "case_outcome": "bought",
}
SUBJECTS = {
    "account": "Person",
    "agreement": "Agreement",
    "decision": "Decision",
    "digest": "MailDigest",
    "interest": "Interest",
    "lesson": "Lesson",
    "need": "Need",
    "organisation": "Organisation",
    "pairing": "Pairing",
    "participation": "NeedParticipation",
    "pilot": "Pilot",
    "procurement": "Procurement",
    "programme": "Programme",
    "question": "Question",
    "trail": "TimedEvent",
    "wish": "Wish",
}
"""The row that a topic is about, by the first word of its name."""

BY_LINK_ONLY = {
    "account.address",
    "account.invited",
    "account.registered",
    "account.reopened",
    "account.reset",
    "account.role_offered",
}


def topics() -> list[StrEnum]:
    """Every member of every enum of topics, wherever a feature has one."""
    found: dict[str, StrEnum] = {}
    for file in sorted(Path(marketplace.__path__[0]).glob("*/states.py")):
        module = importlib.import_module(f"marketplace.{file.parent.name}.states")
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if name.endswith("Topic") and issubclass(kind, StrEnum):
                found.update({str(topic): topic for topic in kind})
    return list(found.values())


def subject_of(topic: StrEnum) -> str:
    return SUBJECTS[topic.partition(".")[0]]


TOPICS = topics()


def test_topics_are_found() -> None:
    assert len(TOPICS) > 80


@pytest.mark.parametrize("topic", TOPICS, ids=str)
@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_topic_is_told_in_words(app: Flask, topic: StrEnum, language: str) -> None:
    with app.test_request_context(), force_locale(language):
        message = render(str(topic), FULL, subject_of(topic), 5)
        untitled, news = str(UNTITLED), str(NEWS.heading)
    assert str(topic) in SENTENCES
    assert message.heading != news
    assert message.text
    assert message.what_to_do
    assert message.reason == "Grunnen."
    for said in (message.heading, message.text, message.what_to_do):
        assert untitled not in said
        assert "%" not in said
        assert "  " not in said


@pytest.mark.parametrize("topic", TOPICS, ids=str)
def test_a_heading_names_nothing_because_it_is_the_subject_of_a_mail(topic: StrEnum) -> None:
    assert "%" not in str(SENTENCES[str(topic)].heading)


@pytest.mark.parametrize("topic", TOPICS, ids=str)
def test_a_topic_is_in_one_group_or_goes_at_once(topic: StrEnum) -> None:
    assert (str(topic) in AT_ONCE) != (group_of(str(topic)) is not None)


def test_no_group_holds_what_nobody_tells() -> None:
    assert set(GROUPS) | AT_ONCE == {str(topic) for topic in TOPICS}
    assert set(GROUPS.values()) == set(TopicGroup)


@pytest.mark.parametrize("topic", TOPICS, ids=str)
def test_a_topic_leads_to_a_page(app: Flask, topic: StrEnum) -> None:
    if str(topic) in BY_LINK_ONLY:
        return
    with app.test_request_context():
        path = render(str(topic), FULL, subject_of(topic), 5).path
    assert path != "/"
    assert "/0" not in path
    try:
        app.url_map.bind("").match(path, method="GET")
    except HTTPException:
        pytest.fail(f"{topic} leads to {path}, which is no page")


def test_what_a_page_is_named_by_is_a_table() -> None:
    known = {mapper.class_.__name__ for mapper in OutboxMessage.registry.mappers}
    assert set(PAGES) <= known


@pytest.mark.parametrize("pattern", sorted({*PAGES.values(), *DESKS.values()}))
def test_a_page_is_found_by_the_row_or_by_what_the_payload_holds(pattern: str) -> None:
    fields = {name for _, name, _, _ in Formatter().parse(pattern) if name}
    assert fields <= {"pairing_id", "need_id", "programme_id"}
