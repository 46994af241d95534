"""Bringing a database to the newest migration, and proving that migrations equal the models."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, MetaData, func, inspect, select

from marketplace.core.audit_guard import triggers_of
from marketplace.core.engine import WRITES
from marketplace.core.errors import NotReady

ROOT = Path(__file__).resolve().parents[2]
ONE_AT_A_TIME = 2_026_113_001
"""The number of the lock that a migration holds: who comes second waits, and finds it done."""

BEHIND = (
    "The database is not migrated to this version of Behovstorget."
    " Back it up if it holds data, then run `marketplace migrate`."
)
TOO_OLD = (
    "The database is older than migration {first}, the first that this version of Behovstorget can"
    " upgrade from. Run `marketplace migrate` of the version before first, or start with an empty"
    " database if nothing in it is worth keeping."
)
AHEAD = (
    "The database was migrated by a newer version of Behovstorget than this one."
    " Install that version, or restore the backup from before its migration."
)


def upgrade(engine: Engine, target: str = "head") -> None:
    with migrating(engine) as connection:
        _expect_known(_revisions(connection))
        command.upgrade(_config(connection), target)


def expect_migrated(engine: Engine) -> None:
    """Refuse a database that has other tables than this version works with."""
    with engine.connect() as connection:
        found = _revisions(connection)
    _expect_known(found)
    if found != set(_scripts().get_heads()):
        raise NotReady(BEHIND)


def _expect_known(found: set[str]) -> None:
    known = {script.revision for script in _scripts().walk_revisions()}
    if any(revision < min(known) for revision in found):
        raise NotReady(TOO_OLD.format(first=min(known)))
    if found - known:
        raise NotReady(AHEAD)


def _revisions(connection: Connection) -> set[str]:
    return set(MigrationContext.configure(connection).get_current_heads())


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(Config(ROOT / "alembic.ini"))


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """One transaction for all that is to be migrated: what fails leaves everything as it was."""
    with engine.execution_options(**{WRITES: True}).connect() as connection:
        if connection.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(select(func.pg_advisory_xact_lock(ONE_AT_A_TIME)))
                yield connection
            return
        with _tables_can_be_rebuilt(connection), connection.begin():
            yield connection
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise NotReady(f"Rows would refer to what is not there: {broken[:5]}")


@contextmanager
def _tables_can_be_rebuilt(connection: Connection) -> Iterator[None]:
    """SQLite changes a table by making it anew, and may not look at foreign keys while it does.

    Asked for outside of transactions, where alone it has an effect; who migrates checks them all
    before the commit instead.
    """
    switch = connection.connection.cursor()
    switch.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        switch.execute("PRAGMA foreign_keys=ON")
        switch.close()


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
