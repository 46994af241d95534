"""What has happened to a row, for its timeline."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from marketplace.core.audit import PastEvent, events_of
from marketplace.core.db import Identified


def list_history(session: Session, subject: Identified) -> Sequence[PastEvent]:
    """The events of one row, newest first. The caller has checked that the row may be seen."""
    return events_of(session, [subject])
