"""What an organisation of entrepreneurs says about itself."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField

from marketplace.ui.forms import VersionedForm, text_area, text_line
from marketplace.ui.labels import Wording


def legal_form_line() -> StringField:
    hint = _l("For eksempel AS, stiftelse eller forening.")
    return text_line(_l("Organisasjonsform"), hint=hint, length=60)


def about_area(hint: Wording) -> TextAreaField:
    return text_area(
        _l("Hva gjør organisasjonen?"),
        required=_l("Skriv med noen setninger hva organisasjonen gjør."),
        hint=hint,
        length=2000,
    )


class PresentationForm(VersionedForm):
    legal_form = legal_form_line()
    about = about_area(_l("Teksten er synlig for alle når organisasjonen er godkjent."))
