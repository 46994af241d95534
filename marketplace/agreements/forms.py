"""The forms of agreements: one page for a draft, with rows, and the small forms of its moves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, FieldList, Form, FormField, SelectField, TextAreaField
from wtforms.validators import Optional

from marketplace.accounts.models import Unit
from marketplace.accounts.states import Language
from marketplace.agreements import sights
from marketplace.agreements.content import (
    CONTENT,
    TEXTS,
    CheckpointRow,
    Content,
    CriterionRow,
    SiteRow,
)
from marketplace.agreements.document import content_sections
from marketplace.agreements.drafting import ROWS, differing
from marketplace.agreements.models import Agreement
from marketplace.ui.filtering import row_number
from marketplace.ui.filters import norwegian_date, number
from marketplace.ui.forms import (
    PartForm,
    VersionedForm,
    date_line,
    text_area,
    text_line,
    whole_number,
)

MOST_HOURS, MOST_KRONER = 20_000, 1_000_000_000
"""More than any test means: a slip of the finger."""
MOST_ROWS = 30
MEASURE_LENGTH = 1000
DAY_HINT = _l("Skriv datoen slik: 31.12.2026.")


# ---------------------------------------------------------------- rows


class RowForm(PartForm):
    """One row. A row in which nothing is written is as good as none."""

    def is_blank(self) -> bool:
        return not any(field.raw_data and str(field.raw_data[0]).strip() for field in self.typed)

    @property
    def typed(self) -> Iterable[Field]:
        """The fields that a person fills in; a choice that is made beforehand says nothing."""
        return [field for field in self if not isinstance(field, SelectField)]

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        if self.is_blank():
            return True
        return all([super().validate(extra_validators), *self._missing()])

    def _missing(self) -> Iterator[bool]:
        yield from ()

    def _expect(self, field: Field, text: str) -> bool:
        if field.data in {None, ""} and not field.errors:
            field.errors = [*field.errors, text]
            return False
        return True


class CriterionForm(RowForm):
    title = text_line(_l("Kriterium"), hint=_l("For eksempel: Færre kjenner seg ensomme."))
    measure = text_area(
        _l("Slik måler vi"),
        hint=_l("For eksempel: Tre spørsmål før oppstart og etter fire måneder."),
        length=MEASURE_LENGTH,
    )
    target = text_area(
        _l("Mål"),
        hint=_l("For eksempel: Minst halvparten svarer «sjelden»."),
        length=MEASURE_LENGTH,
    )
    weight = whole_number(
        _l("Vekt"), hint=_l("Fra 1 til 100. Alle vekter blir 100 til sammen."), least=1, most=100
    )

    def _missing(self) -> Iterator[bool]:
        yield self._expect(self.title, _("Skriv hva kriteriet er, eller fjern raden."))
        yield self._expect(self.weight, _("Skriv hvor mye kriteriet teller, fra 1 til 100."))


class CheckpointForm(RowForm):
    due_on = date_line(_l("Dato"), hint=DAY_HINT)
    topic = text_line(_l("Hva ser vi på?"), hint=_l("For eksempel: Er alle deltakerne i gang?"))

    def _missing(self) -> Iterator[bool]:
        yield self._expect(self.due_on, _("Skriv en dato, eller fjern raden."))


class SiteForm(RowForm):
    name = text_line(_l("Sted"), hint=_l("For eksempel: Dagsenteret på Myra."))
    unit_id = SelectField(
        _l("Enhet"), choices=[], coerce=row_number, validate_choice=False, validators=[Optional()]
    )
    hours = whole_number(_l("Timer fra enheten her"), most=MOST_HOURS)

    def _missing(self) -> Iterator[bool]:
        yield self._expect(self.name, _("Skriv hva stedet heter, eller fjern raden."))
        yield self._expect(self.unit_id, _("Velg enheten som har stedet."))


def mark_language(form: Form, language: Language) -> None:
    """What people read out there is in the agreement's language, whatever the page is in."""
    for field in form:
        if isinstance(field, TextAreaField):
            field.render_kw = {"lang": language.value}


