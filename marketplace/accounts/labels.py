"""The wording of every code word of this feature."""

from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from marketplace.accounts.states import (
    AccountEvent,
    AccountRefusal,
    Language,
    LinkPurpose,
    OrganisationKind,
    OrganisationMove,
    OrganisationState,
    OrganisationTask,
    ServiceArea,
)
from marketplace.core.actor import Role
from marketplace.ui.labels import LabelTables, Wording
from marketplace.ui.tasks import Task, Tasks

_WORDS = (
    {
        OrganisationKind.MUNICIPALITY: _l("kommune"),
        OrganisationKind.ENTREPRENEUR: _l("entreprenør"),
        OrganisationKind.PARTNER: _l("partner"),
    },
    {
        OrganisationState.PENDING: _l("venter på godkjenning"),
        OrganisationState.APPROVED: _l("godkjent"),
        OrganisationState.REJECTED: _l("ikke godkjent"),
    },
    {
        OrganisationMove.APPROVE: _l("godkjenne"),
        OrganisationMove.REJECT: _l("avslå"),
    },
    {
        Language.BOKMAL: _l("bokmål"),
        Language.NYNORSK: _l("nynorsk"),
        Language.ENGLISH: _l("engelsk"),
    },
    {
        ServiceArea.HEALTH_CARE: _l("Helse og omsorg"),
        ServiceArea.CHILD_WELFARE: _l("Barnevern"),
        ServiceArea.SCHOOL: _l("Skole"),
        ServiceArea.KINDERGARTEN: _l("Barnehage"),
        ServiceArea.EMPLOYMENT: _l("Arbeid og inkludering"),
        ServiceArea.INTEGRATION: _l("Integrering"),
        ServiceArea.CULTURE: _l("Kultur og fritid"),
        ServiceArea.ENVIRONMENT: _l("Miljø"),
        ServiceArea.HOUSING: _l("Bolig"),
        ServiceArea.MENTAL_HEALTH: _l("Psykisk helse og rus"),
    },
    {
        LinkPurpose.INVITATION: _l("invitasjon"),
        LinkPurpose.REGISTRATION: _l("registrering"),
        LinkPurpose.ROLE: _l("ny rolle"),
        LinkPurpose.RESET: _l("nytt passord"),
        LinkPurpose.ADDRESS: _l("ny e-postadresse"),
    },
)

_EVENTS = (
    {
        AccountEvent.ORGANISATION_REGISTERED: _l("Organisasjonen ble registrert"),
        AccountEvent.ORGANISATION_CREATED: _l("Organisasjonen ble opprettet"),
        AccountEvent.ORGANISATION_CHANGED: _l("Opplysningene om organisasjonen ble endret"),
        AccountEvent.ORGANISATION_APPROVED: _l("Organisasjonen ble godkjent"),
        AccountEvent.ORGANISATION_REJECTED: _l("Organisasjonen ble ikke godkjent"),
        AccountEvent.UNIT_CREATED: _l("Enheten ble opprettet"),
        AccountEvent.UNIT_CHANGED: _l("Opplysningene om enheten ble endret"),
        AccountEvent.PERSON_INVITED: _l("Invitasjon ble sendt"),
        AccountEvent.REGISTRATION_ASKED: _l("Noen registrerte en organisasjon med adressen"),
        AccountEvent.ADDRESS_KNOWN: _l("Noen skrev e-postadressen, som har konto fra før"),
        AccountEvent.ADDRESS_ASKED: _l("Personen ba om å bytte e-postadresse"),
        AccountEvent.ADDRESS_CHANGED: _l("E-postadressen ble byttet"),
        AccountEvent.ADDRESS_GIVEN_UP: _l("Adressen, som aldri ble bekreftet, gikk til en annen"),
        AccountEvent.PERSON_CHANGED: _l("Profilen ble endret"),
        AccountEvent.PERSON_DEACTIVATED: _l("Kontoen ble stengt"),
        AccountEvent.PERSON_ACTIVATED: _l("Kontoen ble åpnet igjen"),
        AccountEvent.PASSWORD_SET: _l("Nytt passord ble valgt"),
        AccountEvent.RESET_REQUESTED: _l("Noen ba om lenke for nytt passord"),
        AccountEvent.ROLE_OFFERED: _l("Lenke til en ny rolle ble sendt"),
        AccountEvent.OFFER_WITHDRAWN: _l("En rolle ble trukket tilbake"),
        AccountEvent.MEMBERSHIP_GRANTED: _l("Personen fikk en rolle"),
        AccountEvent.MEMBERSHIP_ENDED: _l("En rolle ble avsluttet"),
        AccountEvent.SIGNED_IN: _l("Personen logget inn"),
        AccountEvent.SESSION_REVOKED: _l("En innlogging ble avsluttet"),
    },
)


