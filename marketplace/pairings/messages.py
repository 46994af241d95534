"""The messages about pairings."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.pairings.states import PairingTopic
from marketplace.pairings.told import (
    CaseTold,
    DeclinedTold,
    FallenTold,
    ProgrammeChosenTold,
    RoleTold,
)
from marketplace.ui.labels import label
from marketplace.ui.messages import Message, Messages


def _role(told: RoleTold) -> str:
    return _("Rollen din: %(role)s.", role=label(told.role)) if told.role else ""


MESSAGES: Messages = (
    Message(
        PairingTopic.PROPOSED,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("En kobling er foreslått"),
        text=_l("Det er foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        what_to_do=_l("Les forslaget. Si ja for din side, eller be om endringer."),
    ),
    Message(
        PairingTopic.PROPOSED_ALREADY_YES,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Dere har foreslått en kobling"),
        text=_l("Dere har foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        what_to_do=_l("Dere har sagt ja med forslaget. Nå er det den andre parten som svarer."),
    ),
    Message(
        PairingTopic.PROPOSED_IN_POOL,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("En kobling er foreslått for et behov dere er med i"),
        text=_l("Det er foreslått å prøve ut «%(concept)s» for behovet «%(need)s»."),
        what_to_do=_l(
            "Enheten som eier behovet, svarer. Si fra til den hvis det ikke passer hos dere."
        ),
    ),
    Message(
        PairingTopic.ACCEPTED,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Begge parter har sagt ja til koblingen"),
        text=_l(
            "Både enheten og entreprenøren har sagt ja til å prøve ut «%(concept)s» for «%(need)s»."
        ),
        what_to_do=_l("Nå er det en koordinator i kommunen som avgjør saken."),
    ),
    Message(
        PairingTopic.CHANGES_ASKED,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Forslaget om kobling må endres"),
        text=_l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» må endres."),
        what_to_do=_l("Den som foreslo koblingen, retter forslaget og sender det på nytt."),
    ),
    Message(
        PairingTopic.PROPOSED_AGAIN,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Forslaget om kobling er endret"),
        text=_l("Forslaget om å prøve ut «%(concept)s» for «%(need)s» er endret."),
        what_to_do=_l("Les hva som er endret. Si ja for din side, eller be om nye endringer."),
    ),
    Message(
        PairingTopic.PROPOSED_AGAIN_ALREADY_YES,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Dere har endret forslaget om kobling"),
        text=_l("Dere har endret forslaget om å prøve ut «%(concept)s» for «%(need)s»."),
        what_to_do=_l(
            "Dere har sagt ja med det nye forslaget. Nå er det den andre parten som svarer."
        ),
    ),
    Message(
        PairingTopic.ROLE_ASSIGNED,
        TopicGroup.WAITING,
        RoleTold,
        "/pairings/{subject_id}",
        heading=_l("Du har fått en rolle i en kobling"),
        text=_l("Du er med i saken om å prøve ut «%(concept)s» for «%(need)s». %(role)s"),
        what_to_do=_l(
            "Åpne saken og se hvem de andre er. Begge parter ser navnet og e-postadressen din når"
            " koblingen er godkjent, og navnet står i avtalen."
        ),
        sentences={"role": _role},
    ),
    Message(
        PairingTopic.ROLE_LOST,
        TopicGroup.OUTCOMES,
        RoleTold,
        "/pairings",
        heading=_l("En annen har fått rollen din i en kobling"),
        text=_l(
            "En annen har tatt over rollen din i saken om å prøve ut «%(concept)s» for"
            " «%(need)s». %(role)s"
        ),
        what_to_do=_l("Du trenger ikke gjøre noe. Si fra til koordinatoren hvis det ikke stemmer."),
        sentences={"role": _role},
    ),
    Message(
        PairingTopic.DEPUTY_ASSIGNED,
        TopicGroup.WAITING,
        RoleTold,
        "/pairings/{subject_id}",
        heading=_l("Du er vara i en kobling"),
        text=_l("Du er vara i saken om å prøve ut «%(concept)s» for «%(need)s». %(role)s"),
        what_to_do=_l(
            "Les saken, så du kan ta over hvis den som har rollen, er borte. Begge parter ser"
            " navnet og e-postadressen din når koblingen er godkjent, og navnet står i avtalen."
        ),
        sentences={"role": _role},
    ),
    Message(
        PairingTopic.DEPUTY_REMOVED,
        TopicGroup.OUTCOMES,
        RoleTold,
        "/pairings",
        heading=_l("Du er ikke lenger vara i en kobling"),
        text=_l(
            "Du er ikke lenger vara i saken om å prøve ut «%(concept)s» for «%(need)s». %(role)s"
        ),
        what_to_do=_l("Du trenger ikke gjøre noe."),
        sentences={"role": _role},
    ),
    Message(
        PairingTopic.TOOK_OVER,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Du har tatt over i en kobling"),
        text=_l(
            "Du har tatt over for en annen i saken om å prøve ut «%(concept)s» for «%(need)s»."
        ),
        what_to_do=_l(
            "Åpne saken og se hvilke roller du har, og hva som skjer nå. Begge parter ser navnet og"
            " e-postadressen din når koblingen er godkjent, og navnet står i avtalen."
        ),
    ),
    Message(
        PairingTopic.PERSON_REPLACED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("En kobling du er med i, har fått nye folk"),
        text=_l(
            "Noen har tatt over for en annen i saken om å prøve ut «%(concept)s» for «%(need)s»."
        ),
        what_to_do=_l("Åpne saken og se hvem du nå snakker med."),
    ),
    Message(
        PairingTopic.PROGRAMME_CHOSEN,
        TopicGroup.ADMINISTRATION,
        ProgrammeChosenTold,
        "/pairings/{subject_id}",
        heading=_l("Koblingen er med i et program"),
        text=_l(
            "Saken om å prøve ut «%(concept)s» for «%(need)s» er nå med i programmet «%(title)s»."
        ),
        what_to_do=_l(
            "Partneren i programmet ser hvor langt saken er kommet, men ikke det dere skriver til"
            " hverandre. Du trenger ikke gjøre noe."
        ),
    ),
    Message(
        PairingTopic.PROGRAMME_LEFT,
        TopicGroup.ADMINISTRATION,
        ProgrammeChosenTold,
        "/pairings/{subject_id}",
        heading=_l("Koblingen er tatt ut av programmet"),
        text=_l(
            "Saken om å prøve ut «%(concept)s» for «%(need)s» er ikke lenger med i programmet"
            " «%(title)s»."
        ),
        what_to_do=_l("Saken går videre som før. Du trenger ikke gjøre noe."),
    ),
    Message(
        PairingTopic.APPROVED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Koblingen er godkjent"),
        text=_l("«%(concept)s» skal prøves ut for behovet «%(need)s»."),
        what_to_do=_l(
            "Enheten og entreprenøren kan ta kontakt med hverandre og planlegge utprøvingen. Begge"
            " parter ser nå navnet på alle som har en rolle i saken."
        ),
    ),
    Message(
        PairingTopic.DECLINED,
        TopicGroup.OUTCOMES,
        DeclinedTold,
        "/pairings/{subject_id}",
        heading=_l("Koblingen er avslått"),
        text=_l("«%(concept)s» blir ikke prøvd ut for behovet «%(need)s»."),
        what_to_do=_l("Les begrunnelsen. Behovet kan fortsatt kobles med andre konsepter."),
    ),
    Message(
        PairingTopic.WITHDRAWN,
        TopicGroup.OUTCOMES,
        FallenTold,
        "/pairings/{subject_id}",
        heading=_l("Det blir ingen kobling"),
        text=_l("Det blir ikke noe av forslaget om å prøve ut «%(concept)s» for «%(need)s»."),
        what_to_do=_l("Les begrunnelsen. Du trenger ikke gjøre noe."),
    ),
    Message(
        PairingTopic.CLOSED,
        TopicGroup.OUTCOMES,
        CaseTold,
        "/pairings/{subject_id}",
        heading=_l("Saken er avsluttet"),
        text=_l("Saken om å prøve ut «%(concept)s» for «%(need)s» er avsluttet."),
        what_to_do=_l("Les hva begge sider lærte. Du trenger ikke gjøre noe."),
    ),
)
