"""What pages and files show of a portfolio, and what portfolios show beside a match."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Response, render_template
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.core.audit import events_of
from marketplace.core.db import Identified
from marketplace.core.errors import NotNow
from marketplace.needs.models import Need
from marketplace.portfolios import policies, queries
from marketplace.portfolios.models import CapacityLimit, PairWish
from marketplace.portfolios.result import Row
from marketplace.portfolios.services import expect_decidable
from marketplace.portfolios.states import PortfolioEvent
from marketplace.ui.context import current_actor, db_session
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_file, csv_text
from marketplace.ui.timeline import TimelineRow

# ---------------------------------------------------------------- the proposal as a file


def portfolio_file(
    rows: Sequence[Row], concepts: Mapping[int, Concept], forced: frozenset[tuple[int, int]]
) -> Response:
    """One row for each pairing, and for each need without."""
    heading = (
        _("Enhet"),
        _("Behov"),
        _("Konsept"),
        _("Entreprenør"),
        _("Hvor godt"),
        _("Felles ord"),
        _("Låst"),
        _("Uten konsept fordi"),
    )
    values = (line for row in rows for line in _lines(row, concepts, forced))
    return csv_file(_("portefolje"), csv_text(heading, values))


def _lines(
    row: Row, concepts: Mapping[int, Concept], forced: frozenset[tuple[int, int]]
) -> Iterator[tuple[str, ...]]:
    need = (row.need.unit.name, row.need.title)
    if row.why_none is not None:
        yield (*need, "", "", "", "", "", label(row.why_none))
    for each in row.chosen:
        concept = concepts[each.concept_id]
        yield (
            *need,
            concept.title,
            concept.organisation.name,
            label(each.strength),
            ", ".join(each.words),
            _("ja") if (each.need_id, each.concept_id) in forced else "",
            "",
        )


# ---------------------------------------------------------------- what was decided and undone

MOST_SHOWN = 50


def history_of(session: Session, municipality_id: int) -> Sequence[TimelineRow]:
    """The newest first, with what it was about."""
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


# ---------------------------------------------------------------- beside a match


def decide_action(need: Need, concept: Concept, **_values: object) -> str:
    """Only where it would be taken: not of a pair that is proposed, or decided already."""
    if not policies.keeps_for(current_actor(), need.unit.organisation_id):
        return ""
    try:
        expect_decidable(db_session(), need, concept)
    except NotNow:
        return ""
    return render_template("portfolios/decide_action.html", need=need, concept=concept)
