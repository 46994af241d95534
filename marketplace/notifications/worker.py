"""Delivers what is in the outbox, each message in the end exactly once, and tidies up."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta

from marketplace.accounts.services.purging import purge_sign_in_traces
from marketplace.config import Settings
from marketplace.core.clock import now
from marketplace.core.engine import Database
from marketplace.core.schedule import do_what_is_due
from marketplace.notifications.claims import Claim, claim_next, mark_failed, mark_sent
from marketplace.notifications.delivery import Deliver, delivery_for, describe, is_permanent
from marketplace.notifications.mails import compose

log = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 2.0
BETWEEN_PURGES = timedelta(hours=1)
BETWEEN_LOOKS_AT_WHAT_IS_DUE = timedelta(minutes=1)
"""Reminders are due on a day: they need not be asked for as often as mail."""


def run_forever(database: Database, settings: Settings, stop: threading.Event) -> None:
    deliver, next_purge, next_look = delivery_for(settings), now(), now()
    while not stop.is_set():
        if now() >= next_purge:
            next_purge = now() + BETWEEN_PURGES
            _survive("sign-in traces could not be purged", lambda: _purge(database))
        # Before what is due: after a pause, what digests are to gather has to be put aside first.
        _survive(
            "the outbox could not be read", lambda: run_once(database, settings, deliver, stop)
        )
        if now() >= next_look and not stop.is_set():
            next_look = now() + BETWEEN_LOOKS_AT_WHAT_IS_DUE
            _survive("what is due could not be done", lambda: do_what_is_due(database))
            continue  # what it has put into the outbox goes at once
        stop.wait(SECONDS_BETWEEN_ROUNDS)


def _survive(failure: str, task: Callable[[], object]) -> None:
    try:
        task()
    except Exception as error:  # noqa: BLE001  the worker outlives a database that is away
        log.error("%s: %s", failure, type(error).__name__)  # noqa: TRY400  the text of a database error may hold a row


def _purge(database: Database) -> None:
    with database.writing() as session:
        purge_sign_in_traces(session)
        session.commit()


def run_once(
    database: Database,
    settings: Settings,
    deliver: Deliver | None = None,
    stop: threading.Event | None = None,
) -> int:
    """Deliver all that is due now; return how many were delivered."""
    deliver = delivery_for(settings) if deliver is None else deliver
    delivered = 0
    while not (stop and stop.is_set()) and (claim := claim_next(database)) is not None:
        delivered += _deliver_claim(database, settings, claim, deliver)
    return delivered


def _deliver_claim(database: Database, settings: Settings, claim: Claim, deliver: Deliver) -> bool:
    try:
        deliver(compose(settings, claim))
    except Exception as error:  # noqa: BLE001  one bad message must not stop the others
        reason = describe(error)
        log.warning("message %d was not delivered: %s", claim.id, reason)
        mark_failed(database, claim, reason, for_good=is_permanent(error))
        return False
    mark_sent(database, claim)
    return True
