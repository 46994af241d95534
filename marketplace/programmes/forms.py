"""The forms of a programme: the agreement itself, and what is used of its funds."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from marketplace.accounts.models import Organisation
from marketplace.programmes import sights
from marketplace.programmes.services import ProgrammeContent
from marketplace.ui.fields import LARGEST_NUMBER, date_line, text_area, text_line, whole_number
from marketplace.ui.filtering import row_number
from marketplace.ui.forms import BaseForm, VersionedForm

MOST_TESTS = 1000


def _choices(organisations: Sequence[Organisation]) -> list[tuple[str, str]]:
    return [("", str(_l("Velg"))), *((str(place.id), place.name) for place in organisations)]


class _ProgrammeFields(BaseForm):
    fields_read_by: ClassVar = {"about": sights.ABOUT}

    name = text_line(_l("Navn"), required=_l("Skriv et navn på programmet."))
    about = text_area(
        _l("Hva er dere blitt enige om?"),
        hint=_l("Kort om målet med samarbeidet."),
        length=3000,
    )
    partner_id = SelectField(
        _l("Partner"),
        validators=[
            InputRequired(
                _l("Velg en partner fra lista. En administrator kan registrere flere partnere.")
            )
        ],
        validate_choice=False,  # the service knows who fits, and says so
    )
    starts_on = date_line(_l("Første dag"), required=_l("Velg når programmet starter."))
    ends_on = date_line(_l("Siste dag"), required=_l("Velg når programmet slutter."))
    minimum = whole_number(
        _l("Hvor mange utprøvinger skal dere minst fullføre?"),
        hint=_l("En utprøving er fullført når dere har besluttet om dere kjøper eller ikke."),
        required=_l("Skriv det laveste antallet, for eksempel 3."),
        least=1,
        most=MOST_TESTS,
    )
    maximum = whole_number(
        _l("Hvor mange kan det høyst bli?"),
        required=_l("Skriv det høyeste antallet, for eksempel 5."),
        least=1,
        most=MOST_TESTS,
    )
    funds = whole_number(
        _l("Midler, i kroner"),
        hint=_l("Skriv 0 hvis programmet ikke har egne midler."),
        required=_l("Skriv hvor mye programmet har, eller 0."),
    )

    def offer_partners(self, partners: Sequence[Organisation]) -> None:
        self.partner_id.choices = _choices(partners)

    def content(self) -> ProgrammeContent:
        values: dict[str, Any] = {
            name: self[name].data
            for name in ("name", "starts_on", "ends_on", "minimum", "maximum", "funds")
        }
        return ProgrammeContent(
            about=self.about.data or "", partner_id=row_number(self.partner_id.data) or 0, **values
        )


class NewProgrammeForm(_ProgrammeFields):
    municipality_id = SelectField(
        _l("Kommune"),
        validators=[InputRequired(_l("Velg kommunen."))],
        validate_choice=False,  # the service knows which are the person's, and says so
    )

    @classmethod
    def for_municipalities(cls, municipalities: Sequence[Organisation]) -> Self:
        """Most coordinators have one, which is chosen for them."""
        only = municipalities[0].id if len(municipalities) == 1 else None
        form = cls(data={"municipality_id": only})
        form.municipality_id.choices = _choices(municipalities)
        return form

    @property
    def chosen_municipality(self) -> int:
        return row_number(self.municipality_id.data) or 0


class ProgrammeForm(_ProgrammeFields, VersionedForm):
    pass


class FundUseForm(VersionedForm):
    read_by = sights.FUND_USE

    amount = whole_number(
        _l("Beløp, i kroner"),
        hint=_l("Skriv minus foran for å føre noe tilbake, for eksempel -5 000."),
        required=_l("Skriv hvor mye som er brukt."),
        least=-LARGEST_NUMBER,
    )
    used_on = date_line(
        _l("Dato"), hint=_l("Dagen midlene ble brukt."), required=_l("Velg en dag.")
    )
    note = text_area(
        _l("Hva er midlene brukt til?"),
        required=_l("Skriv hva midlene er brukt til."),
        length=1000,
    )

    @property
    def stored_now(self) -> list[tuple[str, str]]:
        """Nothing: a use is new, and what stands there first is only suggested."""
        return []
