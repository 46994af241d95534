"""The sentences of messages about pairings."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.wording.sentences import Sentences
from marketplace.pairings.states import PairingTopic

SENTENCES: dict[StrEnum, Sentences] = {
    PairingTopic.PROPOSED: Sentences(
        _l("En kobling er foreslått"),
        _l("Det er foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        _l("Les forslaget. Si ja for din side, eller be om endringer."),
    ),
    PairingTopic.PROPOSED_ALREADY_YES: Sentences(
        _l("Dere har foreslått en kobling"),
        _l("Dere har foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        _l("Dere har sagt ja med forslaget. Nå er det den andre parten som svarer."),
    ),
    PairingTopic.PROPOSED_IN_POOL: Sentences(
        _l("En kobling er foreslått for et behov dere er med i"),
        _l("Det er foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        _l("Enheten som eier behovet, svarer. Si fra til den hvis det ikke passer hos dere."),
    ),
    PairingTopic.ACCEPTED: Sentences(
        _l("Begge parter har sagt ja til koblingen"),
        _l(
            "Både enheten og entreprenøren har sagt ja til å prøve ut «%(concept)s» for «%(need)s»."
        ),
        _l("Nå er det en koordinator i kommunen som avgjør saken."),
    ),
    PairingTopic.CHANGES_ASKED: Sentences(
        _l("Forslaget om kobling må endres"),
        _l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» må endres."),
        _l("Den som foreslo koblingen, retter forslaget og sender det på nytt."),
    ),
    PairingTopic.PROPOSED_AGAIN: Sentences(
        _l("Forslaget om kobling er endret"),
        _l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» er endret."),
        _l("Les hva som er endret. Si ja for din side, eller be om nye endringer."),
    ),
    PairingTopic.PROPOSED_AGAIN_ALREADY_YES: Sentences(
        _l("Dere har endret forslaget om kobling"),
        _l("Dere har endret forslaget om å prøve ut «%(concept)s» for «%(need)s»."),
        _l("Dere har sagt ja med det nye forslaget. Nå er det den andre parten som svarer."),
    ),
    PairingTopic.ROLE_ASSIGNED: Sentences(
        _l("Du har fått en rolle i en kobling"),
        _l("Du er med i saken om å prøve ut «%(concept)s» for «%(need)s». %(role)s"),
        _l("Åpne saken og se hvem de andre er."),
    ),
    PairingTopic.ROLE_LOST: Sentences(
        _l("En annen har fått rollen din i en kobling"),
        _l(
            "En annen har tatt over rollen din i saken om å prøve ut «%(concept)s» for"
            " «%(need)s». %(role)s"
        ),
        _l("Du trenger ikke gjøre noe. Si fra til koordinatoren hvis det ikke stemmer."),
    ),
    PairingTopic.DEPUTY_ASSIGNED: Sentences(
        _l("Du er vara i en kobling"),
        _l("Du er vara i saken om å prøve ut «%(concept)s» for «%(need)s». %(role)s"),
        _l("Les saken, så du kan ta over hvis den som har rollen, er borte."),
    ),
    PairingTopic.DEPUTY_REMOVED: Sentences(
        _l("Du er ikke lenger vara i en kobling"),
        _l("Du er ikke lenger vara i saken om å prøve ut «%(concept)s» for «%(need)s». %(role)s"),
        _l("Du trenger ikke gjøre noe."),
    ),
    PairingTopic.TOOK_OVER: Sentences(
        _l("Du har tatt over i en kobling"),
        _l("Du har tatt over for en annen i saken om å prøve ut «%(concept)s» for «%(need)s»."),
        _l("Åpne saken og se hvilke roller du har, og hva som skjer nå."),
    ),
    PairingTopic.PERSON_REPLACED: Sentences(
        _l("En kobling du er med i, har fått nye folk"),
        _l("Noen har tatt over for en annen i saken om å prøve ut «%(concept)s» for «%(need)s»."),
        _l("Åpne saken og se hvem du nå snakker med."),
    ),
    PairingTopic.PROGRAMME_CHOSEN: Sentences(
        _l("Koblingen er med i et program"),
        _l("Saken om å prøve ut «%(concept)s» for «%(need)s» er nå med i programmet «%(title)s»."),
        _l(
            "Partneren i programmet ser hvor langt saken er kommet, men ikke det dere skriver til"
            " hverandre. Du trenger ikke gjøre noe."
        ),
    ),
    PairingTopic.PROGRAMME_LEFT: Sentences(
        _l("Koblingen er tatt ut av programmet"),
        _l(
            "Saken om å prøve ut «%(concept)s» for «%(need)s» er ikke lenger med i programmet"
            " «%(title)s»."
        ),
        _l("Saken går videre som før. Du trenger ikke gjøre noe."),
    ),
    PairingTopic.APPROVED: Sentences(
        _l("Koblingen er godkjent"),
        _l("«%(concept)s» skal prøves ut for behovet «%(need)s»."),
        _l("Enheten og entreprenøren kan ta kontakt med hverandre og planlegge utprøvingen."),
    ),
    PairingTopic.DECLINED: Sentences(
        _l("Koblingen er avslått"),
        _l("«%(concept)s» blir ikke prøvd ut for behovet «%(need)s»."),
        _l("Les begrunnelsen. Behovet kan fortsatt kobles med andre konsepter."),
    ),
    PairingTopic.WITHDRAWN: Sentences(
        _l("Koblingen er trukket"),
        _l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» er trukket."),
        _l("Les begrunnelsen. Du trenger ikke gjøre noe."),
    ),
    PairingTopic.CLOSED: Sentences(
        _l("Saken er avsluttet"),
        _l("Saken om å prøve ut «%(concept)s» for «%(need)s» er avsluttet."),
        _l("Les hva begge sider lærte. Du trenger ikke gjøre noe."),
    ),
}
