"""The proposal as a file for a spreadsheet: one row for each pairing, and for each need without."""

from collections.abc import Iterator, Mapping, Sequence

from flask import Response
from flask_babel import gettext as _

from marketplace.concepts.models import Concept
from marketplace.portfolios.result import Row
from marketplace.ui.labels import label
from marketplace.ui.spreadsheet import csv_file, csv_text


def portfolio_file(
    rows: Sequence[Row], concepts: Mapping[int, Concept], forced: frozenset[tuple[int, int]]
) -> Response:
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
