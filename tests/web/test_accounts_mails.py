"""What the mails with one-time links say."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from marketplace.accounts.states import AccountTopic
from marketplace.core.actor import Role
from marketplace.ui.messages import Worded, put_in_words

ENDS = datetime(2026, 11, 30, 11, 30, tzinfo=UTC).isoformat()


def words(app: Flask, topic: AccountTopic, **payload: object) -> Worded:
    with app.test_request_context():
        return put_in_words(topic, {"link_secret": "x"} | payload, 1)


@pytest.mark.parametrize(
    ("place", "role"),
    [
        ("Tun sykehjem, Fjordvik kommune", "enhetsleder, Tun sykehjem, Fjordvik kommune"),
        ("", "enhetsleder"),
    ],
)
def test_an_invitation_says_what_role_where_and_how_long(app: Flask, place: str, role: str) -> None:
    message = words(app, AccountTopic.INVITED, role=Role.UNIT_LEADER, place=place, expires_at=ENDS)
    assert "En administrator har invitert deg" in message.text
    assert message.text.endswith(f"Rollen din: {role}.")
    assert "i sju dager. Den går ut 30.11.2026 kl. 12.30." in message.what_to_do


def test_a_reset_says_that_the_link_works_for_an_hour(app: Flask) -> None:
    message = words(app, AccountTopic.RESET, expires_at=ENDS)
    assert "i én time. Den går ut 30.11.2026 kl. 12.30." in message.what_to_do


@pytest.mark.parametrize("topic", [AccountTopic.INVITED, AccountTopic.RESET])
def test_a_message_from_before_says_what_it_knows(app: Flask, topic: AccountTopic) -> None:
    message = words(app, topic)
    assert "Rollen" not in message.text
    assert "går ut" not in message.what_to_do
    assert "  " not in message.text + message.what_to_do