# ---------------------------------------------------------------- the draft


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
    def of(cls, agreement: Agreement, units: Sequence[Unit], *, sent: bool) -> "AgreementForm":
        """Filled from what was sent, or from what is stored."""
        form = cls(obj=agreement) if sent else cls(formdata=None, obj=agreement)
        form.units = [(str(unit.id), unit.name) for unit in units]
        form.offer_units()
        mark_language(form, agreement.language)
        return form

    units: Sequence[tuple[str, str]] = ()

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
            criteria=self._rows("criteria", _criterion),
            checkpoints=self._rows("checkpoints", _checkpoint),
            sites=self._rows("sites", _site),
        )

    def _rows(self, name: str, read: Any) -> list[Any] | None:
        """The filled rows of a list, or nothing where one of them cannot be read."""
        entries = self.lists[name].entries
        if any(sub.errors for entry in entries for sub in entry.form):
            return None
        return [read(entry.form) for entry in entries if not entry.form.is_blank()]

    def stored_differently(self, agreement: Agreement) -> list[tuple[str, str]]:
        """(label, text) of each field or list that holds something else in the database."""
        changed = differing(agreement, self.sound_content())
        stored = {section.key: section for section in content_sections(agreement)}
        fields = [(self[name], _shown(getattr(agreement, name))) for name in changed.fields]
        rows = [
            (self[name], "\n\n".join(stored[name].lines))
            for name in ROWS
            if getattr(changed, name) is not None
        ]
        return [(str(field.label.text), text) for field, text in [*fields, *rows]]

    @property
    def error_list(self) -> list[tuple[str | None, str]]:
        whole = [(None, str(error)) for error in self.form_errors]
        return [*whole, *(found for field in self for found in _errors_of(field))]


def _errors_of(field: Field) -> Iterator[tuple[str | None, str]]:
    if not isinstance(field, FieldList):
        yield from ((field.id, str(error)) for error in field.errors)
        return
    yield from ((field.id, str(e)) for e in field.errors if not isinstance(e, dict | list))
    for entry in field.entries:
        yield from ((sub.id, str(error)) for sub in entry.form for error in sub.errors)


def _stored(name: str, value: Any) -> Any:
    """An empty text is no text, where the database wants one."""
    return value or "" if name in TEXTS else value


def _shown(value: object) -> str:
    if isinstance(value, date):
        return norwegian_date(value)
    return number(value) if isinstance(value, int) else str(value or "")


def _criterion(form: CriterionForm) -> CriterionRow:
    return CriterionRow(
        str(form.title.data),
        form.measure.data or "",
        form.target.data or "",
        int(form.weight.data or 0),
    )


def _checkpoint(form: CheckpointForm) -> CheckpointRow:
    return CheckpointRow(cast("date", form.due_on.data), form.topic.data or "")


def _site(form: SiteForm) -> SiteRow:
    return SiteRow(int(form.unit_id.data or 0), str(form.name.data), form.hours.data)


# ---------------------------------------------------------------- the moves


class NewVersionForm(VersionedForm):
    read_by = sights.REASONS

    reason = text_area(
        _l("Hva må endres, og hvorfor?"),
        required=_l("Skriv hvorfor dere trenger en ny versjon. Den andre parten skal ta stilling."),
        length=3000,
    )


class SendBackForm(VersionedForm):
    read_by = sights.REASONS

    reason = text_area(
        _l("Hva må endres?"),
        required=_l("Skriv hva som må endres, så den andre parten forstår hvorfor."),
        length=3000,
    )


class WithdrawForm(VersionedForm):
    read_by = sights.REASONS

    reason = text_area(
        _l("Hvorfor trekkes versjonen?"),
        required=_l("Skriv en grunn. Den andre parten har brukt tid på dette."),
        length=3000,
    )


# ---------------------------------------------------------------- the administrator's texts

PLACES = _l(
    "{behov}, {konsept}, {enhet}, {kommune} og {entreprenør} byttes ut med navnene i saken."
)


def _template_text(wording: Any) -> Any:
    return text_area(wording, required=_l("Skriv en tekst her. Nye avtaler starter med den."))


class TemplateForm(VersionedForm):
    """`version` is 0 where the shipped text has not been changed yet."""

    purpose = _template_text(_l("Formål"))
    unit_contribution = _template_text(_l("Hva tjenesteenheten bidrar med"))
    entrepreneur_contribution = _template_text(_l("Hva entreprenøren bidrar med"))
    on_yes = _template_text(_l("Hva skjer ved ja"))
    on_no = _template_text(_l("Hva skjer ved nei"))
    data_protection = _template_text(_l("Personvern"))
    ownership = _template_text(_l("Hvem eier det som blir laget"))

    def validate_version(self, field: Field) -> None:
        if field.data != "0":
            super().validate_version(field)
