"""The messages about agreements."""

from flask_babel import lazy_gettext as _l

from marketplace.agreements.states import AgreementTopic
from marketplace.agreements.told import AgreementTold
from marketplace.core.topics import TopicGroup
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        AgreementTopic.STARTED,
        TopicGroup.WAITING,
        AgreementTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("Avtalen er påbegynt"),
        text=_l(
            "Det er laget et utkast til avtale om å prøve ut «%(concept)s» for behovet «%(need)s»."
        ),
        what_to_do=_l(
            "Begge parter kan skrive i utkastet. Send det til underskrift når dere er enige."
        ),
    ),
    Message(
        AgreementTopic.OFFERED,
        TopicGroup.WAITING,
        AgreementTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("Avtalen er klar til underskrift"),
        text=_l(
            "Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» er sendt til underskrift."
        ),
        what_to_do=_l(
            "Les avtalen. Enhetslederen og entreprenøren skriver under. Er noe feil, kan dere"
            " sende den tilbake."
        ),
    ),
    Message(
        AgreementTopic.SENT_BACK,
        TopicGroup.WAITING,
        AgreementTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("Avtalen må endres før underskrift"),
        text=_l(
            "Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» er et utkast igjen."
            " Underskrifter gjelder ikke lenger."
        ),
        what_to_do=_l("Les hvorfor. Endre utkastet, og send det til underskrift på nytt."),
    ),
    Message(
        AgreementTopic.SIGNED_BY_ONE,
        TopicGroup.WAITING,
        AgreementTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("Én part har skrevet under avtalen"),
        text=_l("Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» har én underskrift."),
        what_to_do=_l("Les avtalen. Den gjelder når også den andre parten har skrevet under."),
    ),
    Message(
        AgreementTopic.SIGNED,
        TopicGroup.OUTCOMES,
        AgreementTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("Avtalen gjelder"),
        text=_l(
            "Begge parter har skrevet under avtalen om å prøve ut «%(concept)s» for behovet"
            " «%(need)s»."
        ),
        what_to_do=_l("Last ned avtalen, og merk dere datoene for sjekkpunkter og beslutning."),
    ),
    Message(
        AgreementTopic.NEW_VERSION,
        TopicGroup.WAITING,
        AgreementTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("Det lages en ny versjon av avtalen"),
        text=_l(
            "Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» skal endres. Den"
            " nåværende avtalen gjelder til begge har skrevet under den nye."
        ),
        what_to_do=_l("Les hvorfor. Skriv i utkastet, og se hva som er endret."),
    ),
    Message(
        AgreementTopic.WITHDRAWN,
        TopicGroup.OUTCOMES,
        AgreementTold,
        "/pairings/{pairing_id}/agreement",
        heading=_l("En ny versjon av avtalen er trukket"),
        text=_l(
            "Den nye versjonen av avtalen om «%(concept)s» for behovet «%(need)s» er trukket."
            " Avtalen som dere har skrevet under, gjelder fortsatt."
        ),
        what_to_do=_l("Les begrunnelsen. Du trenger ikke gjøre noe."),
    ),
)
