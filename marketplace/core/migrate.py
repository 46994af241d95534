"""Bringing a database to the newest migration, and proving that migrations equal the models."""

import re
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, MetaData, inspect

from marketplace.core.audit_guard import triggers_of

ROOT = Path(__file__).resolve().parents[2]


def upgrade(engine: Engine, target: str = "head") -> None:
    with engine.connect() as connection:
        command.upgrade(_config(connection), target)
        connection.commit()


def downgrade(engine: Engine, target: str = "base") -> None:
    with engine.connect() as connection:
        command.downgrade(_config(connection), target)
        connection.commit()


def make_revision(engine: Engine, number: str, message: str) -> None:
    with engine.connect() as connection:
        command.revision(_config(connection), message=message, rev_id=number, autogenerate=True)


def _config(connection: Connection) -> Config:
    config = Config(ROOT / "alembic.ini")
    config.attributes["connection"] = connection
    return config


def differences(migrated: Engine, created: Engine, metadata: MetaData) -> list[str]:
    """How a migrated database differs from one made of the models; empty when it does not.

    Alembic compares tables, columns, indexes, unique and foreign keys; it sees neither CHECK
    constraints nor the conditions of partial indexes nor triggers, so those are read back and
    compared here.
    """
    with migrated.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        found = [str(difference) for difference in compare_metadata(context, metadata)]
    ours, theirs = _rules(migrated), _rules(created)
    found += [f"only in the migrated database: {rule}" for rule in sorted(ours - theirs)]
    found += [f"only in the models: {rule}" for rule in sorted(theirs - ours)]
    return found


def _rules(engine: Engine) -> set[str]:
    inspector = inspect(engine)
    with engine.connect() as connection:
        rules = {_plain(trigger) for trigger in triggers_of(connection)}
    for table in inspector.get_table_names():
        if table == "alembic_version":
            continue
        for check in inspector.get_check_constraints(table):
            rules.add(f"{table} {check['name']}: {_plain(check['sqltext'])}")
        for index in inspector.get_indexes(table):
            options = index.get("dialect_options", {})
            condition = next((v for k, v in options.items() if k.endswith("_where")), "")
            columns = ", ".join(column or "expression" for column in index["column_names"])
            rules.add(
                f"{table} {index['name']} unique={index['unique']} ({columns})"
                f" {_plain(str(condition))}"
            )
        for column in inspector.get_columns(table):
            rules.add(f"{table}.{column['name']} {column['type']} null={column['nullable']}")
    return rules


def _plain(sql: str) -> str:
    return re.sub(r"\s+", " ", sql).strip()
