"""What an agreement says, section by section: one order and wording for page, PDF and difference.

What people have typed is kept apart from our own words, so that each gets its own language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from marketplace.agreements.content import roles_now
from marketplace.agreements.models import Agreement
from marketplace.pairings.states import CaseRole
from marketplace.ui.filters import kroner, norwegian_date, norwegian_moment, number
from marketplace.ui.labels import label


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that somebody wrote; the name is empty where the section has only this."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()
    """The columns that hold numbers."""


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    heading: str
    texts: tuple[Typed, ...] = ()
    facts: tuple[Typed, ...] = ()
    tables: tuple[Table, ...] = ()
    empty: str = ""
    """What to say where there is nothing yet."""

    @property
    def lines(self) -> list[str]:
        """Each row of the tables as lines of «name: value», for reading one beside the other."""
        named = [zip(table.head, row, strict=True) for table in self.tables for row in table.rows]
        return ["\n".join(f"{name}: {cell}" for name, cell in cells) for cells in named]


def sections(agreement: Agreement) -> list[Section]:
    """The same for everybody who reads it: one agreement is one document."""
    return [*content_sections(agreement), roles(agreement), signatures(agreement)]


def content_sections(agreement: Agreement) -> list[Section]:
    """What both sides agree on, in the order of the form."""
    return [build(agreement) for build in _CONTENT]


# ---------------------------------------------------------------- what is agreed


def _purpose(agreement: Agreement) -> Section:
    return _prose("purpose", _("Formål"), agreement.purpose)


def _unit(agreement: Agreement) -> Section:
    return Section(
        "unit",
        _("Hva tjenesteenheten bidrar med"),
        texts=_typed("", agreement.unit_contribution),
        facts=_given(
            (_("Timer"), number(agreement.unit_hours)),
            (_("Penger"), kroner(agreement.unit_money)),
        ),
        empty=_("Ikke fylt ut ennå."),
    )


def _entrepreneur(agreement: Agreement) -> Section:
    return Section(
        "entrepreneur",
        _("Hva entreprenøren bidrar med"),
        texts=_typed("", agreement.entrepreneur_contribution),
        facts=_given(
            (_("Timer"), number(agreement.entrepreneur_hours)),
            (_("Penger"), kroner(agreement.entrepreneur_money)),
        ),
        empty=_("Ikke fylt ut ennå."),
    )


def _sites(agreement: Agreement) -> Section:
    rows = tuple((site.name, site.unit.name, number(site.hours)) for site in agreement.sites)
    head = (_("Sted"), _("Enhet"), _("Timer"))
    return _rows("sites", _("Steder"), Table(head, rows, numbers=(2,)))


def _money(agreement: Agreement) -> Section:
    facts = _given(
        (_("Betaling for utprøvingen"), kroner(agreement.payment) or _("Ingen betaling")),
        (_("Utprøvingen koster høyst"), kroner(agreement.cost_cap)),
    )
    return Section("money", _("Betaling og kostnadstak"), facts=facts)


def _criteria(agreement: Agreement) -> Section:
    rows = tuple(
        (row.title, row.measure, row.target, number(row.weight)) for row in agreement.criteria
    )
    head = (_("Kriterium"), _("Slik måler vi"), _("Mål"), _("Vekt"))
    return _rows("criteria", _("Suksesskriterier"), Table(head, rows, numbers=(3,)))


def _dates(agreement: Agreement) -> Section:
    facts = _given(
        (_("Utprøvingen starter"), norwegian_date(agreement.test_starts_on)),
        (_("Utprøvingen slutter"), norwegian_date(agreement.test_ends_on)),
        (_("Beslutning senest"), norwegian_date(agreement.decision_on)),
    )
    return Section("dates", _("Datoer"), facts=facts, empty=_("Ikke fylt ut ennå."))


def _checkpoints(agreement: Agreement) -> Section:
    rows = tuple((norwegian_date(row.due_on), row.topic) for row in agreement.checkpoints)
    return _rows("checkpoints", _("Sjekkpunkter"), Table((_("Dato"), _("Tema")), rows))


def _on_yes(agreement: Agreement) -> Section:
    return _prose("on_yes", _("Hva skjer ved ja"), agreement.on_yes)


def _on_no(agreement: Agreement) -> Section:
    return _prose("on_no", _("Hva skjer ved nei"), agreement.on_no)


def _data_protection(agreement: Agreement) -> Section:
    return _prose("data_protection", _("Personvern"), agreement.data_protection)


def _ownership(agreement: Agreement) -> Section:
    return _prose("ownership", _("Hvem eier det som blir laget"), agreement.ownership)


_CONTENT: tuple[Callable[[Agreement], Section], ...] = (
    _purpose,
    _unit,
    _entrepreneur,
    _sites,
    _money,
    _criteria,
    _dates,
    _checkpoints,
    _on_yes,
    _on_no,
    _data_protection,
    _ownership,
)


# ---------------------------------------------------------------- who


def roles(agreement: Agreement) -> Section:
    """The role map: as it was when the version was signed, or as it stands now."""
    kept = agreement.roles_at_signing or roles_now(agreement.pairing)
    rows = tuple(
        (label(role), kept[role.value]["person"], kept[role.value]["deputy"] or "")
        for role in CaseRole
        if role.value in kept
    )
    table = Table((_("Rolle"), _("Person"), _("Vara")), rows)
    return Section(
        "roles",
        _("Hvem gjør hva"),
        facts=_breach(kept.get(CaseRole.DATA_PROTECTION.value)),
        tables=(table,) if rows else (),
        empty=_("Ikke fylt ut ennå."),
    )


def _breach(contact: Mapping[str, Any] | None) -> tuple[Typed, ...]:
    """Both sides have to know whom to tell when personal data have gone astray."""
    if contact is None:
        return ()
    people = _(" eller ").join(name for name in (contact["person"], contact["deputy"]) if name)
    return (Typed(_("Meld brudd på personvernet til"), people),)


def signatures(agreement: Agreement) -> Section:
    """A signature is given to the other side: both see who gave it, and when."""
    signed = (
        (_("Tjenesteenheten"), agreement.unit_signed_by, agreement.unit_signed_at),
        (_("Entreprenøren"), agreement.entrepreneur_signed_by, agreement.entrepreneur_signed_at),
    )
    facts = tuple(
        Typed(side, f"{person.name}, {norwegian_moment(at)}" if person else _("Ikke skrevet under"))
        for side, person, at in signed
    )
    return Section("signatures", _("Underskrifter"), facts=facts)


# ---------------------------------------------------------------- parts


def _typed(name: str, text: str) -> tuple[Typed, ...]:
    return (Typed(name, text),) if text else ()


def _given(*pairs: tuple[str, str]) -> tuple[Typed, ...]:
    return tuple(Typed(name, text) for name, text in pairs if text)


def _prose(key: str, heading: str, text: str) -> Section:
    return Section(key, heading, texts=_typed("", text), empty=_("Ikke fylt ut ennå."))


def _rows(key: str, heading: str, table: Table) -> Section:
    tables = (table,) if table.rows else ()
    return Section(key, heading, tables=tables, empty=_("Ikke fylt ut ennå."))
