"""What the coordinators have decided and undone, the newest first, with what it was about."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from marketplace.core.audit import events_of
from marketplace.core.db import Identified
from marketplace.portfolios import queries
from marketplace.portfolios.models import CapacityLimit, PairWish
from marketplace.portfolios.states import PortfolioEvent
from marketplace.ui.labels import label
from marketplace.ui.timeline import TimelineRow

MOST_SHOWN = 50


def history_of(session: Session, municipality_id: int) -> Sequence[TimelineRow]:
    decided = queries.list_all_decided(session, municipality_id)
    names = {(type(row).__name__, row.id): _name_of(row) for row in decided}
    return [
        TimelineRow(
            event.at,
            label(PortfolioEvent(event.event)) + names[event.subject_type, event.subject_id],
            event.who,
            event.reason,
        )
        for event in events_of(session, decided)[:MOST_SHOWN]
    ]


def _name_of(row: Identified) -> str:
    if isinstance(row, PairWish):
        return f": «{row.concept.title}» – «{row.need.title}»"
    if isinstance(row, CapacityLimit):
        subject = row.unit.name if row.unit else row.concept.title if row.concept else ""
        return f": {subject}"
    return ""
