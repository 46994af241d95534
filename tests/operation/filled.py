"""The demo with a row in every table and every foreign key set, and older databases with it.

A database at an older revision is made by that revision's own migrations and filled with what the
demo has for its tables and columns. Rows that its rules would not have taken are left out: there
can have been none. So nothing has to be kept from the days of a revision but the migration itself.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    Enum,
    Executable,
    MetaData,
    String,
    Table,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import IntegrityError

from marketplace.core.db import UtcDateTime
from marketplace.models import metadata

Row = dict[str, Any]
Rows = dict[str, list[Row]]
MOMENT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)

SPECIAL: dict[str, list[Row]] = {
    "capacity_limit": [{"concept_id": None}, {"unit_id": None}],
    "mail_digest": [{"rhythm": "daily"}],
    "text_vector": [{"key": "x", "vector": b"x"}],
}
"""What made-up rows need to follow their table's rules."""

COMPANIONS: dict[str, Row] = {
    "capacity_limit.undone_by_id": {"undone_at": MOMENT},
    "pair_wish.undone_by_id": {"undone_at": MOMENT},
    "judgement.undone_by_id": {"undone_at": MOMENT},
    "case_role_holder.deputy_id": {"deputy_since": MOMENT},
    "outbox_message.digest_id": {"mail_state": "in_digest"},
    "need_participation.withdrawn_by_id": {
        "state": "withdrawn", "withdrawn_at": MOMENT, "withdrawal_reason": "Vi har ingen ledig."
    },
    "threshold.withdrawn_by_id": {
        "withdrawn_at": MOMENT, "withdrawal_reason": "Et siffer for mye.",
    },
    "agreement.withdrawn_by_id": {
        "state": "withdrawn", "withdrawn_at": MOMENT, "withdrawal_reason": "Vi ble ikke enige.",
        "trigger": "renegotiation", "number": 9, "change_reason": "Vi ble enige om mer tid.",
        "unit_signed_by_id": None, "unit_signed_at": None, "superseded_at": None,
        "entrepreneur_signed_by_id": None, "entrepreneur_signed_at": None,
    },
    "procurement.cancelled_by_id": {
        "state": "cancelled", "cancelled_at": MOMENT, "cancel_reason": "Det kom ikke penger.",
    },
}  # fmt: skip
"""What is set together with a foreign key that the demo has in no row."""


def fill_gaps(connection: Connection) -> None:
    """Give every table a row and every foreign key a value, where the demo has none."""
    for table in metadata.sorted_tables:
        if not _count(connection, table):
            for row in _made_up(connection, table):
                connection.execute(insert(table).values(row))
        for column in table.columns:
            if column.foreign_keys and not _count(connection, table, column):
                _refer(connection, table, column)


def _count(connection: Connection, table: Table, column: Column[Any] | None = None) -> int:
    statement = select(func.count()).select_from(table)
    if column is not None:
        statement = statement.where(column.is_not(None))
    return connection.scalar(statement) or 0


def _made_up(connection: Connection, table: Table) -> list[Row]:
    row = {
        column.name: _value(connection, column)
        for column in table.columns
        if not column.primary_key and (column.foreign_keys or not column.nullable)
    }
    undone = {name: None for name in row if name.startswith("undone")}
    return [row | undone | special for special in SPECIAL.get(table.name, [{}])]


def _value(connection: Connection, column: Column[Any]) -> Any:
    for key in column.foreign_keys:
        return connection.scalar(select(func.min(key.column)))
    kind = column.type
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, (DateTime, UtcDateTime)):
        return MOMENT
    samples = {Boolean: True, Date: date(2026, 9, 1), String: "x", JSON: {}}
    return next((sample for type_, sample in samples.items() if isinstance(kind, type_)), 1)


def _refer(connection: Connection, table: Table, column: Column[Any]) -> None:
    """In the first row that can have it; the demo has none that must not."""
    values = {column.name: _value(connection, column)}
    values |= COMPANIONS.get(f"{table.name}.{column.name}", {})
    for row_id in connection.scalars(select(table.c.id).order_by(table.c.id)).all():
        if _allowed(connection, update(table).where(table.c.id == row_id).values(values)):
            return
    raise AssertionError(f"{table.name}.{column.name} is set in no row: tell {__name__} how")


def _allowed(connection: Connection, statement: Executable, rows: list[Row] | None = None) -> bool:
    try:
        with connection.begin_nested():
            connection.execute(statement, rows)
    except IntegrityError:
        return False
    return True


# ---------------------------------------------------------------- at an older revision


def read_all(connection: Connection, tables: Iterable[Table]) -> Rows:
    """All rows by table, in the order of their keys, with plain values."""
    return {
        table.name: [
            {name: _plain(value) for name, value in row._mapping.items()}
            for row in connection.execute(select(table).order_by(*table.primary_key))
        ]
        for table in tables
    }


def _plain(value: Any) -> Any:
    """Code words as text, moments as SQLite gives them back: in UTC, without saying so."""
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, frozenset):
        return f",{','.join(sorted(value))}," if value else None
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC).replace(tzinfo=None)
    return value


def tables_of(engine: Engine) -> list[Table]:
    reflected = MetaData()
    reflected.reflect(engine)
    return [table for table in reflected.sorted_tables if table.name != "alembic_version"]


def fill_as_of_old(engine: Engine, rows: Rows) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SET TIME ZONE 'UTC'"))
        for table in tables_of(engine):
            _fill(connection, table, rows.get(table.name, []))


def _fill(connection: Connection, table: Table, rows: list[Row]) -> None:
    names = [column.name for column in table.columns]
    known = [{name: row[name] for name in names if name in row} for row in rows]
    if not known or _allowed(connection, insert(table), known):
        return
    for row in known:
        _allowed(connection, insert(table).values(row))


def gaps(connection: Connection, tables: Iterable[Table]) -> list[str]:
    """Tables without a row, and foreign keys that are set in none."""
    return [
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if (column.primary_key or column.foreign_keys) and not _count(connection, table, column)
    ]
