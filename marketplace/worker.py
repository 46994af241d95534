"""Delivers what is in the outbox, each message once as far as can be known, and tidies up."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from marketplace.accounts.services.purging import purge_sign_in_traces
from marketplace.config import Settings
from marketplace.core.clock import now
from marketplace.core.engine import Database, may_pass
from marketplace.core.errors import NotReady
from marketplace.core.hanging import Left, finish_or_leave
from marketplace.core.refused_forms import purge_refused_forms
from marketplace.core.schedule import do_what_is_due, expect_same_time
from marketplace.core.used_marks import purge_used_marks
from marketplace.matches.services.reading import text_reader
from marketplace.notifications.delivery import (
    Deliver,
    Unanswered,
    delivery_for,
    describe,
    is_permanent,
)
from marketplace.notifications.pages.mails import compose
from marketplace.notifications.services.claims import (
    Claim,
    claim_next,
    hand_over,
    mark_failed,
    mark_sent,
    mark_unanswered,
    put_back,
)

log = logging.getLogger(__name__)
T = TypeVar("T")

SECONDS_BETWEEN_ROUNDS = 2.0
BETWEEN_PURGES = timedelta(hours=1)
BETWEEN_LOOKS_AT_WHAT_IS_DUE = timedelta(minutes=1)
"""Reminders are due on a day: they need not be asked for as often as mail."""
PURGES = {
    "sign-in traces": purge_sign_in_traces,
    "marks of used forms": purge_used_marks,
    "refused forms": purge_refused_forms,
}


def run_forever(database: Database, settings: Settings, stop: threading.Event) -> None:
    deliver, next_purge, next_look = delivery_for(settings), now(), now()
    reader = text_reader(database)
    while not stop.is_set():
        if not _knows_the_time(database):
            stop.wait(BETWEEN_LOOKS_AT_WHAT_IS_DUE.total_seconds())
            continue
        if now() >= next_purge:
            next_purge = now() + BETWEEN_PURGES
            for what, purge in PURGES.items():
                _survive(f"{what} could not be purged", partial(_purge, database, purge))
        # Before what is due: after a pause, what digests are to gather has to be put aside first.
        _survive(
            "the outbox could not be read", lambda: run_once(database, settings, deliver, stop)
        )
        if now() >= next_look and not stop.is_set():
            next_look = now() + BETWEEN_LOOKS_AT_WHAT_IS_DUE
            _survive("what is due could not be done", lambda: do_what_is_due(database))
            continue  # what it has put into the outbox goes at once
        # A little in each round: mail does not wait for it.
        if (
            reader is None
            or stop.is_set()
            or not _survive("texts could not be read for meaning", reader.read_some)
        ):
            stop.wait(SECONDS_BETWEEN_ROUNDS)


def _survive(failure: str, task: Callable[[], T]) -> T | None:
    try:
        return task()
    except Exception as error:  # noqa: BLE001  the worker outlives a database that is away
        log.error("%s: %s", failure, type(error).__name__)  # noqa: TRY400  the text of a database error may hold a row
        return None


def _knows_the_time(database: Database) -> bool:
    try:
        with database.reading() as session:
            expect_same_time(session)
    except NotReady as error:
        log.error("%s", error)  # noqa: TRY400  it says all there is to know
        return False
    except DBAPIError:
        return True  # whoever asks it for work will tell that it is away
    return True


def _purge(database: Database, purge: Callable[[Session], None]) -> None:
    with database.writing() as session:
        purge(session)
        session.commit()


def run_once(
    database: Database,
    settings: Settings,
    deliver: Deliver | None = None,
    stop: threading.Event | None = None,
) -> int:
    """Deliver all that is due now; return how many were delivered."""
    deliver = delivery_for(settings) if deliver is None else deliver
    stop = threading.Event() if stop is None else stop
    delivered = 0
    while not stop.is_set() and (claim := claim_next(database)) is not None:
        delivered += _deliver_claim(database, settings, claim, deliver, stop)
    return delivered


def _deliver_claim(
    database: Database, settings: Settings, claim: Claim, deliver: Deliver, stop: threading.Event
) -> bool:
    try:
        mail = compose(settings, claim)
        finish_or_leave(lambda: deliver(mail, partial(hand_over, database, claim)), stop)
    except Left:
        log.warning("message %d was not finished before the worker stopped", claim.id)
        put_back(database, claim)
        return False
    except Unanswered:
        log.warning("message %d was handed over and not answered", claim.id)
        _note(partial(mark_unanswered, database, claim), stop)
        return False
    except Exception as error:  # noqa: BLE001  one bad message must not stop the others
        reason, for_good = describe(error), is_permanent(error)
        log.warning("message %d was not delivered: %s", claim.id, reason)
        mark_failed(database, claim, reason, for_good=for_good)
        return False
    _note(partial(mark_sent, database, claim), stop)
    return True


def _note(task: Callable[[], None], stop: threading.Event) -> None:
    """Wait for a database that is busy: what is not noted as sent would be sent again."""
    while True:
        try:
            return task()
        except DBAPIError as error:
            if not may_pass(error) or stop.wait(SECONDS_BETWEEN_ROUNDS):
                raise
            log.warning("what was sent could not be noted yet: %s", type(error).__name__)
