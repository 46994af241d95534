"""The sentences of messages about leadership's wishes."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.wording.sentences import Sentences
from marketplace.wishes.states import WishTopic

SENTENCES: dict[StrEnum, Sentences] = {
    WishTopic.RAISED: Sentences(
        _l("Ledelsen har et ønske"),
        _l("Ledelsen ønsker at en enhet ser på «%(title)s»."),
        _l("Les ønsket. Det blir til et behov bare hvis en enhet tar det opp."),
    ),
    WishTopic.RAISED_TO_YOU: Sentences(
        _l("Ledelsen har et ønske til enheten din"),
        _l("Ledelsen ønsker at enheten din ser på «%(title)s»."),
        _l("Ta opp ønsket hvis enheten vil arbeide med det, eller si nei med en begrunnelse."),
    ),
    WishTopic.TAKEN_ON: Sentences(
        _l("En enhet har tatt opp ønsket"),
        _l("Ønsket «%(title)s» er blitt et utkast til behov i en enhet."),
        _l("Enheten skriver behovet ferdig. Du får beskjed når det er publisert."),
    ),
    WishTopic.UNIT_SAID_NO: Sentences(
        _l("En enhet har sagt nei til ønsket"),
        _l("En enhet vil ikke ta opp «%(title)s»."),
        _l("Les begrunnelsen. Andre enheter kan fortsatt ta opp ønsket."),
    ),
    WishTopic.WITHDRAWN: Sentences(
        _l("Et ønske fra ledelsen er trukket"),
        _l("Ledelsen har trukket ønsket «%(title)s»."),
        _l("Les begrunnelsen. Du trenger ikke gjøre noe."),
    ),
    WishTopic.NEED_PUBLISHED: Sentences(
        _l("Ønsket er blitt et publisert behov"),
        _l("Behovet som kom av ønsket «%(title)s», er publisert."),
        _l("Les behovet slik enheten ser det. Nå kan entreprenører melde interesse."),
    ),
}
