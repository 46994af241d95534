"""The words for what people choose about their mail."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.notifications.states import (
    NotificationEvent,
    PreferenceRefusal,
    Rhythm,
)
from marketplace.ui.labels import LabelTables, Wording

GROUPS: dict[StrEnum, Wording] = {
    TopicGroup.WAITING: _l("Det som venter på deg"),
    TopicGroup.OUTCOMES: _l("Det som skjer i sakene dine"),
    TopicGroup.MATCHES: _l("Nye treff"),
    TopicGroup.FOLLOWED: _l("Behov og spørsmål du følger"),
    TopicGroup.ADMINISTRATION: _l("Programmer og administrasjon"),
}

HINTS: dict[StrEnum, Wording] = {
    TopicGroup.WAITING: _l(
        "Noe du skal svare på eller gjøre, og påminnelser om frister. Svarer du sent, venter andre."
    ),
    TopicGroup.OUTCOMES: _l(
        "Svar på det du har foreslått, spurt om eller meldt interesse for, og hvordan det går i"
        " utprøving, beslutning og kjøp."
    ),
    TopicGroup.MATCHES: _l(
        "Nye behov som passer til konseptene dine, og nye konsepter som passer til behovene dine."
    ),
    TopicGroup.FOLLOWED: _l("Nye opplysninger og svar om behov du følger, og det andre har lært."),
    TopicGroup.ADMINISTRATION: _l(
        "Programmer dere er partner i, saker som kommer inn i dem, og ønsker fra ledelsen."
    ),
}

RHYTHMS: dict[StrEnum, Wording] = {
    Rhythm.AT_ONCE: _l("Med en gang"),
    Rhythm.DAILY: _l("I en oppsummering hver hverdag klokka 07"),
    Rhythm.WEEKLY: _l("I en oppsummering mandag klokka 07"),
    Rhythm.NEVER: _l("Ikke på e-post"),
}

LABELS: LabelTables = (
    GROUPS,
    RHYTHMS,
    {
        NotificationEvent.DIGEST_MADE: _l("En oppsummering ble laget"),
        NotificationEvent.CALENDAR_MADE: _l("Kalenderadressen ble laget"),
        NotificationEvent.CALENDAR_REVOKED: _l("Kalenderadressen ble slått av"),
        NotificationEvent.TRAIL_FAULT_FOUND: _l("Kontrollen av hendelsesloggen fant feil"),
    },
    {
        PreferenceRefusal.RHYTHM_MISSING: _l("Velg når du vil ha disse varslene på e-post."),
    },
)
