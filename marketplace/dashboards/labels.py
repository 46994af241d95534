"""The wording of what waits."""

from flask_babel import lazy_gettext as _l

from marketplace.dashboards.states import FlowStep, Party, Passage, ProgrammeStage, Work
from marketplace.ui.labels import LabelTables, Wording

LABELS: LabelTables = (
    {
        FlowStep.PUBLISHED: _l("Publisert"),
        FlowStep.ANSWERED: _l("Noen har meldt interesse"),
        FlowStep.PAIRED: _l("Koblet med et konsept"),
        FlowStep.APPROVED: _l("Kobling godkjent"),
        FlowStep.AGREED: _l("Avtale signert"),
        FlowStep.TESTED: _l("Prøvd ut"),
        FlowStep.DECIDED: _l("Besluttet"),
        FlowStep.BOUGHT: _l("Kjøpt"),
    },
    {
        Passage.TO_PROPOSAL: _l("Fra publisert behov til foreslått kobling"),
        Passage.TO_APPROVAL: _l("Fra foreslått til godkjent kobling"),
        Passage.TO_AGREEMENT: _l("Fra godkjent kobling til signert avtale"),
        Passage.TO_START: _l("Fra signert avtale til start"),
        Passage.TEST: _l("Utprøvingen"),
        Passage.TO_DECISION: _l("Fra slutt på utprøvingen til beslutning"),
        Passage.TO_CONTRACT: _l("Fra beslutning til kontrakt"),
    },
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
        Work.PARTICIPATION_ENDORSEMENT: _l("Enhet som er meldt på et behov"),
        Work.NEED_REVIEW: _l("Behov til vurdering"),
        Work.NEED_WITHOUT_PAIRING: _l("Behov uten kobling etter fristen"),
        Work.CONCEPT_DRAFT: _l("Utkast til konsept"),
        Work.INTEREST_NEW: _l("Interesse uten svar"),
        Work.PAIRING_UNIT_YES: _l("Kobling uten enhetens ja"),
        Work.PAIRING_ENTREPRENEUR_YES: _l("Kobling uten entreprenørens ja"),
        Work.PAIRING_CHANGES: _l("Kobling som må endres"),
        Work.PAIRING_DECISION: _l("Kobling til avgjørelse"),
        Work.PAIRING_ADVISER: _l("Kobling du er innkjøpsrådgiver for"),
        Work.QUESTION: _l("Spørsmål uten svar"),
        Work.AGREEMENT_MISSING: _l("Godkjent kobling uten avtale"),
        Work.AGREEMENT_DRAFT: _l("Utkast til avtale"),
        Work.AGREEMENT_UNIT_SIGNATURE: _l("Avtale uten enhetens underskrift"),
        Work.AGREEMENT_ENTREPRENEUR_SIGNATURE: _l("Avtale uten entreprenørens underskrift"),
        Work.PILOT_START: _l("Utprøving som skal starte"),
        Work.PILOT_END: _l("Utprøving som skal avsluttes"),
        Work.CHECKPOINT_UNIT: _l("Sjekkpunkt uten enhetens rapport"),
        Work.CHECKPOINT_ENTREPRENEUR: _l("Sjekkpunkt uten entreprenørens rapport"),
        Work.STOP_REASON_UNIT: _l("Stanset utprøving uten enhetens grunn"),
        Work.STOP_REASON_ENTREPRENEUR: _l("Stanset utprøving uten entreprenørens grunn"),
        Work.DECISION: _l("Utprøving som venter på beslutning"),
        Work.PROCUREMENT_ROUTE: _l("Anskaffelse uten valgt vei"),
        Work.PROCUREMENT_STEP: _l("Trinn i en anskaffelse med frist"),
        Work.LESSON_UNIT: _l("Sak uten enhetens læringspunkter"),
        Work.LESSON_ENTREPRENEUR: _l("Sak uten entreprenørens læringspunkter"),
        Work.CASE_CLOSE: _l("Sak som kan avsluttes"),
        Work.ORGANISATION_PENDING: _l("Organisasjon til godkjenning"),
    },
    {
        Party.AUTHOR: _l("den som skrev det"),
        Party.UNIT: _l("enheten"),
        Party.UNIT_LEADER: _l("enhetslederen"),
        Party.ENTREPRENEUR: _l("entreprenøren"),
        Party.COORDINATOR: _l("koordinatoren"),
        Party.ADVISER: _l("innkjøpsrådgiveren"),
        Party.CASE_ADVISER: _l("innkjøpsrådgiveren"),
        Party.DECISION_MAKER: _l("beslutteren"),
        Party.ADMINISTRATOR: _l("administratoren"),
    },
)

