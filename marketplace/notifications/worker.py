"""Delivers what is in the outbox: one message at a time, each in the end exactly once."""

import logging
import threading

from marketplace.config import Settings
from marketplace.core.engine import Database
from marketplace.notifications.claims import Claim, claim_next, mark_failed, mark_sent
from marketplace.notifications.delivery import Deliver, delivery_for, describe, is_permanent
from marketplace.notifications.mails import compose

log = logging.getLogger(__name__)

SECONDS_BETWEEN_ROUNDS = 2.0


def run_forever(database: Database, settings: Settings, stop: threading.Event) -> None:
    deliver = delivery_for(settings)
    while not stop.is_set():
        try:
            run_once(database, settings, deliver, stop)
        except Exception as error:  # noqa: BLE001  the worker outlives a database that is away
            log.error("the outbox could not be read: %s", type(error).__name__)  # noqa: TRY400  the text of a database error may hold a row
        stop.wait(SECONDS_BETWEEN_ROUNDS)


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
