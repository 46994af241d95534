"""The messages about programmes, to their partner."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.programmes.states import ProgrammeTopic
from marketplace.programmes.told import ProgrammeCaseTold, ProgrammeTold
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        ProgrammeTopic.CREATED,
        TopicGroup.ADMINISTRATION,
        ProgrammeTold,
        "/programmes/{subject_id}",
        heading=_l("Dere er partner i et nytt program"),
        text=_l("Kommunen har valgt dere som partner i programmet «%(title)s»."),
        what_to_do=_l("Åpne programmet og se at det stemmer med det dere har avtalt."),
    ),
    Message(
        ProgrammeTopic.CHANGED,
        TopicGroup.ADMINISTRATION,
        ProgrammeTold,
        "/programmes/{subject_id}",
        heading=_l("Et program dere er partner i, er endret"),
        text=_l("Kommunen har endret programmet «%(title)s»."),
        what_to_do=_l("Åpne programmet og se at det stemmer med det dere har avtalt."),
    ),
    Message(
        ProgrammeTopic.PARTNER_LEFT,
        TopicGroup.ADMINISTRATION,
        ProgrammeTold,
        "/programmes",
        heading=_l("Dere er ikke lenger partner i et program"),
        text=_l("Kommunen har valgt en annen partner i programmet «%(title)s»."),
        what_to_do=_l(
            "Dere trenger ikke gjøre noe. Ta kontakt med kommunen hvis det ikke stemmer."
        ),
    ),
    Message(
        ProgrammeTopic.FUNDS_USED,
        TopicGroup.ADMINISTRATION,
        ProgrammeTold,
        "/programmes/{subject_id}",
        heading=_l("Det er brukt midler i et program"),
        text=_l("Kommunen har ført bruk av midler i programmet «%(title)s»."),
        what_to_do=_l("Åpne programmet og se hva som er brukt og hva som er igjen."),
    ),
    Message(
        ProgrammeTopic.CASE_BOUGHT,
        TopicGroup.OUTCOMES,
        ProgrammeCaseTold,
        "/programmes/{programme_id}",
        heading=_l("Kommunen vil kjøpe etter en utprøving i programmet"),
        text=_l(
            "Kommunen vil kjøpe etter utprøvingen av «%(concept)s» for behovet «%(need)s» i"
            " programmet «%(title)s»."
        ),
        what_to_do=_l("Åpne programmet og se hvor det står."),
    ),
    Message(
        ProgrammeTopic.CASE_EXTENDED,
        TopicGroup.OUTCOMES,
        ProgrammeCaseTold,
        "/programmes/{programme_id}",
        heading=_l("En utprøving i programmet blir forlenget"),
        text=_l(
            "Kommunen vil forlenge utprøvingen av «%(concept)s» for behovet «%(need)s» i programmet"
            " «%(title)s»."
        ),
        what_to_do=_l("Åpne programmet og se hvor det står."),
    ),
    Message(
        ProgrammeTopic.CASE_NOT_BOUGHT,
        TopicGroup.OUTCOMES,
        ProgrammeCaseTold,
        "/programmes/{programme_id}",
        heading=_l("En utprøving i programmet fører ikke til kjøp"),
        text=_l(
            "Kommunen har besluttet å ikke kjøpe etter utprøvingen av «%(concept)s» for behovet"
            " «%(need)s» i programmet «%(title)s»."
        ),
        what_to_do=_l("Åpne programmet og se hvor det står."),
    ),
    Message(
        ProgrammeTopic.CASE_STOPPED,
        TopicGroup.OUTCOMES,
        ProgrammeCaseTold,
        "/programmes/{programme_id}",
        heading=_l("En utprøving i programmet er stoppet"),
        text=_l(
            "Utprøvingen av «%(concept)s» for behovet «%(need)s» i programmet «%(title)s» er"
            " stoppet."
        ),
        what_to_do=_l("Åpne programmet og se hvor det står."),
    ),
    Message(
        ProgrammeTopic.CASE_CONTRACTED,
        TopicGroup.OUTCOMES,
        ProgrammeCaseTold,
        "/programmes/{programme_id}",
        heading=_l("Kommunen har inngått kontrakt etter en utprøving i programmet"),
        text=_l(
            "Kommunen har inngått kontrakt etter utprøvingen av «%(concept)s» for behovet"
            " «%(need)s» i programmet «%(title)s»."
        ),
        what_to_do=_l("Åpne programmet og se hvor det står."),
    ),
    Message(
        ProgrammeTopic.CASE_PURCHASE_CANCELLED,
        TopicGroup.OUTCOMES,
        ProgrammeCaseTold,
        "/programmes/{programme_id}",
        heading=_l("Kjøpet etter en utprøving i programmet er avlyst"),
        text=_l(
            "Kjøpet etter utprøvingen av «%(concept)s» for behovet «%(need)s» i programmet"
            " «%(title)s» er avlyst."
        ),
        what_to_do=_l("Åpne programmet og se hvor det står."),
    ),
)
