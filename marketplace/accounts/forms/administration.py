"""The administrator's forms: organisations, units, people and their roles."""

from collections.abc import Iterable
from typing import ClassVar, Self

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from marketplace.accounts import sights
from marketplace.accounts.forms.sign_in import email_line
from marketplace.accounts.models import Organisation
from marketplace.accounts.services.organisations import OrganisationDetails
from marketplace.accounts.services.units import Readiness
from marketplace.accounts.states import OrganisationKind, ServiceArea
from marketplace.core.actor import Grant, Role
from marketplace.ui.fields import choice, text_area, text_line, whole_number
from marketplace.ui.forms import BaseForm, VersionedForm
from marketplace.ui.labels import label


class _OrganisationFields(BaseForm):
    fields_read_by: ClassVar = {"about": sights.ORGANISATION}

    name = text_line(_l("Navn"), required=_l("Skriv navnet på organisasjonen."))
    organisation_number = text_line(
        _l("Organisasjonsnummer"),
        required=_l("Skriv organisasjonsnummeret, ni sifre."),
        hint=_l("Ni sifre. Du kan skrive mellomrom."),
        length=20,
    )
    legal_form = text_line(_l("Organisasjonsform"), length=60)
    about = text_area(_l("Om organisasjonen"), length=2000)

    def details(self) -> OrganisationDetails:
        return OrganisationDetails(
            name=self.name.data or "",
            organisation_number=self.organisation_number.data or "",
            legal_form=self.legal_form.data or None,
            about=self.about.data or None,
        )


class NewOrganisationForm(_OrganisationFields):
    kind = choice(
        _l("Hva slags organisasjon?"),
        OrganisationKind,
        required=_l("Velg hva slags organisasjon det er."),
    )


class OrganisationForm(_OrganisationFields, VersionedForm):
    pass


class RejectionForm(VersionedForm):
    read_by = sights.REJECTION

    reason = text_area(
        _l("Hvorfor blir den ikke godkjent?"),
        required=_l("Skriv en begrunnelse."),
        length=2000,
    )


class _ReadinessFields(BaseForm):
    read_by = sights.UNIT_CARD

    capacity = whole_number(
        _l("Hvor mange utprøvinger klarer enheten samtidig?"),
        required=_l("Skriv et tall. Skriv 0 hvis enheten ikke har plass nå."),
        most=100,
    )
    contact_name = text_line(_l("Kontaktperson"), required=_l("Skriv hvem andre kan kontakte."))
    contact_email = email_line(_l("Kontaktpersonens e-post"))
    contact_phone = text_line(_l("Kontaktpersonens telefon"), length=30)
    test_experience = text_area(
        _l("Hva har enheten prøvd ut før?"), hint=_l("Også det som ikke gikk bra."), length=2000
    )
    time_for_pilots = text_area(
        _l("Hvor mye tid har enheten til utprøving?"),
        hint=_l("For eksempel en dag i uka, eller bare utenom sommeren."),
        length=2000,
    )
    data_and_systems = text_area(_l("Hvilke data og systemer bruker enheten?"), length=2000)
    readiness_notes = text_area(_l("Noe annet det er greit å vite?"), length=2000)

    def readiness(self) -> Readiness:
        return Readiness(
            capacity=self.capacity.data or 0,
            contact_name=self.contact_name.data or "",
            contact_email=self.contact_email.data or "",
            contact_phone=self.contact_phone.data or None,
            test_experience=self.test_experience.data or None,
            time_for_pilots=self.time_for_pilots.data or None,
            data_and_systems=self.data_and_systems.data or None,
            readiness_notes=self.readiness_notes.data or None,
        )


class ReadinessForm(_ReadinessFields, VersionedForm):
    pass


class NewUnitForm(_ReadinessFields):
    name = text_line(_l("Navn på enheten"), required=_l("Skriv navnet på enheten."))
    area = choice(_l("Område"), ServiceArea, required=_l("Velg område."))


class UnitForm(NewUnitForm, VersionedForm):
    pass


class MembershipForm(BaseForm):
    role = choice(_l("Rolle"), Role, required=_l("Velg en rolle."))
    where = SelectField(
        _l("Hvor"),
        description=_l("Administrator har ingen. De andre rollene hører til et sted."),
        validate_choice=False,
    )

    @classmethod
    def for_places(cls, places: Iterable[Organisation]) -> Self:
        """A group for each organisation: the whole of it, and then its units."""
        form = cls()
        groups = {str(_l("Uten sted")): [("", str(_l("Ingen")))]}
        for place in places:
            group = groups.setdefault(f"{place.name} ({label(place.kind)})", [])
            has_units = place.kind is OrganisationKind.MUNICIPALITY
            whole = str(_l("Hele kommunen")) if has_units else place.name
            group.append((f"organisation-{place.id}", whole))
            group += [(f"unit-{unit.id}", unit.name) for unit in place.units]
        form.where.choices = groups
        return form

    def grant(self) -> Grant:
        kind, _, number = (self.where.data or "").partition("-")
        place = int(number) if number.isdecimal() and len(number) < 10 else None
        return Grant(
            self.role.data,
            place if kind == "organisation" else None,
            place if kind == "unit" else None,
        )


class InvitationForm(MembershipForm):
    name = text_line(_l("Navn"), required=_l("Skriv navnet på personen."))
    email = email_line(hint=_l("Invitasjonen går til denne adressen."))
