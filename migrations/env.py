"""Alembic's entry: migrates the connection it is handed, else the one of the settings."""

from typing import Literal

from alembic import context
from sqlalchemy import Connection

from marketplace.config import load_settings
from marketplace.core.db import UtcDateTime
from marketplace.core.engine import UNHURRIED, make_engine
from marketplace.core.migrate import migrating
from marketplace.core.target_groups import SetOf
from marketplace.models import metadata


def render_item(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Write our own column type as the plain one it is in the database."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, SetOf):
        return "sa.Text()"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


handed_over = context.config.attributes.get("connection")
if handed_over is not None:
    migrate(handed_over)
else:
    with migrating(make_engine(load_settings().database_url, UNHURRIED)) as opened:
        migrate(opened)
