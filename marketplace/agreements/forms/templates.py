"""The form of the administrator's texts."""

from typing import Any

from flask_babel import lazy_gettext as _l

from marketplace.ui.fields import text_area
from marketplace.ui.forms import MaybeNewForm

PLACES = _l(
    "{behov}, {konsept}, {enhet}, {kommune} og {entreprenør} byttes ut med navnene i saken."
)


def _template_text(wording: Any) -> Any:
    return text_area(
        wording, required=_l("Skriv en tekst her. Nye avtaler starter med den."), rows=8
    )


class TemplateForm(MaybeNewForm):
    """`version` is 0 where the shipped text has not been changed yet."""

    purpose = _template_text(_l("Formål"))
    unit_contribution = _template_text(_l("Hva tjenesteenheten bidrar med"))
    entrepreneur_contribution = _template_text(_l("Hva entreprenøren bidrar med"))
    on_yes = _template_text(_l("Hva skjer ved ja"))
    on_no = _template_text(_l("Hva skjer ved nei"))
    data_protection = _template_text(_l("Personvern"))
    ownership = _template_text(_l("Hvem eier det som blir laget"))
