"""Counts the statements that reach the database: a page's number must not grow with its rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

BOOKKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")


@dataclass
class QueryCounter:
    statements: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.statements)


@contextmanager
def count_queries(where: Session | Connection | Engine) -> Iterator[QueryCounter]:
    """Count what is asked inside the block, on the connection that the test works on."""
    target = where.connection() if isinstance(where, Session) else where
    counter = QueryCounter()

    def listen(_connection: Connection, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.upper().startswith(BOOKKEEPING):
            counter.statements.append(statement)

    event.listen(target, "before_cursor_execute", listen)
    try:
        yield counter
    finally:
        event.remove(target, "before_cursor_execute", listen)
