"""The rows of a draft: criteria, checkpoints and places."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import Optional

from marketplace.agreements.content import CheckpointRow, CriterionRow, SiteRow
from marketplace.ui.fields import date_line, text_area, text_line, whole_number
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import PartForm

MOST_HOURS, MOST_KRONER = 20_000, 1_000_000_000
"""More than any test means: a slip of the finger."""
MEASURE_LENGTH = 1000
DAY_HINT = _l("Skriv datoen slik: 31.12.2026.")


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


def criterion_row(form: CriterionForm) -> CriterionRow:
    return CriterionRow(
        str(form.title.data),
        form.measure.data or "",
        form.target.data or "",
        int(form.weight.data or 0),
    )


def checkpoint_row(form: CheckpointForm) -> CheckpointRow:
    return CheckpointRow(cast("date", form.due_on.data), form.topic.data or "")


def site_row(form: SiteForm) -> SiteRow:
    return SiteRow(int(form.unit_id.data or 0), str(form.name.data), form.hours.data)
