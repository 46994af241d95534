"""Wording for code words: every member of every enum that a person may see has a label."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from marketplace.core.actor import Role
from marketplace.core.errors import Incomplete, Refused
from marketplace.core.lifecycle import LifecycleRefusal
from marketplace.core.limits import LimitRefusal
from marketplace.core.personal_data import PersonalData
from marketplace.ui.access import AccessRefusal
from marketplace.ui.filters import norwegian_date, number

Wording = str | LazyString
LabelTables = Sequence[Mapping[Any, Wording]]
_registry: dict[tuple[type[StrEnum], str], Wording] = {}


def register_labels(tables: LabelTables) -> None:
    """Add tables of words, one table per enum.

    Members of two enums with the same value are equal as keys, so that a table of both would
    silently lose the words of one.
    """
    for table in tables:
        (enum,) = {type(member) for member in table}
        _registry.update({(enum, member.value): wording for member, wording in table.items()})


def has_label(member: StrEnum) -> bool:
    return (type(member), member.value) in _registry


def label(member: StrEnum | None) -> str:
    """The words for a code word, in the language of the request."""
    return "" if member is None else str(_registry[type(member), member.value])


def refusal_text(refused: Refused) -> str:
    """A refusal as a sentence that says what to do, or who could do it."""
    values = {name: _readable(value) for name, value in refused.values.items()}
    return label(refused.code) % values if values else label(refused.code)


def missing_points(refused: Refused) -> list[str]:
    return [label(point) for point in refused.missing] if isinstance(refused, Incomplete) else []


def _readable(value: object) -> str:
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, date):
        return norwegian_date(value)
    if isinstance(value, int):
        return number(value)
    if isinstance(value, Iterable) and not isinstance(value, str):
        *others, last = [_readable(part) for part in value] or [""]
        return _(" eller ").join([*([", ".join(others)] if others else []), last])
    return str(value)


register_labels(
    (
        {
            Role.UNIT_MEMBER: _l("medarbeider i enheten"),
            Role.UNIT_LEADER: _l("enhetsleder"),
            Role.ENTREPRENEUR: _l("entreprenør"),
            Role.COORDINATOR: _l("koordinator"),
            Role.PROCUREMENT_ADVISER: _l("innkjøpsrådgiver"),
            Role.LEADERSHIP: _l("ledelsen"),
            Role.PARTNER: _l("partner"),
            Role.ADMINISTRATOR: _l("administrator"),
        },
        {
            PersonalData.EMAIL: _l("en e-postadresse"),
            PersonalData.PHONE: _l("et telefonnummer"),
            PersonalData.IDENTITY_NUMBER: _l("et fødselsnummer eller kontonummer"),
        },
        {
            LifecycleRefusal.WRONG_STATE: _l(
                "Det går ikke nå, fordi saken har status «%(state)s». Last siden på nytt for å se"
                " hva som har skjedd."
            ),
            LifecycleRefusal.REASON_MISSING: _l(
                "Skriv en begrunnelse. Den andre parten får se den."
            ),
        },
        {
            LimitRefusal.TOO_MANY_THIS_HOUR: _l(
                "Du har gjort dette %(most)s ganger på en time, og flere går ikke. Vent i"
                " %(minutes)s min, og prøv igjen."
            ),
        },
        {
            AccessRefusal.ROLE_MISSING: _l("Siden er bare for %(roles)s."),
            AccessRefusal.NOT_DECLARED: _l("Siden er ikke åpnet for noen."),
        },
    )
)
