"""The sentences of messages about programmes."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.wording.sentences import Sentences
from marketplace.programmes.states import ProgrammeTopic

SENTENCES: dict[StrEnum, Sentences] = {
    ProgrammeTopic.CREATED: Sentences(
        _l("Dere er partner i et nytt program"),
        _l("Kommunen har opprettet programmet «%(title)s» med dere som partner."),
        _l("Åpne programmet og se at det stemmer med det dere har avtalt."),
    ),
    ProgrammeTopic.CHANGED: Sentences(
        _l("Et program dere er partner i, er endret"),
        _l("Kommunen har endret programmet «%(title)s»."),
        _l("Åpne programmet og se at det stemmer med det dere har avtalt."),
    ),
    ProgrammeTopic.FUNDS_USED: Sentences(
        _l("Det er brukt midler i et program"),
        _l("Kommunen har ført bruk av midler i programmet «%(title)s»."),
        _l("Åpne programmet og se hva som er brukt og hva som er igjen."),
    ),
}
