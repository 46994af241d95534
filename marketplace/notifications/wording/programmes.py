"""The sentences of messages about programmes."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.wording.sentences import Sentences
from marketplace.programmes.states import ProgrammeTopic

SENTENCES: dict[StrEnum, Sentences] = {
    ProgrammeTopic.CREATED: Sentences(
        _l("Dere er partner i et nytt program"),
        _l("Kommunen har valgt dere som partner i programmet «%(title)s»."),
        _l("Åpne programmet og se at det stemmer med det dere har avtalt."),
    ),
    ProgrammeTopic.CHANGED: Sentences(
        _l("Et program dere er partner i, er endret"),
        _l("Kommunen har endret programmet «%(title)s»."),
        _l("Åpne programmet og se at det stemmer med det dere har avtalt."),
    ),
    ProgrammeTopic.PARTNER_LEFT: Sentences(
        _l("Dere er ikke lenger partner i et program"),
        _l("Kommunen har valgt en annen partner i programmet «%(title)s»."),
        _l("Dere trenger ikke gjøre noe. Ta kontakt med kommunen hvis det ikke stemmer."),
    ),
    ProgrammeTopic.FUNDS_USED: Sentences(
        _l("Det er brukt midler i et program"),
        _l("Kommunen har ført bruk av midler i programmet «%(title)s»."),
        _l("Åpne programmet og se hva som er brukt og hva som er igjen."),
    ),
    ProgrammeTopic.CASE_BOUGHT: Sentences(
        _l("Kommunen vil kjøpe etter en utprøving i programmet"),
        _l(
            "Kommunen vil kjøpe etter utprøvingen av «%(concept)s» for behovet «%(need)s» i"
            " programmet «%(title)s»."
        ),
        _l("Åpne programmet og se hvor det står."),
    ),
    ProgrammeTopic.CASE_EXTENDED: Sentences(
        _l("En utprøving i programmet blir forlenget"),
        _l(
            "Kommunen vil forlenge utprøvingen av «%(concept)s» for behovet «%(need)s» i programmet"
            " «%(title)s»."
        ),
        _l("Åpne programmet og se hvor det står."),
    ),
    ProgrammeTopic.CASE_NOT_BOUGHT: Sentences(
        _l("En utprøving i programmet fører ikke til kjøp"),
        _l(
            "Kommunen har besluttet å ikke kjøpe etter utprøvingen av «%(concept)s» for behovet"
            " «%(need)s» i programmet «%(title)s»."
        ),
        _l("Åpne programmet og se hvor det står."),
    ),
    ProgrammeTopic.CASE_STOPPED: Sentences(
        _l("En utprøving i programmet er stoppet"),
        _l(
            "Utprøvingen av «%(concept)s» for behovet «%(need)s» i programmet «%(title)s» er"
            " stoppet."
        ),
        _l("Åpne programmet og se hvor det står."),
    ),
    ProgrammeTopic.CASE_CONTRACTED: Sentences(
        _l("Kommunen har inngått kontrakt etter en utprøving i programmet"),
        _l(
            "Kommunen har inngått kontrakt etter utprøvingen av «%(concept)s» for behovet"
            " «%(need)s» i programmet «%(title)s»."
        ),
        _l("Åpne programmet og se hvor det står."),
    ),
    ProgrammeTopic.CASE_PURCHASE_CANCELLED: Sentences(
        _l("Kjøpet etter en utprøving i programmet er avlyst"),
        _l(
            "Kjøpet etter utprøvingen av «%(concept)s» for behovet «%(need)s» i programmet"
            " «%(title)s» er avlyst."
        ),
        _l("Åpne programmet og se hvor det står."),
    ),
}
