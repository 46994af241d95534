"""An entrepreneur's registration: the organisation and oneself, on one page."""

from collections.abc import Callable
from typing import ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

from marketplace.accounts import sights
from marketplace.accounts.forms.presentation import about_area, legal_form_line
from marketplace.accounts.forms.sign_in import CountingForm, email_line
from marketplace.accounts.identifiers import read_email, read_organisation_number
from marketplace.accounts.services.organisations import OrganisationDetails
from marketplace.accounts.services.registration import NewPerson
from marketplace.accounts.states import AccountRefusal, Language
from marketplace.core.errors import InvalidField
from marketplace.ui.fields import text_line
from marketplace.ui.labels import refusal_text

WRONG_EMAIL = _l("Skriv en e-postadresse, for eksempel navn@bedrift.no.")


def _tell_now(field: Field, check: Callable[[], object]) -> None:
    """Let the form find what the service would refuse, so that all faults are told at once."""
    if field.errors:
        return
    try:
        check()
    except InvalidField as refused:
        wrong_email = refused.code is AccountRefusal.EMAIL_INVALID
        raise ValidationError(WRONG_EMAIL if wrong_email else refusal_text(refused)) from None


class RegistrationForm(CountingForm):
    fields_read_by: ClassVar = {"about": sights.ORGANISATION}

    name = text_line(_l("Navn på organisasjonen"), required=_l("Skriv navnet på organisasjonen."))
    organisation_number = text_line(
        _l("Organisasjonsnummer"),
        required=_l("Skriv organisasjonsnummeret, ni sifre."),
        hint=_l("Ni sifre. Du kan skrive mellomrom."),
        length=20,
    )
    legal_form = legal_form_line()
    about = about_area()
    person_name = text_line(_l("Navnet ditt"), required=_l("Skriv navnet ditt."))
    email = email_line(
        _l("E-posten din"),
        _l(
            "Du får en lenke hit, og logger inn med adressen etterpå. Skriv for eksempel"
            " navn@bedrift.no."
        ),
    )

    def validate_organisation_number(self, field: Field) -> None:
        _tell_now(field, lambda: read_organisation_number(field.data))

    def validate_email(self, field: Field) -> None:
        _tell_now(field, lambda: read_email(field.data))

    def details(self) -> OrganisationDetails:
        return OrganisationDetails(
            name=self.name.data or "",
            organisation_number=self.organisation_number.data or "",
            legal_form=self.legal_form.data or None,
            about=self.about.data or None,
        )

    def person(self, language: str) -> NewPerson:
        return NewPerson(
            name=self.person_name.data or "",
            email=self.email.data or "",
            language=Language(language),
        )
