"""The Flask class: one database session and one commit per request that succeeded."""

from typing import Any

from flask import Flask, Request, g, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from marketplace.core.engine import Database
from marketplace.ui.once import use_once
from marketplace.ui.requests import SiteRequest

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class WebApplication(Flask):
    database: Database
    request_class = SiteRequest

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Of a host that cannot be one, the error page needs addresses all the same."""
        try:
            return super().create_url_adapter(request)
        except HTTPException as error:
            if request is None:
                raise
            request.routing_exception = error
            return self.url_map.bind("localhost")

    def preprocess_request(self) -> ResponseReturnValue | None:
        g.database = self.database
        g.writes = request.method not in READING_METHODS
        return super().preprocess_request()

    def dispatch_request(self) -> ResponseReturnValue:
        """Run the handler, then commit, so that a failing commit still becomes an error page."""
        response = use_once(super().dispatch_request)
        if g.writes and "db_session" in g:
            g.db_session.commit()
        return response

    def do_teardown_request(self, *args: Any, **kwargs: Any) -> None:
        super().do_teardown_request(*args, **kwargs)
        if "db_session" in g:
            g.pop("db_session").close()
