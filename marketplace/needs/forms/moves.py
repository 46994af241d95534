"""The small forms of a need's moves."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired

from marketplace.accounts.models import Unit
from marketplace.needs import sights
from marketplace.needs.forms.choices import row_id
from marketplace.needs.states import NeedOutcome
from marketplace.ui.fields import choice, text_area, text_line
from marketplace.ui.forms import BaseForm, VersionedForm


class StartForm(BaseForm):
    """Where a need begins: which unit it belongs to, and what to call it meanwhile."""

    unit_id = SelectField(
        _l("Enhet"),
        choices=[],
        coerce=row_id,
        validators=[InputRequired(message=_l("Velg enheten som har behovet."))],
    )
    title = text_line(
        _l("Tittel"),
        hint=_l("Si problemet på én linje. Du kan endre tittelen senere, eller vente med den."),
    )

    @classmethod
    def for_units(cls, units: Sequence[Unit]) -> "StartForm":
        form = cls()
        form.unit_id.choices = [(str(unit.id), unit.name) for unit in units]
        return form

    def chosen(self, units: Sequence[Unit]) -> Unit:
        return next(unit for unit in units if unit.id == self.unit_id.data)


class ChangesForm(VersionedForm):
    read_by = sights.REVIEW_COMMENT

    reason = text_area(
        _l("Hva må endres?"),
        required=_l("Skriv hva som må endres."),
        hint=_l("Si hva som mangler, og gjerne hvordan de kan løse det."),
    )


class RefuseForm(VersionedForm):
    read_by = sights.REVIEW_COMMENT

    reason = text_area(
        _l("Hvorfor står ikke enheten bak behovet?"),
        required=_l("Skriv hvorfor du sier nei."),
        hint=_l("Si hva som må til for at du kan godkjenne det, eller hvorfor det bør slettes."),
    )


class TakeBackForm(VersionedForm):
    read_by = sights.REVIEW_COMMENT

    reason = text_area(
        _l("Hvorfor tar dere behovet tilbake?"),
        required=_l("Skriv hvorfor dere tar behovet tilbake."),
        hint=_l("Koordinatoren får vite det. Én setning er nok."),
    )


class AddendumForm(VersionedForm):
    read_by = sights.ADDENDUM

    text = text_area(
        _l("Nye opplysninger"),
        required=_l("Skriv det dere vil legge til."),
        hint=_l("Skriv ikke navn på brukere."),
    )


class CloseForm(VersionedForm):
    read_by = sights.CLOSING_REASON

    outcome = choice(
        _l("Hvordan gikk det?"),
        NeedOutcome,
        required=_l("Velg hvordan det gikk med behovet."),
        radio=True,
    )
    reason = text_area(
        _l("Hvorfor?"),
        required=_l("Skriv hvorfor behovet avsluttes."),
        hint=_l("De som følger behovet, får teksten."),
    )
