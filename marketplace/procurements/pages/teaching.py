"""What a pilot taught: a first draft from what the case knows, without people and prices."""

import re
from collections.abc import Iterator
from datetime import date, datetime

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from marketplace.agreements import queries as agreements
from marketplace.agreements.models import AgreedSite, Agreement
from marketplace.needs.models import Need
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import Side
from marketplace.pilots import queries as pilots
from marketplace.pilots.models import Measurement, Pilot
from marketplace.procurements.models import Procurement
from marketplace.ui.filters import norwegian_date, number
from marketplace.ui.labels import label

LONGEST_HEADING = 60


def package_text(session: Session, procurement: Procurement) -> str:
    """What has been written, or the draft."""
    return procurement.package_text or draft_package(session, procurement.pairing)


def sections_of(text: str) -> list[tuple[str, str]]:
    """Headings and texts: a short line right above a paragraph is a heading, unless it ends."""
    sections = []
    for block in re.split(r"\n\s*\n", text.strip()):
        first, _sign, rest = block.partition("\n")
        is_heading = rest and len(first) <= LONGEST_HEADING and first[-1:] not in ".,;:!–"
        is_item = first.lstrip().startswith(("–", "-", "*"))
        sections.append((first, rest) if is_heading and not is_item else ("", block))
    return sections


def draft_package(session: Session, pairing: Pairing) -> str:
    pilot = pilots.find_pilot(session, pairing.id)
    agreement = (pilot.ended_under if pilot is not None else None) or agreements.find_in_force(
        session, pairing.id
    )
    parts = [*_need(pairing.need), *_test(pairing, pilot, agreement), *_results(pilot, agreement)]
    return "\n\n".join(f"{heading}\n{text}" for heading, text in parts if text.strip())


def _need(need: Need) -> Iterator[tuple[str, str]]:
    yield _("Behovet"), need.problem
    yield _("Hvem det gjelder"), _whom(need)
    yield _("Hva som var prøvd før"), need.tried
    yield _("Hva enheten ville oppnå"), need.wanted_effect
    yield _("Hva enheten bidro med"), need.contribution


def _whom(need: Need) -> str:
    if not need.target_count:
        return need.target_group
    return _("%(group)s (%(count)d)", group=need.target_group, count=need.target_count)


def _test(
    pairing: Pairing, pilot: Pilot | None, agreement: Agreement | None
) -> Iterator[tuple[str, str]]:
    yield _("Hva som ble prøvd ut"), pairing.concept.title
    if agreement is None:
        return
    yield _("Hvorfor"), agreement.purpose
    yield _("Når"), _period(pilot, agreement)
    yield _("Hvor"), "\n".join(f"– {_place(site)}" for site in agreement.sites)


def _period(pilot: Pilot | None, agreement: Agreement) -> str:
    """The days it really went on, whatever was agreed; nothing where it never began."""
    first: date | datetime | None = agreement.test_starts_on
    last: date | datetime | None = agreement.test_ends_on
    if pilot is not None and (pilot.started_at or pilot.ended_at):
        first, last = pilot.started_at, pilot.ended_at or last
    if not first or not last:
        return ""
    days = norwegian_date(first), norwegian_date(last)
    if days[0] == days[1]:
        return days[0]
    return _("%(first)s til %(last)s", first=days[0], last=days[1])


def _place(site: AgreedSite) -> str:
    """A unit with one place often calls it by its own name."""
    unit = site.unit.name
    return unit if site.name == unit else f"{site.name}, {unit}"


def _results(pilot: Pilot | None, agreement: Agreement | None) -> Iterator[tuple[str, str]]:
    measured: dict[int, list[Measurement]] = {}
    for measurement in pilot.measurements if pilot is not None else ():
        measured.setdefault(measurement.criterion_id, []).append(measurement)
    lines = [
        _criterion(criterion.title, criterion.target, measured.get(criterion.id, []))
        for criterion in (agreement.criteria if agreement is not None else ())
    ]
    yield _("Hva vi målte, og hva det viste"), "\n".join(lines)
    if pilot is not None:
        yield _("Arbeid som gikk med"), "\n".join(_hours(pilot))


def _criterion(title: str, target: str, measurements: list[Measurement]) -> str:
    shown = [_measured(measurement) for measurement in measurements]
    result = "; ".join(shown) if shown else _("ikke målt")
    return _("– %(title)s. Mål: %(target)s. Resultat: %(result)s.", title=title.rstrip("."),
             target=target.rstrip("."), result=result)  # fmt: skip


def _measured(measurement: Measurement) -> str:
    place = f"{measurement.site.name}: " if measurement.site is not None else ""
    value, reached = measurement.value.rstrip("."), label(measurement.reached).lower()
    if not value:
        value, reached = reached, measurement.note.strip().rstrip(".")
    return f"{place}{value} ({reached})"


def _hours(pilot: Pilot) -> Iterator[str]:
    """Hours only: what a side was paid may be a business secret."""
    reports = [(r.side, r.hours) for point in pilot.checkpoints for r in point.reports]
    used = [*reports, *((effort.side, effort.hours) for effort in pilot.efforts)]
    for side in (Side.UNIT, Side.ENTREPRENEUR):
        hours = sum(spent for of, spent in used if of is side)
        if hours:
            yield ngettext("– %(side)s: %(hours)s time", "– %(side)s: %(hours)s timer", hours,
                           side=label(side), hours=number(hours))  # fmt: skip
