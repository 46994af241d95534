"""The Flask class: one database session and one commit per request that succeeded."""

from typing import Any

from flask import Flask, g, request
from flask.typing import ResponseReturnValue

from marketplace.core.engine import Database

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class WebApplication(Flask):
    database: Database

    def preprocess_request(self) -> ResponseReturnValue | None:
        g.database = self.database
        g.writes = request.method not in READING_METHODS
        return super().preprocess_request()

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the handler, then commit, so that a failing commit still becomes an error page."""
        response = super().dispatch_request()
        if g.writes and "db_session" in g:
            g.db_session.commit()
        return response

    def do_teardown_request(self, *args: Any, **kwargs: Any) -> None:
        super().do_teardown_request(*args, **kwargs)
        if "db_session" in g:
            g.pop("db_session").close()
