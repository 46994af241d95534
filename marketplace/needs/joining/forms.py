"""The forms of joining a need and of leaving it."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from marketplace.accounts.models import Person, Unit
from marketplace.needs import sights
from marketplace.needs.joining.services import MOST_HOURS, MOST_PEOPLE, Share
from marketplace.ui.fields import text_area, text_line, whole_number
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import BaseForm, VersionedForm


class JoinForm(BaseForm):
    read_by = sights.SHARE

    unit_id = SelectField(
        _l("Enhet"),
        choices=[],
        coerce=row_number,
        validators=[InputRequired(message=_l("Velg enheten som skal bli med."))],
    )
    site = text_line(
        _l("Hvor hos dere skal det prøves ut?"),
        required=_l("Skriv hvor det skal prøves ut."),
        hint=_l("For eksempel: Dagsenteret på Rykkinn."),
    )
    target_count = whole_number(
        _l("Hvor mange gjelder det hos dere?"),
        required=_l("Skriv omtrent hvor mange det gjelder hos dere."),
        hint=_l("Et omtrentlig tall er godt nok."),
        least=1,
        most=MOST_PEOPLE,
    )
    contribution = text_area(
        _l("Hva bidrar enheten med?"),
        required=_l("Skriv hva enheten bidrar med."),
        hint=_l("Skriv ikke navn på brukere."),
    )
    hours = whole_number(
        _l("Hvor mange timer har dere?"),
        required=_l("Skriv hvor mange timer enheten har. Har dere ingen, skriv 0."),
        hint=_l("Alle timer for alle ansatte, samlet."),
        most=MOST_HOURS,
    )
    contact_id = SelectField(
        _l("Kontaktperson hos dere"),
        choices=[],
        coerce=row_number,
        validators=[InputRequired(message=_l("Velg en kontaktperson."))],
    )

    @classmethod
    def for_units(
        cls, units: Sequence[Unit], people: Sequence[Person], **values: Any
    ) -> "JoinForm":
        form = cls(data=values)
        named = [(unit.id, unit.name) for unit in units]
        form.unit_id.choices = named if len(named) == 1 else [("", _("Velg")), *named]
        form.contact_id.choices = [("", _("Velg")), *((p.id, p.name) for p in people)]
        return form

    def chosen(self, units: Sequence[Unit]) -> Unit:
        return next(unit for unit in units if unit.id == self.unit_id.data)

    @property
    def share(self) -> Share:
        return Share(
            site=self.site.data or "",
            contribution=self.contribution.data or "",
            hours=self.hours.data,
            target_count=self.target_count.data,
            contact_id=self.contact_id.data,
        )


class LeaveForm(VersionedForm):
    read_by = sights.SHARE_WITHDRAWAL

    reason = text_area(
        _l("Hvorfor trekker enheten seg?"),
        required=_l("Skriv en begrunnelse. De andre enhetene får se den."),
    )
