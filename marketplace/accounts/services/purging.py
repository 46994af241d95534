"""Removing what signing in leaves behind and nobody needs any more."""

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from marketplace.accounts.models import OneTimeLink, Registration, SignInAttempt, WebSession
from marketplace.core.clock import now

ATTEMPTS_KEPT = timedelta(days=1)
SESSIONS_KEPT = timedelta(days=30)


def purge_sign_in_traces(session: Session) -> None:
    """For the worker, once in a while: attempts a day old, the rest when it is a month old."""
    old = now() - SESSIONS_KEPT
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now() - ATTEMPTS_KEPT))
    session.execute(delete(WebSession).where(WebSession.last_seen_at < old))
    session.execute(delete(Registration).where(Registration.created_at < old))
    session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < old))
