"""The cookie of somebody who is signed in, as Flask-Login makes it: for browsers of tests."""

from typing import Any

from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface
from flask_login import login_user

from marketplace.accounts.routes.login_manager import SignedIn
from marketplace.core.actor import ANONYMOUS


def signed_in_cookie(app: Flask, token: str, browser: dict[str, Any] | None = None) -> str:
    """Signed in freshly where `browser` is what the browser's requests tell of it."""
    interface = app.session_interface
    assert isinstance(interface, SecureCookieSessionInterface)
    signer = interface.get_signing_serializer(app)
    assert signer is not None
    with app.test_request_context(environ_base=browser):
        login_user(SignedIn(token, ANONYMOUS))
        return str(signer.dumps(dict(session)))
