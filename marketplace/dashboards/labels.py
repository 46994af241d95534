"""The wording of what waits."""

from flask_babel import lazy_gettext as _l

from marketplace.dashboards.states import Party, ProgrammeStage, Work
from marketplace.ui.labels import LabelTables, Wording

LABELS: LabelTables = (
    {
        ProgrammeStage.PREPARED: _l("Forberedes"),
        ProgrammeStage.RUNNING: _l("Prøves ut"),
        ProgrammeStage.AWAITING_DECISION: _l("Venter på beslutning"),
        ProgrammeStage.BOUGHT: _l("Besluttet: kjøpe"),
        ProgrammeStage.STOPPED: _l("Besluttet: stoppe"),
        ProgrammeStage.STOPPED_BY_ONE: _l("Stanset av én part"),
        ProgrammeStage.ENDED_WITHOUT_DECISION: _l("Avsluttet uten beslutning"),
    },
    {
        Work.NEED_DRAFT: _l("Utkast til behov"),
        Work.NEED_CHANGES: _l("Behov som må endres"),
        Work.NEED_ENDORSEMENT: _l("Behov uten enhetsleders godkjenning"),
        Work.NEED_REVIEW: _l("Behov til vurdering"),
        Work.NEED_WITHOUT_PAIRING: _l("Behov uten kobling etter fristen"),
        Work.CONCEPT_DRAFT: _l("Utkast til konsept"),
        Work.INTEREST_NEW: _l("Interesse uten svar"),
        Work.PAIRING_UNIT_YES: _l("Kobling uten enhetens ja"),
        Work.PAIRING_ENTREPRENEUR_YES: _l("Kobling uten entreprenørens ja"),
        Work.PAIRING_CHANGES: _l("Kobling som må endres"),
        Work.PAIRING_DECISION: _l("Kobling til avgjørelse"),
        Work.PAIRING_ADVISER: _l("Kobling du er innkjøpsrådgiver for"),
        Work.ORGANISATION_PENDING: _l("Organisasjon til godkjenning"),
    },
    {
        Party.AUTHOR: _l("den som skrev det"),
        Party.UNIT: _l("enheten"),
        Party.UNIT_LEADER: _l("enhetslederen"),
        Party.ENTREPRENEUR: _l("entreprenøren"),
        Party.COORDINATOR: _l("koordinatoren"),
        Party.ADVISER: _l("innkjøpsrådgiveren"),
        Party.ADMINISTRATOR: _l("administratoren"),
    },
)

WHAT_TO_DO: dict[Work, Wording] = {
    Work.NEED_DRAFT: _l("Skriv behovet ferdig, og send det til vurdering."),
    Work.NEED_CHANGES: _l("Endre det koordinatoren ber om, og send behovet på nytt."),
    Work.NEED_ENDORSEMENT: _l("Les behovet, og godkjenn det hvis enheten står bak det."),
    Work.NEED_REVIEW: _l("Les behovet. Publiser det, eller be om endringer."),
    Work.NEED_WITHOUT_PAIRING: _l(
        "Fristen for interesse er ute. Foreslå en kobling, eller avslutt behovet."
    ),
    Work.CONCEPT_DRAFT: _l("Skriv konseptet ferdig, og publiser det."),
    Work.INTEREST_NEW: _l("Les svaret fra entreprenøren. Foreslå en kobling hvis det passer."),
    Work.PAIRING_UNIT_YES: _l("Les forslaget. Si ja for enheten, eller be om endringer."),
    Work.PAIRING_ENTREPRENEUR_YES: _l("Les forslaget. Si ja for dere, eller be om endringer."),
    Work.PAIRING_CHANGES: _l("Endre forslaget, og send det på nytt."),
    Work.PAIRING_DECISION: _l("Begge parter har sagt ja. Godkjenn koblingen, eller avslå den."),
    Work.ORGANISATION_PENDING: _l("Sjekk opplysningene. Godkjenn, eller avslå."),
}

WAITS_FOR_OTHERS: dict[Work, Wording] = {
    Work.NEED_REVIEW: _l("Du har skrevet behovet selv. Det venter på en annen koordinator."),
    Work.NEED_WITHOUT_PAIRING: _l("Enheten må foreslå en kobling eller avslutte behovet."),
    Work.INTEREST_NEW: _l("Dere har meldt interesse. Enheten har ikke svart ennå."),
    Work.PAIRING_DECISION: _l("Begge parter har sagt ja. Koblingen venter på en koordinator."),
    Work.PAIRING_ADVISER: _l("Les saken. Partene og koordinatoren kan spørre deg til råds."),
    Work.ORGANISATION_PENDING: _l("Administratoren har ikke godkjent organisasjonen ennå."),
}

ADVISER_MISSING = _l(
    "Begge parter har sagt ja, men innkjøpsrådgiver mangler. Velg en, så kan du godkjenne"
    " koblingen."
)
ANOTHER_COORDINATOR = _l("Du har hatt en rolle i saken. Den venter på en annen koordinator.")
