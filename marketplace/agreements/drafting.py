"""Parts of writing a draft: what it starts from, what is new in it, whether it can be stored."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from marketplace.agreements import queries
from marketplace.agreements.content import (
    CONTENT,
    NUMBERS,
    Content,
    CriterionRow,
    SiteRow,
    content_of,
)
from marketplace.agreements.models import Agreement
from marketplace.agreements.requirements import FULL_WEIGHT
from marketplace.agreements.starting_text import filled_in
from marketplace.agreements.states import AgreementRefusal
from marketplace.core.errors import InvalidField
from marketplace.needs.sites import list_sites
from marketplace.pairings.models import Pairing

LARGEST = 1_000_000_000
ROWS = ("criteria", "checkpoints", "sites")
TITLE_LENGTH = 200


def first_content(session: Session, texts: Mapping[str, str], pairing: Pairing) -> Content:
    """The template, and what the need's units have said already about hours, measure and places."""
    need = pairing.need
    fields: dict[str, Any] = {name: filled_in(text, pairing) for name, text in texts.items()}
    fields["unit_hours"] = need.contribution_hours
    if need.contribution:
        fields["unit_contribution"] += f"\n\n{need.contribution}"
    return Content(
        fields=fields,
        criteria=_wanted_effect(pairing),
        checkpoints=[],
        sites=[SiteRow(site.unit.id, site.name, site.hours) for site in list_sites(session, need)],
    )


def _wanted_effect(pairing: Pairing) -> list[CriterionRow]:
    need = pairing.need
    if not need.wanted_effect:
        return []
    title = need.wanted_effect.splitlines()[0][:TITLE_LENGTH]
    return [CriterionRow(title, need.effect_measure, "", FULL_WEIGHT)]


# ---------------------------------------------------------------- what is new


def differing(agreement: Agreement, content: Content) -> Content:
    """Those parts of the content that are not what is stored."""
    unknown = content.fields.keys() - CONTENT
    if unknown:
        raise ValueError(f"no content of an agreement: {sorted(unknown)}")
    stored = content_of(agreement)
    changed = {
        name: value for name, value in content.fields.items() if stored.fields[name] != value
    }
    rows = {name: _changed_rows(getattr(content, name), getattr(stored, name)) for name in ROWS}
    return Content(fields=changed, **rows)


def _changed_rows(given: Sequence[Any] | None, stored: Sequence[Any]) -> Sequence[Any] | None:
    return None if given is None or list(given) == list(stored) else given


def rows_as_data(content: Content) -> dict[str, Any]:
    """The changed rows in plain words for the audit trail."""
    given = {name: getattr(content, name) for name in ROWS}
    return {
        name: [_plain(asdict(row)) for row in rows]
        for name, rows in given.items()
        if rows is not None
    }


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {key: str(value) if isinstance(value, date) else value for key, value in row.items()}


# ---------------------------------------------------------------- whether it can be stored


def expect_sound(session: Session, pairing: Pairing, content: Content) -> None:
    for name in NUMBERS:
        _expect_in_range(name, content.fields.get(name))
    for criterion in content.criteria or ():
        _expect_criterion(criterion)
    _expect_once("checkpoints", [row.due_on for row in content.checkpoints or ()])
    _expect_once("sites", [(row.unit_id, row.name) for row in content.sites or ()])
    for site in content.sites or ():
        if not site.name:
            raise InvalidField("sites", AgreementRefusal.ROW_INCOMPLETE)
        _expect_in_range("sites", site.hours)
    _expect_units(session, pairing, content.sites or ())


def _expect_in_range(field: str, number: int | None) -> None:
    if number is not None and not 0 <= number <= LARGEST:
        raise InvalidField(field, AgreementRefusal.NUMBER_OUT_OF_RANGE)


def _expect_criterion(row: CriterionRow) -> None:
    if not row.title:
        raise InvalidField("criteria", AgreementRefusal.ROW_INCOMPLETE)
    if not 1 <= row.weight <= FULL_WEIGHT:
        raise InvalidField("criteria", AgreementRefusal.NUMBER_OUT_OF_RANGE)


def _expect_once(field: str, keys: list[Any]) -> None:
    if len(set(keys)) < len(keys):
        raise InvalidField(field, AgreementRefusal.ROW_TWICE)


def _expect_units(session: Session, pairing: Pairing, sites: Sequence[SiteRow]) -> None:
    known = {unit.id for unit in queries.list_site_units(session, pairing)} if sites else set()
    if any(site.unit_id not in known for site in sites):
        raise InvalidField("sites", AgreementRefusal.UNIT_OUTSIDE_MUNICIPALITY)
