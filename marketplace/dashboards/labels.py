"""The wording of what waits."""

from flask_babel import lazy_gettext as _l

from marketplace.core.awaited import Party
from marketplace.dashboards.states import FlowStep, Passage, ProgrammeStage, QuarterCount
from marketplace.ui.labels import LabelTables

LABELS: LabelTables = (
    {
        FlowStep.PUBLISHED: _l("Publisert"),
        FlowStep.ANSWERED: _l("Noen har meldt interesse, eller er foreslått"),
        FlowStep.PAIRED: _l("Koblet med et konsept"),
        FlowStep.APPROVED: _l("Kobling godkjent"),
        FlowStep.AGREED: _l("Avtale signert"),
        FlowStep.TESTED: _l("Prøvd ut"),
        FlowStep.DECIDED: _l("Besluttet"),
        FlowStep.BOUGHT: _l("Kjøpt"),
    },
    {
        QuarterCount.PUBLISHED: _l("Publiserte behov"),
        QuarterCount.APPROVED: _l("Godkjente koblinger"),
        QuarterCount.TESTED: _l("Utprøvinger som ble ferdige"),
        QuarterCount.DECIDED: _l("Beslutninger"),
        QuarterCount.BOUGHT: _l("Kontrakter"),
    },
    {
        Passage.TO_PROPOSAL: _l("Fra publisert behov til første foreslåtte kobling"),
        Passage.TO_APPROVAL: _l("Fra foreslått til godkjent kobling"),
        Passage.TO_AGREEMENT: _l("Fra godkjent kobling til signert avtale"),
        Passage.TO_START: _l("Fra signert avtale til start"),
        Passage.TEST: _l("Utprøvingen"),
        Passage.TO_DECISION: _l("Fra slutt på utprøvingen til beslutning"),
        Passage.TO_CONTRACT: _l("Fra beslutning til kontrakt"),
    },
    {
        ProgrammeStage.PREPARED: _l("Forberedes"),
        ProgrammeStage.READY: _l("Avtale signert, ikke startet"),
        ProgrammeStage.RUNNING: _l("Prøves ut"),
        ProgrammeStage.AWAITING_DECISION: _l("Venter på beslutning"),
        ProgrammeStage.BOUGHT: _l("Besluttet: kjøpe"),
        ProgrammeStage.STOPPED: _l("Besluttet: stoppe"),
        ProgrammeStage.STOPPED_BY_ONE: _l("Stanset av én part"),
        ProgrammeStage.ENDED_WITHOUT_DECISION: _l("Avsluttet uten beslutning"),
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
        Party.PERSON: _l("den som har oppgaven"),
        Party.ADMINISTRATOR: _l("administratoren"),
    },
)

ADVISER_MISSING = _l(
    "Begge parter har sagt ja, men innkjøpsrådgiver mangler. Åpne saken og se alt som må på plass"
    " før du kan godkjenne den."
)
