"""Forms for signing in, for passwords, and for one's own profile."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, PasswordField
from wtforms.validators import InputRequired, ValidationError

from marketplace.accounts.passwords import LEAST_LENGTH, MOST_LENGTH, one_form
from marketplace.accounts.states import Language
from marketplace.core.errors import Refused
from marketplace.ui.fields import choice, text_line
from marketplace.ui.forms import BaseForm, VersionedForm
from marketplace.ui.labels import Wording
from marketplace.ui.languages import LANGUAGES

LONGEST_EMAIL = 254
SPOKEN = [Language(code) for code in LANGUAGES]
"""The languages that the interface speaks; texts may be written in more."""

EMAIL = _l("E-post")
NEW_PASSWORD = _l("Nytt passord")


class CountingForm(BaseForm):
    """A form whose wrong attempts are counted: a refusal is shown, and still committed."""

    def attempt(self, action: Callable[[], object]) -> bool:
        try:
            action()
        except Refused as refused:
            self.show(refused)
            return False
        return True


def email_line(wording: Wording = EMAIL, hint: Wording = "") -> Any:
    return text_line(wording, required=_l("Skriv e-postadressen."), hint=hint, length=LONGEST_EMAIL)


def password_line(wording: Wording, required: Wording, hint: Wording = "") -> PasswordField:
    rules = [InputRequired(required), _not_too_long]
    return PasswordField(wording, description=hint, validators=rules)


def _not_too_long(_form: object, field: Field) -> None:
    """Counted in the letters that a person sees, however the keyboard composed them."""
    if len(one_form(field.data or "")) > MOST_LENGTH:
        raise ValidationError(_("Passordet kan ha høyst %(max)d tegn.", max=MOST_LENGTH))


def new_password_line(wording: Wording = NEW_PASSWORD) -> PasswordField:
    return password_line(
        wording,
        _l("Skriv et passord."),
        _l("Minst %(least)d tegn. Noen ord etter hverandre er lett å huske.", least=LEAST_LENGTH),
    )


class SignInForm(CountingForm):
    email = email_line()
    password = password_line(_l("Passord"), _l("Skriv passordet ditt."))
    next = HiddenField()
    kept = HiddenField()


class ConfirmForm(CountingForm):
    password = password_line(_l("Passord"), _l("Skriv passordet ditt."))
    next = HiddenField()
    kept = HiddenField()


class ForgottenPasswordForm(CountingForm):
    email = email_line(hint=_l("Adressen du logger inn med."))


class NewPasswordForm(BaseForm):
    password = new_password_line()


class ChangePasswordForm(CountingForm):
    old_password = password_line(_l("Passordet du har nå"), _l("Skriv passordet du har nå."))
    password = new_password_line()


class ChangeAddressForm(CountingForm):
    email = email_line(_l("Ny e-post"), _l("Vi sender en lenke til denne adressen."))
    old_password = password_line(_l("Passordet ditt"), _l("Skriv passordet ditt."))


class ProfileForm(VersionedForm):
    name = text_line(_l("Navn"), required=_l("Skriv navnet ditt."))
    language = choice(_l("Språk"), Language, required=_l("Velg språk."), radio=True, only=SPOKEN)


class LanguageForm(BaseForm):
    language = HiddenField()
    next = HiddenField()

    def validate_language(self, field: Field) -> None:
        if field.data not in SPOKEN:
            raise ValidationError(_l("Velg språk."))
