"""What an organisation of entrepreneurs says about itself."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from marketplace.accounts import sights
from marketplace.ui.fields import text_area, text_line
from marketplace.ui.forms import VersionedForm


def legal_form_line() -> StringField:
    hint = _l("For eksempel AS, stiftelse eller forening.")
    return text_line(_l("Organisasjonsform"), hint=hint, length=60)


def about_area() -> TextAreaField:
    return text_area(
        _l("Hva gjør organisasjonen?"),
        required=_l("Skriv med noen setninger hva organisasjonen gjør."),
        length=2000,
    )


class PresentationForm(VersionedForm):
    read_by = sights.ORGANISATION

    legal_form = legal_form_line()
    about = about_area()
