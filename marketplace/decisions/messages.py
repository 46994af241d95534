"""The messages about decisions."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.decisions.states import DecisionTopic
from marketplace.pairings.told import CaseTold
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        DecisionTopic.AWAITED,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("En beslutning venter på deg"),
        text=_l(
            "Utprøvingen av «%(concept)s» for behovet «%(need)s» er ferdig, og saken venter på"
            " beslutningen."
        ),
        what_to_do=_l(
            "Åpne saken, les resultatene, og velg å kjøpe, forlenge eller stoppe før fristen."
        ),
    ),
    Message(
        DecisionTopic.BOUGHT,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("Kommunen har besluttet å kjøpe"),
        text=_l("Kommunen vil kjøpe etter utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        what_to_do=_l("Les begrunnelsen. Innkjøpsrådgiveren i saken forbereder anskaffelsen."),
    ),
    Message(
        DecisionTopic.EXTENDED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("Utprøvingen blir forlenget"),
        text=_l("Kommunen vil forlenge utprøvingen av «%(concept)s» for behovet «%(need)s»."),
        what_to_do=_l(
            "Les begrunnelsen. Enheten og entreprenøren må signere en ny versjon av avtalen før"
            " utprøvingen går videre."
        ),
    ),
    Message(
        DecisionTopic.STOPPED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("Kommunen har besluttet å ikke kjøpe"),
        text=_l("Utprøvingen av «%(concept)s» for behovet «%(need)s» fører ikke til kjøp."),
        what_to_do=_l("Les begrunnelsen. Nå skriver begge sider hva de lærte."),
    ),
    Message(
        DecisionTopic.DUE_SOON,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("Det er kort tid igjen til en beslutning"),
        text=_l(
            "Fristen for å ta beslutningen om «%(concept)s» for behovet «%(need)s» nærmer seg."
        ),
        what_to_do=_l("Åpne saken, les resultatene og ta beslutningen før fristen går ut."),
    ),
    Message(
        DecisionTopic.DUE_TODAY,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("Fristen for en beslutning er nådd"),
        text=_l("Beslutningen om «%(concept)s» for behovet «%(need)s» skal tas nå."),
        what_to_do=_l("Åpne saken, les resultatene og ta beslutningen."),
    ),
    Message(
        DecisionTopic.OVERDUE,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("En beslutning er på overtid"),
        text=_l("Beslutningen om «%(concept)s» for behovet «%(need)s» skulle vært tatt."),
        what_to_do=_l(
            "Er du beslutter, ta beslutningen nå. Er du koordinator, snakk med beslutteren om hva"
            " som står i veien."
        ),
    ),
    Message(
        DecisionTopic.FAR_OVERDUE,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/decision",
        heading=_l("En beslutning er langt på overtid"),
        text=_l(
            "Beslutningen om «%(concept)s» for behovet «%(need)s» er fire uker eller mer på"
            " overtid. Entreprenøren venter."
        ),
        what_to_do=_l(
            "Er du beslutter, ta beslutningen nå. Er du koordinator eller leder, sørg for at den"
            " blir tatt."
        ),
    ),
)
