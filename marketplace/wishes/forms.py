"""The forms of wishes."""

from collections.abc import Sequence
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import InputRequired

from marketplace.accounts.models import Unit
from marketplace.accounts.states import ServiceArea
from marketplace.ui.fields import one_of, text_area, text_line
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import BaseForm, VersionedForm
from marketplace.wishes import sights


class RaiseForm(BaseForm):
    read_by = sights.TEXTS

    title = text_line(
        _l("Hva ønsker dere?"),
        required=_l("Si på én linje hva dere ønsker."),
        hint=_l("For eksempel: Færre ungdommer faller ut av skolen."),
    )
    what = text_area(
        _l("Hva vil dere at en enhet skal se på?"),
        required=_l("Skriv hva dere vil at en enhet skal se på."),
        hint=_l("Beskriv problemet, ikke løsningen. Enheten skriver selve behovet."),
        length=2400,
    )
    why = text_area(
        _l("Hvorfor?"),
        required=_l("Skriv hvorfor dere ønsker dette."),
        hint=_l("For eksempel: Målet står i kommuneplanen, og tallene går feil vei."),
        length=2400,
        rows=3,
    )
    area = one_of(_l("Område"), list(ServiceArea), _l("Alle områder"))
    units = SelectMultipleField(
        _l("Hvilke enheter tenker dere på?"),
        description=_l(
            "Lederne i enhetene dere velger, får beskjed. Velger dere ingen, får alle lederne i"
            " området det. Andre enheter kan også ta opp ønsket."
        ),
        coerce=row_number,
        choices=[],
    )

    @classmethod
    def for_units(cls, units: Sequence[Unit]) -> "RaiseForm":
        form = cls()
        form.units.choices = [(unit.id, unit.name) for unit in units]
        return form


class AnswerForm(VersionedForm):
    """For which of one's units the answer is; with one unit there is nothing to choose."""

    unit_id = SelectField(
        _l("Enhet"),
        choices=[],
        coerce=row_number,
        validators=[InputRequired(message=_l("Velg enheten du svarer for."))],
    )

    @classmethod
    def for_units(cls, units: Sequence[Unit], **values: Any) -> Self:
        form = cls(data=values)
        named = [(unit.id, unit.name) for unit in units]
        form.unit_id.choices = named if len(named) == 1 else [("", _("Velg")), *named]
        return form

    def chosen(self, units: Sequence[Unit]) -> Unit:
        return next(unit for unit in units if unit.id == self.unit_id.data)


class TakeOnForm(AnswerForm):
    pass


class SayNoForm(AnswerForm):
    read_by = sights.NO

    reason = text_area(
        _l("Hvorfor sier enheten nei?"),
        required=_l("Skriv en begrunnelse. Ledelsen får se den."),
        hint=_l("Ønsket er fortsatt åpent for andre enheter."),
    )


class WithdrawForm(VersionedForm):
    read_by = sights.TEXTS

    reason = text_area(
        _l("Hvorfor trekkes ønsket?"),
        required=_l("Skriv en begrunnelse. Enhetene får se den."),
        rows=3,
    )
