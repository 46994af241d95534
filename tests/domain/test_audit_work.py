"""Each night the worker checks the trail, tells administrators, and anchors it outside."""

import json
import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from marketplace.cli import cli
from marketplace.config import Settings
from marketplace.core import schedule
from marketplace.core.actor import Role
from marketplace.core.audit_anchors import list_heads, read_anchors
from marketplace.core.audit_rows import AuditEvent
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.core.schedule import do_what_is_due
from marketplace.notifications import hooks
from marketplace.notifications.services import trail
from marketplace.notifications.states import NotificationEvent, TrailTopic
from marketplace.worker import run_once
from tests.conftest import NOW
from tests.domain.mail_stage import Collected, MailServer, refuse, settings_for
from tests.domain.trail_tools import faults, tamper, write_events
from tests.factories import make_member

TOMORROW = NOW + timedelta(days=1)
CHANGE = "UPDATE audit_event SET reason = 'Noe annet' WHERE id = 2"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return replace(settings_for(tmp_path), demo=False)


@pytest.fixture(autouse=True)
def _only_these(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.watch_trail(settings)


@pytest.fixture
def administrator_id(real: Database) -> int:
    with real.writing() as session:
        person = make_member(session, Role.ADMINISTRATOR)
        make_member(session, Role.ADMINISTRATOR, active=False)
        session.commit()
        return person.id


def change(database: Database, *statements: str) -> None:
    with database.writing() as session:
        tamper(session, *statements)
        session.commit()


def told(database: Database) -> Sequence[OutboxMessage]:
    with database.reading() as session:
        return session.scalars(select(OutboxMessage)).all()


# ---------------------------------------------------------------- the check


def test_administrators_are_told_of_a_fault_once_a_night(
    real: Database, settings: Settings, administrator_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    write_events(real, 3)
    change(real, CHANGE)
    with caplog.at_level(logging.ERROR):
        for _ in range(2):
            do_what_is_due(real, NOW)
    (message,) = told(real)
    assert (message.person_id, message.topic) == (administrator_id, TrailTopic.FAULT_FOUND)
    assert "what event 2 tells is changed" in caplog.text
    sent = Collected()
    run_once(real, settings, sent)
    assert "verify-audit" in sent[0].get_content()
    do_what_is_due(real, TOMORROW)
    assert len(told(real)) == 2


def test_the_finding_is_an_event_and_the_trail_goes_on(
    real: Database, administrator_id: int
) -> None:
    write_events(real, 3)
    change(real, CHANGE)
    do_what_is_due(real, NOW)
    with real.reading_portions() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert event is not None
        assert (event.event, event.after["faults"]) == (NotificationEvent.TRAIL_FAULT_FOUND, 1)
        assert event.actor_id is None
        assert len(faults(session)) == 1
    assert administrator_id


def test_nobody_is_told_when_all_is_well(
    real: Database, administrator_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    write_events(real, 3)
    with caplog.at_level(logging.INFO):
        do_what_is_due(real, NOW)
    assert told(real) == []
    assert administrator_id
    assert "3 events in 1 chains hold" in caplog.text


def test_a_missing_end_is_told_by_the_anchor_of_the_night_before(
    real: Database, administrator_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    chain = write_events(real, 3)
    do_what_is_due(real, NOW)
    cut = ("DELETE FROM audit_link WHERE sequence = 3", "DELETE FROM audit_event WHERE id = 3")
    change(real, *cut)
    with caplog.at_level(logging.ERROR):
        do_what_is_due(real, TOMORROW)
    assert f"chain {chain} ends at place 2, and was anchored at 3" in caplog.text
    assert [message.person_id for message in told(real)] == [administrator_id]


# ---------------------------------------------------------------- the anchor


def test_the_ends_are_appended_to_the_file_each_day(real: Database, settings: Settings) -> None:
    chain = write_events(real, 2)
    assert settings.audit_anchors == settings.instance_dir / "audit-anchors.jsonl"
    do_what_is_due(real, NOW)
    do_what_is_due(real, NOW)
    write_events(real, 1, chain)
    do_what_is_due(real, TOMORROW)
    lines = [json.loads(line) for line in settings.audit_anchors.read_text().splitlines()]
    assert [(line["chain"], line["sequence"]) for line in lines] == [(chain, 2), (chain, 3)]
    assert [line["at"][:10] for line in lines] == ["2026-09-14", "2026-09-15"]
    with real.reading_portions() as session:
        assert lines[-1]["hash"] == list_heads(session)[-1].hash
        assert faults(session, read_anchors(settings.audit_anchors)) == []


def test_what_is_not_an_anchor_is_named_by_its_line(settings: Settings) -> None:
    lines = ('{"chain": 1, "sequence": 2, "hash": "a"}', "", "[]", '{"chain": 1}', '{"em')
    settings.audit_anchors.write_text("\n".join((*lines, '{"emptied": 57, "why": "Innsyn"}')))
    anchors = read_anchors(settings.audit_anchors)
    assert anchors.unreadable == [3, 4, 5]
    assert (anchors.heads, anchors.emptied) == ({(1, 2): {"a"}}, {57})


def test_a_demo_is_checked_and_not_anchored(
    real: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is thrown away and begun anew in the same folder."""
    monkeypatch.setattr(schedule, "TIMED_WORK", {})
    hooks.watch_trail(replace(settings, demo=True))
    write_events(real, 2)
    assert do_what_is_due(real, NOW) == 1
    assert not settings.audit_anchors.exists()


# ---------------------------------------------------------------- the mail


@pytest.fixture
def to_keeper(settings: Settings) -> Settings:
    keeper = replace(settings, audit_anchors_mail="arkivar@kommune.example")
    hooks.watch_trail(keeper)
    return keeper


def test_the_anchor_is_mailed_where_an_address_is_set(real: Database, to_keeper: Settings) -> None:
    chain = write_events(real, 2)
    do_what_is_due(real, NOW)
    do_what_is_due(real, NOW)
    (file,) = to_keeper.mail_dir.iterdir()
    content = file.read_text()
    assert "arkivar@kommune.example" in content
    assert f'"chain": {chain}, "sequence": 2'.replace("=", "=3D") in content


def test_no_mail_goes_without_an_address(real: Database, settings: Settings) -> None:
    write_events(real, 2)
    do_what_is_due(real, NOW)
    assert not settings.mail_dir.exists()


def test_a_mail_that_fails_is_tried_again_and_keeps_nothing_else_from_being_done(
    real: Database, to_keeper: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_events(real, 2)
    sent = Collected()
    ways = [refuse, sent]
    monkeypatch.setattr(trail, "delivery_for", lambda _settings: ways.pop(0))
    assert do_what_is_due(real, NOW) == 2
    assert len(to_keeper.audit_anchors.read_text().splitlines()) == 1
    assert do_what_is_due(real, NOW) == 1
    assert [mail["To"] for mail in sent] == ["arkivar@kommune.example"]


def test_the_anchor_goes_by_a_real_server(
    real: Database, settings: Settings, mail_server: tuple[MailServer, int]
) -> None:
    server, port = mail_server
    by_mail = replace(settings, smtp_url=f"smtp://127.0.0.1:{port}")
    hooks.watch_trail(replace(by_mail, audit_anchors_mail="arkivar@kommune.example"))
    chain = write_events(real, 2)
    do_what_is_due(real, NOW)
    assert server.receivers == ["arkivar@kommune.example"]
    last = json.loads(server.received[0].get_content().splitlines()[-1])
    assert (last["chain"], last["sequence"]) == (chain, 2)


# ---------------------------------------------------------------- the command


def verify(database: Database, settings: Settings) -> Result:
    url = database.engine.url.render_as_string(hide_password=False)
    environment = {
        "DATABASE_URL": url.replace("+psycopg", ""),
        "INSTANCE_DIR": str(settings.instance_dir),
        "AUDIT_ANCHORS": str(settings.audit_anchors),
    }
    return CliRunner().invoke(cli, ["verify-audit"], env=environment)


def test_the_command_fails_on_a_fault_and_names_it(real: Database, settings: Settings) -> None:
    chain = write_events(real, 3)
    change(real, CHANGE)
    result = verify(real, settings)
    assert result.exit_code == 1
    assert f"changed: chain {chain}, place 2: what event 2 tells is changed" in result.output
    assert "1 faults: the audit trail does not hold." in result.output


def test_the_command_says_that_the_trail_holds(real: Database, settings: Settings) -> None:
    write_events(real, 3)
    before = verify(real, settings)
    assert before.exit_code == 0
    assert "a missing end would not be seen" in before.output
    do_what_is_due(real, NOW)
    after = verify(real, settings)
    assert after.exit_code == 0
    assert "No anchors" not in after.output
    assert "Checked 3 events in 1 chains, against 1 anchors." in after.output
    assert "The audit trail holds." in after.output


def test_the_command_compares_with_the_file(real: Database, settings: Settings) -> None:
    chain = write_events(real, 3)
    do_what_is_due(real, NOW)
    cut = ("DELETE FROM audit_link WHERE sequence > 1", "DELETE FROM audit_event WHERE id > 1")
    change(real, *cut)
    result = verify(real, settings)
    assert result.exit_code == 1
    assert f"cut off: chain {chain} ends at place 1, and was anchored at 3" in result.output
