"""The sentences of the message that the audit trail does not hold."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.states import TrailTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    TrailTopic.FAULT_FOUND: Sentences(
        _l("Hendelsesloggen stemmer ikke"),
        _l(
            "Nattens kontroll fant noe i hendelsesloggen som ikke stemmer. Rader kan være endret,"
            " slettet eller satt inn utenom Behovstorget."
        ),
        _l(
            "Be den som drifter Behovstorget, om å kjøre «marketplace verify-audit». Svaret sier"
            " hva som ikke stemmer. Ikke rett noe i databasen før det er undersøkt."
        ),
    ),
}
