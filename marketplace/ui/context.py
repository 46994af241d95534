"""What a request carries: the person acting, the database session, the settings."""

import secrets
from typing import cast

from flask import current_app, g
from sqlalchemy.orm import Session

from marketplace.config import Settings
from marketplace.core.actor import ANONYMOUS, Actor
from marketplace.core.engine import Database


def current_actor() -> Actor:
    return cast(Actor, g.get("actor", ANONYMOUS))


def current_settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])


def request_id() -> str:
    """What the log and the error pages call this request."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(4)
    return cast(str, g.request_id)


def db_session() -> Session:
    """The session of this request: writing for a POST, reading otherwise."""
    if "db_session" not in g:
        database: Database = g.database
        g.db_session = database.writing() if g.writes else database.reading()
    return cast(Session, g.db_session)
