"""Triggers by which the database itself refuses to change or remove rows of the audit trail.

The migration that made them has its own copy; `check-migrations` compares them.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Table, event, text

ONLY_ADDED_TO = "the audit trail is only added to"
SAME_ROW = {
    "audit_event": "id = NEW.id",
    "audit_link": "event_id = NEW.event_id OR (chain = NEW.chain AND sequence = NEW.sequence)",
}


def guard(table: Table) -> None:
    """Have the triggers made together with the table."""
    event.listen(table, "after_create", _make_triggers)


def _make_triggers(table: Table, connection: Connection, **_options: object) -> None:
    make = _on_sqlite if connection.dialect.name == "sqlite" else _on_postgresql
    for statement in make(table.name):
        connection.exec_driver_sql(statement)


def _on_sqlite(table: str) -> Sequence[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED_TO}'); END"
    # INSERT OR REPLACE removes a row without asking the trigger for that.
    same_row = f"EXISTS (SELECT 1 FROM {table} WHERE {SAME_ROW[table]})"  # noqa: S608  constants
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {same_row} {refuse}",
    )


def _on_postgresql(table: str) -> Sequence[str]:
    refuse = f"RAISE EXCEPTION '{ONLY_ADDED_TO}' USING ERRCODE = 'integrity_constraint_violation'"
    returns = "RETURNS trigger LANGUAGE plpgsql AS"
    changes = "BEFORE UPDATE OR DELETE OR TRUNCATE"
    for_all = "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    return (
        f"CREATE OR REPLACE FUNCTION refuse_audit_change() {returns} $$BEGIN {refuse}; END$$",
        f"CREATE TRIGGER {table}_no_change {changes} ON {table} {for_all}",
    )


def triggers_of(connection: Connection) -> set[str]:
    """Every trigger of the database with all that it does, to be compared."""
    if connection.dialect.name == "sqlite":
        statement = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    else:
        statement = (
            "SELECT concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled, p.prosrc)"
            " FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE NOT t.tgisinternal"
        )
    return set(connection.scalars(text(statement)))
