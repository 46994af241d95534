"""The sentences of messages about decisions."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.decisions.states import DecisionTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    DecisionTopic.AWAITED: Sentences(
        _l("En beslutning venter på deg"),
        _l(
            "Utprøvingen av «%(concept)s» for behovet «%(need)s» er ferdig, og saken venter på"
            " beslutningen."
        ),
        _l("Åpne saken, les resultatene, og velg å kjøpe, forlenge eller stoppe før fristen."),
    ),
    DecisionTopic.BOUGHT: Sentences(
        _l("Kommunen har besluttet å kjøpe"),
        _l("Kommunen vil kjøpe etter utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        _l("Les begrunnelsen. Innkjøpsrådgiveren i saken forbereder anskaffelsen."),
    ),
    DecisionTopic.EXTENDED: Sentences(
        _l("Utprøvingen blir forlenget"),
        _l("Kommunen vil forlenge utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        _l(
            "Les begrunnelsen. Enheten og entreprenøren må signere en ny versjon av avtalen før"
            " utprøvingen går videre."
        ),
    ),
    DecisionTopic.STOPPED: Sentences(
        _l("Kommunen har besluttet å ikke kjøpe"),
        _l("Utprøvingen av «%(concept)s» for behovet «%(need)s» fører ikke til kjøp."),
        _l("Les begrunnelsen. Nå skriver begge sider hva de lærte."),
    ),
    DecisionTopic.DUE_SOON: Sentences(
        _l("Det er kort tid igjen til en beslutning"),
        _l("Fristen for å ta beslutningen om «%(concept)s» for behovet «%(need)s» nærmer seg."),
        _l("Åpne saken, les resultatene og ta beslutningen før fristen går ut."),
    ),
    DecisionTopic.DUE_TODAY: Sentences(
        _l("Fristen for en beslutning er nådd"),
        _l("Beslutningen om «%(concept)s» for behovet «%(need)s» skal tas nå."),
        _l("Åpne saken, les resultatene og ta beslutningen."),
    ),
    DecisionTopic.OVERDUE: Sentences(
        _l("En beslutning er på overtid"),
        _l("Beslutningen om «%(concept)s» for behovet «%(need)s» skulle vært tatt."),
        _l(
            "Er du beslutter, ta beslutningen nå. Er du koordinator, snakk med beslutteren om hva"
            " som står i veien."
        ),
    ),
    DecisionTopic.FAR_OVERDUE: Sentences(
        _l("En beslutning er langt på overtid"),
        _l(
            "Beslutningen om «%(concept)s» for behovet «%(need)s» er fire uker eller mer på"
            " overtid. Entreprenøren venter."
        ),
        _l(
            "Er du beslutter, ta beslutningen nå. Er du koordinator eller leder, sørg for at den"
            " blir tatt."
        ),
    ),
}
