"""The messages about leadership's wishes."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.ui.messages import Message, Messages
from marketplace.wishes.states import WishTopic
from marketplace.wishes.told import WishTold

MESSAGES: Messages = (
    Message(
        WishTopic.RAISED,
        TopicGroup.ADMINISTRATION,
        WishTold,
        "/wishes/{subject_id}",
        heading=_l("Ledelsen har et ønske"),
        text=_l("Ledelsen ønsker at en enhet ser på «%(title)s»."),
        what_to_do=_l("Les ønsket. Det blir til et behov bare hvis en enhet tar det opp."),
    ),
    Message(
        WishTopic.RAISED_TO_YOU,
        TopicGroup.WAITING,
        WishTold,
        "/wishes/{subject_id}",
        heading=_l("Ledelsen har et ønske til enheten din"),
        text=_l("Ledelsen ønsker at enheten din ser på «%(title)s»."),
        what_to_do=_l(
            "Ta opp ønsket hvis enheten vil arbeide med det, eller si nei med en begrunnelse."
        ),
    ),
    Message(
        WishTopic.TAKEN_ON,
        TopicGroup.OUTCOMES,
        WishTold,
        "/wishes/{subject_id}",
        heading=_l("En enhet har tatt opp ønsket"),
        text=_l("Ønsket «%(title)s» er blitt et utkast til behov i en enhet."),
        what_to_do=_l("Enheten skriver behovet ferdig. Du får beskjed når det er publisert."),
    ),
    Message(
        WishTopic.UNIT_SAID_NO,
        TopicGroup.OUTCOMES,
        WishTold,
        "/wishes/{subject_id}",
        heading=_l("En enhet har sagt nei til ønsket"),
        text=_l("En enhet vil ikke ta opp «%(title)s»."),
        what_to_do=_l("Les begrunnelsen. Andre enheter kan fortsatt ta opp ønsket."),
    ),
    Message(
        WishTopic.WITHDRAWN,
        TopicGroup.OUTCOMES,
        WishTold,
        "/wishes/{subject_id}",
        heading=_l("Et ønske fra ledelsen er trukket"),
        text=_l("Ledelsen har trukket ønsket «%(title)s»."),
        what_to_do=_l("Les begrunnelsen. Du trenger ikke gjøre noe."),
    ),
    Message(
        WishTopic.NEED_PUBLISHED,
        TopicGroup.OUTCOMES,
        WishTold,
        "/wishes/{subject_id}",
        heading=_l("Ønsket er blitt et publisert behov"),
        text=_l("Behovet som kom av ønsket «%(title)s», er publisert."),
        what_to_do=_l("Les behovet slik enheten ser det. Nå kan entreprenører melde interesse."),
    ),
)
