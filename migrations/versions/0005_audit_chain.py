"""audit chain: every event has a place and a hash, and the database refuses to change it

What is copied here from the application is how it was when this was written.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

REFUSAL = "the audit trail is only added to"
SAME_ROW = {
    "audit_event": "id = NEW.id",
    "audit_link": "event_id = NEW.event_id OR (chain = NEW.chain AND sequence = NEW.sequence)",
}
OF_NEED = "SELECT x.id, u.organisation_id FROM {} x {} JOIN unit u ON u.id = n.unit_id"
TO_NEED = "JOIN need n ON n.id = x.need_id"
TO_PAIRING = "JOIN pairing p ON p.id = x.pairing_id JOIN need n ON n.id = p.need_id"
TO_PILOT = "JOIN pilot y ON y.id = x.pilot_id" + TO_PAIRING.replace("JOIN", " JOIN", 1).replace(
    "x.pairing_id", "y.pairing_id"
)
TO_PROCUREMENT = TO_PILOT.replace("pilot", "procurement")
MUNICIPALITIES = {
    "Organisation": "SELECT id, id FROM organisation WHERE kind = 'municipality'",
    "Unit": "SELECT id, organisation_id FROM unit",
    "Wish": "SELECT id, organisation_id FROM wish",
    "Programme": "SELECT id, municipality_id FROM programme",
    "PortfolioPlan": "SELECT id, municipality_id FROM portfolio_plan",
    "CapacityLimit": "SELECT id, municipality_id FROM capacity_limit",
    "Need": "SELECT n.id, u.organisation_id FROM need n JOIN unit u ON u.id = n.unit_id",
    "NeedParticipation": OF_NEED.format("need_participation", TO_NEED),
    "Question": OF_NEED.format("question", TO_NEED),
    "Judgement": OF_NEED.format("judgement", TO_NEED),
    "Interest": OF_NEED.format("interest", TO_NEED),
    "Pairing": OF_NEED.format("pairing", TO_NEED),
    "PairWish": OF_NEED.format("pair_wish", TO_NEED),
    "Agreement": OF_NEED.format("agreement", TO_PAIRING),
    "Pilot": OF_NEED.format("pilot", TO_PAIRING),
    "Decision": OF_NEED.format("decision", TO_PAIRING),
    "Procurement": OF_NEED.format("procurement", TO_PAIRING),
    "Purchase": OF_NEED.format("purchase", TO_PAIRING),
    "Lesson": OF_NEED.format("lesson", TO_PAIRING),
    "Checkpoint": OF_NEED.format("checkpoint", TO_PILOT),
    "ProcurementStep": OF_NEED.format("procurement_step", TO_PROCUREMENT),
    "DialogueEntry": OF_NEED.format("dialogue_entry", TO_PROCUREMENT),
}
"""By the kind of row that an event is about: each such row with its municipality."""

EVENTS = sa.table(
    "audit_event",
    sa.column("id", sa.Integer()),
    sa.column("at", sa.DateTime(timezone=True)),
    sa.column("actor_id", sa.Integer()),
    sa.column("event", sa.String()),
    sa.column("subject_type", sa.String()),
    sa.column("subject_id", sa.Integer()),
    sa.column("before", sa.JSON()),
    sa.column("after", sa.JSON()),
    sa.column("reason", sa.Text()),
)


def upgrade() -> None:
    links = op.create_table(
        "audit_link",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("contents_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("sequence > 0", name=op.f("ck_audit_link_sequence_positive")),
        sa.ForeignKeyConstraint(
            ["event_id"], ["audit_event.id"], name=op.f("fk_audit_link_event_id_audit_event")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("chain", "sequence", name=op.f("uq_audit_link_chain_sequence")),
    )
    _add_in_portions(links, _links(op.get_bind()))
    for table in SAME_ROW:
        _guard(table)


def downgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    names = ["no_change"] if postgresql else ["no_update", "no_delete", "no_replace"]
    for table in SAME_ROW:
        for name in names:
            op.execute(f"DROP TRIGGER {table}_{name}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION refuse_audit_change()")
    op.drop_table("audit_link")


def _add_in_portions(links: sa.Table, rows: Iterator[dict[str, Any]]) -> None:
    portion = []
    for row in rows:
        portion.append(row)
        if len(portion) == 1000:
            op.bulk_insert(links, portion)
            portion = []
    if portion:
        op.bulk_insert(links, portion)


def _links(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    """Each event in the order it was written, in the chain of its municipality."""
    chains = {
        (kind, row_id): municipality
        for kind, statement in MUNICIPALITIES.items()
        for row_id, municipality in connection.execute(sa.text(statement))
    }
    heads: dict[int, tuple[int, str]] = {}
    for event in connection.execute(sa.select(EVENTS).order_by(EVENTS.c.id)).all():
        chain = chains.get((event.subject_type, event.subject_id), 0)
        sequence, before = heads.get(chain, (0, ""))
        salt = secrets.token_hex(16)
        contents = _hash([salt, event.before, event.after, event.reason])
        hash_ = _hash(
            [
                before,
                chain,
                sequence + 1,
                event.id,
                _moment(event.at),
                event.actor_id,
                event.event,
                event.subject_type,
                event.subject_id,
                contents,
            ]
        )
        heads[chain] = (sequence + 1, hash_)
        yield {
            "event_id": event.id,
            "chain": chain,
            "sequence": sequence + 1,
            "salt": salt,
            "contents_hash": contents,
            "hash": hash_,
        }


def _moment(at: Any) -> str:
    """SQLite knows no time zone: what it holds is UTC."""
    utc = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    return str(utc.isoformat(timespec="microseconds"))


def _hash(value: object) -> str:
    plain = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode("ascii")).hexdigest()


def _guard(table: str) -> None:
    make = _on_sqlite if op.get_bind().dialect.name == "sqlite" else _on_postgresql
    for statement in make(table):
        op.execute(statement)


def _on_sqlite(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    same_row = f"EXISTS (SELECT 1 FROM {table} WHERE {SAME_ROW[table]})"  # noqa: S608  constants
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {same_row} {refuse}",
    ]


def _on_postgresql(table: str) -> list[str]:
    refuse = f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'"
    returns = "RETURNS trigger LANGUAGE plpgsql AS"
    changes = "BEFORE UPDATE OR DELETE OR TRUNCATE"
    for_all = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    return [
        f"CREATE OR REPLACE FUNCTION refuse_audit_change() {returns} $$BEGIN {refuse}; END$$",
        f"CREATE TRIGGER {table}_no_change {changes} ON {table} {for_all}",
    ]
