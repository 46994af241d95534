"""The page on which a version is written: nothing is required, what can be read is stored."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import FieldList, Form, FormField, TextAreaField

from marketplace.accounts.models import Unit
from marketplace.accounts.states import Language
from marketplace.agreements import policies, sights
from marketplace.agreements.content import CONTENT, TEXTS, Content
from marketplace.agreements.drafting import ROWS, differing
from marketplace.agreements.forms.rows import (
    DAY_HINT,
    MOST_HOURS,
    MOST_KRONER,
    CheckpointForm,
    CriterionForm,
    SiteForm,
    checkpoint_row,
    criterion_row,
    site_row,
)
from marketplace.agreements.models import Agreement
from marketplace.agreements.pages.document import content_sections
from marketplace.agreements.states import AgreementRefusal
from marketplace.ui.fields import date_line, text_area, whole_number
from marketplace.ui.filters import norwegian_date, number
from marketplace.ui.forms import VersionedForm
from marketplace.ui.labels import label

MOST_ROWS = 30


def mark_language(form: Form, language: Language) -> None:
    """What people read out there is in the agreement's language, whatever the page is in."""
    for field in form:
        if isinstance(field, TextAreaField):
            field.render_kw = {**(field.render_kw or {}), "lang": language.value}


class AgreementForm(VersionedForm):
    """A whole version. Nothing is required; what can be read is stored."""

    read_by = sights.TEXTS

    purpose = text_area(_l("Hva skal dere finne ut sammen?"))
    unit_contribution = text_area(_l("Hva bidrar tjenesteenheten med?"))
    unit_hours = whole_number(
        _l("Timer fra tjenesteenheten"),
        hint=_l("Alle timer for alle ansatte, samlet."),
        most=MOST_HOURS,
    )
    unit_money = whole_number(
        _l("Penger fra tjenesteenheten, i kroner"),
        hint=_l("Det enheten selv bruker, utenom betalingen til entreprenøren."),
        most=MOST_KRONER,
    )
    entrepreneur_contribution = text_area(_l("Hva bidrar entreprenøren med?"))
    entrepreneur_hours = whole_number(_l("Timer fra entreprenøren"), most=MOST_HOURS)
    entrepreneur_money = whole_number(_l("Penger fra entreprenøren, i kroner"), most=MOST_KRONER)
    sites = FieldList(FormField(SiteForm), max_entries=MOST_ROWS, label=_l("Steder"))
    payment = whole_number(
        _l("Hva får entreprenøren betalt for utprøvingen, i kroner?"),
        hint=_l("Uten merverdiavgift. Skriv 0 hvis det ikke er noen betaling."),
        most=MOST_KRONER,
    )
    cost_cap = whole_number(
        _l("Hva kan utprøvingen høyst koste kommunen, i kroner?"),
        hint=_l("Betalingen og alt annet. Når taket er nådd, må dere avtale på nytt."),
        most=MOST_KRONER,
    )
    criteria = FieldList(
        FormField(CriterionForm), max_entries=MOST_ROWS, label=_l("Suksesskriterier")
    )
    test_starts_on = date_line(_l("Når starter utprøvingen?"), hint=DAY_HINT)
    test_ends_on = date_line(_l("Når slutter utprøvingen?"), hint=DAY_HINT)
    checkpoints = FieldList(
        FormField(CheckpointForm), max_entries=MOST_ROWS, label=_l("Sjekkpunkter")
    )
    decision_on = date_line(
        _l("Når skal det senest besluttes?"),
        hint=_l(
            "Etter at utprøvingen er slutt. Beslutteren svarer ja eller nei innen denne dagen."
        ),
    )
    on_yes = text_area(_l("Hva skjer hvis svaret er ja?"))
    on_no = text_area(_l("Hva skjer hvis svaret er nei?"))
    data_protection = text_area(_l("Hvordan tar dere vare på personvernet?"))
    ownership = text_area(_l("Hva eier hver av dere, og hva kan begge bruke?"))

    @classmethod
    def of(cls, agreement: Agreement, units: Sequence[Unit]) -> "AgreementForm":
        form = cls(obj=agreement)
        form.agreement, form.stored_language = agreement, agreement.language.value
        form.units = [(str(unit.id), unit.name) for unit in units]
        form.offer_units()
        mark_language(form, agreement.language)
        if not policies.chooses_decision_date(agreement):
            form.decision_on.description = label(AgreementRefusal.DATE_DECIDED)
            form.decision_on.render_kw = {"readonly": True}
        if form.again is not None:
            form.change_rows(form.again.values)
        return form

    agreement: Agreement
    units: Sequence[tuple[str, str]] = ()
    grown = ""
    """The list that has just got a row."""

    def offer_units(self) -> None:
        for entry in self.sites.entries:
            entry.form.unit_id.choices = list(self.units)

    # ------------------------------------------------------------ rows without a script

    @property
    def lists(self) -> "dict[str, FieldList[Any]]":
        return {"criteria": self.criteria, "checkpoints": self.checkpoints, "sites": self.sites}

    def change_rows(self, pressed: Mapping[str, str]) -> bool:
        """Add or take away the row whose button was pressed; nothing else is touched."""
        rows, _dash, number = pressed.get("remove", "").partition("-")
        if rows in self.lists:
            entries = self.lists[rows].entries
            kept = [entry for entry in entries if entry.name != f"{rows}-{number}"]
            entries[:] = kept
            return True
        added = self.lists.get(pressed.get("add", ""))
        if added is None:
            return False
        self.grown = pressed["add"]
        if len(added.entries) < MOST_ROWS:
            added.append_entry()
            self.offer_units()
        return True

    @property
    def weights(self) -> int:
        """What the weights that can be read add up to."""
        return sum(entry.form.weight.data or 0 for entry in self.criteria.entries)

    # ------------------------------------------------------------ what can be stored

    def sound_content(self) -> Content:
        """What was typed and could be read."""
        fields = {f.name: f.data for f in self if f.name in CONTENT and not f.errors}
        return Content(
            fields={name: _stored(name, value) for name, value in fields.items()},
            criteria=self._rows("criteria", criterion_row),
            checkpoints=self._rows("checkpoints", checkpoint_row),
            sites=self._rows("sites", site_row),
        )

    def _rows(self, name: str, read: Any) -> list[Any] | None:
        """The filled rows of a list, or nothing where one of them cannot be read."""
        entries = self.lists[name].entries
        if any(sub.errors for entry in entries for sub in entry.form):
            return None
        return [read(entry.form) for entry in entries if not entry.form.is_blank()]

    @property
    def stored_now(self) -> list[tuple[str, str]]:
        """The rows as well, and only what holds something else."""
        if self.again is None or not self.again.overtaken:
            return []
        changed = differing(self.agreement, self.sound_content())
        stored = {section.key: section for section in content_sections(self.agreement)}
        fields = [(self[name], _shown(getattr(self.agreement, name))) for name in changed.fields]
        rows = [
            (self[name], "\n\n".join(stored[name].lines))
            for name in ROWS
            if getattr(changed, name) is not None
        ]
        return [(str(field.label.text), text) for field, text in [*fields, *rows]]


def _stored(name: str, value: Any) -> Any:
    """An empty text is no text, where the database wants one."""
    return value or "" if name in TEXTS else value


def _shown(value: object) -> str:
    if isinstance(value, date):
        return norwegian_date(value)
    return number(value) if isinstance(value, int) else str(value or "")