WHAT_TO_DO: dict[Work, Wording] = {
    Work.NEED_DRAFT: _l("Skriv behovet ferdig, og send det til vurdering."),
    Work.NEED_CHANGES: _l("Endre det koordinatoren ber om, og send behovet på nytt."),
    Work.NEED_ENDORSEMENT: _l("Les behovet, og godkjenn det hvis enheten står bak det."),
    Work.PARTICIPATION_ENDORSEMENT: _l(
        "Enheten din er meldt på behovet. Godkjenn det, eller trekk enheten."
    ),
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
    Work.QUESTION: _l("En entreprenør har spurt om behovet. Svaret blir åpent for alle."),
    Work.AGREEMENT_MISSING: _l("Skriv avtalen om utprøvingen, og send den til den andre parten."),
    Work.AGREEMENT_DRAFT: _l("Skriv avtalen ferdig, og send den til underskrift."),
    Work.AGREEMENT_UNIT_SIGNATURE: _l("Les avtalen. Signer den, eller send den tilbake."),
    Work.AGREEMENT_ENTREPRENEUR_SIGNATURE: _l("Les avtalen. Signer den, eller send den tilbake."),
    Work.PILOT_START: _l("Avtalt startdag er kommet. Start utprøvingen."),
    Work.PILOT_END: _l("Siste dag er passert. Skriv inn resultatene, og avslutt utprøvingen."),
    Work.CHECKPOINT_UNIT: _l("Fortell hvordan det går, og bekreft avtalen eller be om endringer."),
    Work.CHECKPOINT_ENTREPRENEUR: _l(
        "Fortell hvordan det går, og bekreft avtalen eller be om endringer."
    ),
    Work.STOP_REASON_UNIT: _l("Utprøvingen er stanset. Si hvorfor, sett fra enheten."),
    Work.STOP_REASON_ENTREPRENEUR: _l("Utprøvingen er stanset. Si hvorfor, sett fra dere."),
    Work.DECISION: _l("Utprøvingen er ferdig. Kjøp, forleng én gang eller stopp."),
    Work.PROCUREMENT_ROUTE: _l("Det er besluttet å kjøpe. Velg hvordan anskaffelsen skal gjøres."),
    Work.PROCUREMENT_STEP: _l("Et trinn har nådd fristen. Gjør det ferdig, eller flytt fristen."),
    Work.LESSON_UNIT: _l("Skriv hva enheten lærte. Det hjelper den neste som har samme behov."),
    Work.LESSON_ENTREPRENEUR: _l("Skriv hva dere lærte. Det hjelper den neste."),
    Work.CASE_CLOSE: _l("Begge sider har skrevet hva de lærte. Avslutt saken."),
    Work.ORGANISATION_PENDING: _l("Sjekk opplysningene. Godkjenn, eller avslå."),
}

WAITS_FOR_OTHERS: dict[Work, Wording] = {
    Work.NEED_REVIEW: _l("Du har skrevet behovet selv. Det venter på en annen koordinator."),
    Work.NEED_WITHOUT_PAIRING: _l("Enheten må foreslå en kobling eller avslutte behovet."),
    Work.INTEREST_NEW: _l("Dere har meldt interesse. Enheten har ikke svart ennå."),
    Work.PAIRING_DECISION: _l("Begge parter har sagt ja. Koblingen venter på en koordinator."),
    Work.AGREEMENT_UNIT_SIGNATURE: _l("Dere venter på at enhetslederen signerer avtalen."),
    Work.DECISION: _l("Utprøvingen er ferdig. Kommunens beslutter har ikke svart ennå."),
    Work.PROCUREMENT_ROUTE: _l("Kommunen skal kjøpe. Innkjøpsrådgiveren velger hvordan."),
    Work.PROCUREMENT_STEP: _l("Et trinn i kommunens anskaffelse har nådd fristen."),
    Work.PAIRING_ADVISER: _l("Les saken. Partene og koordinatoren kan spørre deg til råds."),
    Work.ORGANISATION_PENDING: _l("Administratoren har ikke godkjent organisasjonen ennå."),
}

ADVISER_MISSING = _l(
    "Begge parter har sagt ja, men innkjøpsrådgiver mangler. Åpne saken og se alt som må på plass"
    " før du kan godkjenne den."
)
ANOTHER_COORDINATOR = _l("Du har hatt en rolle i saken. Den venter på en annen koordinator.")
