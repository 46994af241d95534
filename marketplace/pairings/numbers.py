"""The numbers of cases: the year they were made, and their place among those of the year."""

import re

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from marketplace.core.clock import today
from marketplace.core.db import stand_in_line
from marketplace.pairings.models import Pairing

LINES = 2
"""What tells this line from those of others; no case is ever removed, so none gives its number."""

_NUMBER = re.compile(r"\s*(?:sak\s+)?(\d{4})\s*[/-]\s*(\d{1,7})\s*", re.IGNORECASE)


def next_number(session: Session) -> tuple[int, int]:
    """Whoever makes a case at the same moment waits here until this one is committed."""
    year = today().year
    stand_in_line(session, LINES, year)
    last = select(func.max(Pairing.case_number)).where(Pairing.case_year == year)
    with session.no_autoflush:
        return year, (session.scalar(last) or 0) + 1


def number_in(words: str) -> tuple[int, int] | None:
    """The number of a case, where somebody looks for nothing else."""
    found = _NUMBER.fullmatch(words)
    return (int(found[1]), int(found[2])) if found else None