_REFUSALS = (
    {
        AccountRefusal.WRONG_CREDENTIALS: _l(
            "E-posten eller passordet er feil. Sjekk begge deler, eller be om nytt passord."
        ),
        AccountRefusal.TOO_MANY_ATTEMPTS: _l(
            "Det er prøvd for mange ganger. Vent i %(minutes)s min, og prøv igjen."
        ),
        AccountRefusal.TOO_MANY_SIGN_INS: _l(
            "Det er prøvd for mange ganger. Vent i %(minutes)s min, eller velg «Har du glemt"
            " passordet?»: lenken vi sender deg, virker med en gang."
        ),
        AccountRefusal.LINK_INVALID: _l(
            "Lenken er brukt, eller den har gått ut på dato. Be om en ny lenke."
        ),
        AccountRefusal.OLD_PASSWORD_WRONG: _l("Dette er ikke passordet du har nå. Prøv igjen."),
        AccountRefusal.PASSWORD_TOO_SHORT: _l(
            "Passordet er for kort. Bruk minst %(least)s tegn, for eksempel fire ord."
        ),
        AccountRefusal.PASSWORD_TOO_LONG: _l("Passordet er for langt. Bruk høyst %(most)s tegn."),
        AccountRefusal.PASSWORD_TOO_COMMON: _l(
            "Passordet er for lett å gjette. Velg noe annet enn vanlige passord, navnet ditt og"
            " navnet på kommunen."
        ),
        AccountRefusal.ORGANISATION_NUMBER_INVALID: _l(
            "Dette er ikke et norsk organisasjonsnummer. Skriv de ni sifrene fra Brønnøysund."
        ),
        AccountRefusal.ORGANISATION_NUMBER_TAKEN: _l(
            "Organisasjonen er allerede registrert. Be en kollega som har konto, eller"
            " administrator av Behovstorget, om en invitasjon."
        ),
        AccountRefusal.EMAIL_UNCHANGED: _l(
            "Dette er adressen du har nå. Skriv den nye, eller gå tilbake til profilen."
        ),
        AccountRefusal.EMAIL_HAS_ACCOUNT: _l(
            "E-postadressen har allerede en konto. Finn personen i lista, og legg til rollen der."
        ),
        AccountRefusal.EMAIL_INVALID: _l("Skriv en e-postadresse, for eksempel navn@kommune.no."),
        AccountRefusal.OWN_ENTREPRENEURS_ONLY: _l(
            "Bare entreprenørene i organisasjonen kan endre presentasjonen av den."
        ),
        AccountRefusal.ADMINISTRATORS_ONLY: _l("Bare en administrator kan gjøre dette."),
        AccountRefusal.UNIT_NAME_TAKEN: _l(
            "Kommunen har allerede en enhet med dette navnet. Velg et annet navn."
        ),
        AccountRefusal.ONLY_MUNICIPALITIES_HAVE_UNITS: _l(
            "Bare kommuner har tjenesteenheter. Opprett enheten under en kommune."
        ),
        AccountRefusal.INVITATION_ACCEPTED: _l(
            "Personen har allerede valgt passord. Har de glemt det, kan de be om nytt når de logger"
            " inn."
        ),
        AccountRefusal.PERSON_INACTIVE: _l("Kontoen er stengt. Åpne den igjen først."),
        AccountRefusal.PERSON_ACTIVE: _l("Kontoen er åpen. Last siden på nytt for å se den."),
        AccountRefusal.ROLE_NEEDS_UNIT: _l(
            "Rollen «%(role)s» hører til en tjenesteenhet. Velg enheten."
        ),
        AccountRefusal.ROLE_DOES_NOT_FIT: _l(
            "Rollen «%(role)s» passer ikke her. Kommunens roller hører til kommunen, entreprenør og"
            " partner til sin egen organisasjon, og administrator til ingen."
        ),
        AccountRefusal.ALREADY_MEMBER: _l("Personen har denne rollen her fra før."),
        AccountRefusal.LAST_ADMINISTRATOR: _l(
            "Dette er den siste administratoren. Gi en annen person rollen først."
        ),
        AccountRefusal.UNIT_LEADER_OR_ADMINISTRATOR: _l(
            "Bare lederen for enheten eller en administrator kan endre dette."
        ),
        AccountRefusal.ORGANISATION_NOT_APPROVED: _l(
            "Organisasjonen er ikke godkjent ennå. Du kan skrive utkast, og publisere når en"
            " administrator har godkjent den."
        ),
    },
)

# Apart, because an event and a topic of the same value would be the same key.
LABELS: LabelTables = _WORDS + _EVENTS + _REFUSALS

# What a person in each role does, in a line, for those who try the demo.
ROLE_TASKS: Mapping[Role, Wording] = {
    Role.UNIT_MEMBER: _l("Skriver behov og ser hvilke konsepter som treffer."),
    Role.UNIT_LEADER: _l("Går god for behovene og sier ja på vegne av enheten."),
    Role.ENTREPRENEUR: _l("Legger ut konsepter og melder interesse for behov."),
    Role.COORDINATOR: _l("Publiserer behov, godkjenner koblinger og ser hva som venter."),
    Role.PROCUREMENT_ADVISER: _l("Gir råd om innkjøp i sakene sine."),
    Role.LEADERSHIP: _l("Følger med på hvordan det går."),
    Role.PARTNER: _l("Kan se publiserte behov."),
    Role.ADMINISTRATOR: _l("Godkjenner organisasjoner og inviterer folk."),
}


TASKS: Tasks = {
    OrganisationTask.APPROVAL: Task(
        page=("accounts.show_organisation", "organisation_id"),
        label=_l("Organisasjon til godkjenning"),
        to_do=_l("Sjekk opplysningene. Godkjenn, eller avslå."),
        others_do=_l("Administratoren har ikke godkjent organisasjonen ennå."),
        desk=("accounts.administer_organisation", "organisation_id"),
    ),
}
"""How what waits is shown."""
