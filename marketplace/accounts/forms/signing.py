"""Forms for signing in and for passwords."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from marketplace.accounts.passwords import LEAST_LENGTH, MOST_LENGTH
from marketplace.ui.forms import BaseForm, text_line
from marketplace.ui.labels import Wording

LONGEST_EMAIL = 254


def password_line(wording: Wording, required: Wording, hint: Wording = "") -> PasswordField:
    too_long = _l("Passordet kan ha høyst %(max)d tegn.")
    rules = [InputRequired(required), Length(max=MOST_LENGTH, message=too_long)]
    return PasswordField(wording, description=hint, validators=rules)


def new_password_line() -> PasswordField:
    return password_line(
        _l("Nytt passord"),
        _l("Skriv et passord."),
        _l("Minst %(least)d tegn. Noen ord etter hverandre er lett å huske.", least=LEAST_LENGTH),
    )


class SignInForm(BaseForm):
    email = text_line(_l("E-post"), required=_l("Skriv e-postadressen din."), length=LONGEST_EMAIL)
    password = password_line(_l("Passord"), _l("Skriv passordet ditt."))
    next = HiddenField()
    kept = HiddenField()
