"""An entrepreneur's registration: the organisation and oneself, on one page."""

from flask_babel import lazy_gettext as _l

from marketplace.accounts.forms.presentation import about_area, legal_form_line
from marketplace.accounts.forms.signing import CountingForm, email_line, new_password_line
from marketplace.accounts.services.organisations import NewPerson, OrganisationDetails
from marketplace.accounts.states import Language
from marketplace.ui.forms import text_line


class RegistrationForm(CountingForm):
    name = text_line(_l("Navn på organisasjonen"), required=_l("Skriv navnet på organisasjonen."))
    organisation_number = text_line(
        _l("Organisasjonsnummer"),
        required=_l("Skriv organisasjonsnummeret, ni sifre."),
        hint=_l("Ni sifre. Du kan skrive mellomrom."),
        length=20,
    )
    legal_form = legal_form_line()
    about = about_area(_l("Administrator leser dette før organisasjonen blir godkjent."))
    person_name = text_line(_l("Navnet ditt"), required=_l("Skriv navnet ditt."))
    email = email_line(_l("E-posten din"), _l("Du logger inn med denne adressen."))
    password = new_password_line(_l("Velg passord"))

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
            password=self.password.data or "",
            language=Language(language),
        )
