"""What a change of the table of thresholds changes in open cases, before it counts."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.procurements import queries, reckoning
from marketplace.procurements.models import Threshold
from marketplace.procurements.reckoning import ChangedAdvice
from marketplace.procurements.states import Track
from marketplace.procurements.thresholds import ThresholdRow, in_force
from marketplace.ui.filters import kroner, norwegian_date
from marketplace.ui.labels import label
from marketplace.ui.last_look import LastLook


def look_at_added(session: Session, row: ThresholdRow) -> LastLook | None:
    """Only where it changes an open case."""
    rows = queries.list_thresholds(session)
    changed = reckoning.changed_advice(session, [*rows, row])
    if not changed:
        return None
    before = in_force(rows, row.valid_from).get(row.key)
    return LastLook(
        _("Se over beløpet"),
        _("Beløpet endrer rådet i disse sakene. Det står i historikken deres at du gjorde det."),
        _("Legg til"),
        facts=[
            (_("Grense"), label(row.key)),
            (_("Beløp"), kroner(row.amount)),
            (_("Før det"), kroner(before.amount) if before else _("Ikke noe beløp")),
            (_("Gjelder fra"), norwegian_date(row.valid_from)),
            (_("Kilde"), f"{row.paragraph}, {row.source}"),
        ],
        points=_in_words(changed),
    )


def look_at_withdrawn(session: Session, row: Threshold, reason: str) -> LastLook:
    left = [each for each in queries.list_thresholds(session) if each is not row]
    before = in_force(left, row.valid_from).get(row.key)
    return LastLook(
        _("Se over før beløpet trekkes"),
        _("Et beløp som er trukket, brukes aldri mer. Navnet ditt og grunnen blir stående."),
        _("Trekk beløpet"),
        facts=[
            (_("Grense"), label(row.key)),
            (_("Trekkes"), f"{kroner(row.amount)}, {norwegian_date(row.valid_from)}"),
            (_("Gjelder i stedet"), kroner(before.amount) if before else _("Ikke noe beløp")),
            (_("Hvorfor"), reason),
        ],
        points=_in_words(reckoning.changed_advice(session, left)),
    )


def _in_words(changed: Iterable[ChangedAdvice]) -> list[str]:
    return [
        _(
            "%(unit)s, «%(need)s»: fra «%(before)s» til «%(after)s»",
            unit=each.pairing.need.unit.name,
            need=each.pairing.need.title,
            before=_track(each.before),
            after=_track(each.after),
        )
        for each in changed
    ]


def _track(track: Track | None) -> str:
    return label(track) if track else _("ikke noe råd")
