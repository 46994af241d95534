"""The sentences of messages about agreements."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.agreements.states import AgreementTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    AgreementTopic.STARTED: Sentences(
        _l("Avtalen er påbegynt"),
        _l("Det er laget et utkast til avtale om å prøve ut «%(concept)s» for behovet «%(need)s»."),
        _l("Begge parter kan skrive i utkastet. Send det til underskrift når dere er enige."),
    ),
    AgreementTopic.OFFERED: Sentences(
        _l("Avtalen er klar til underskrift"),
        _l("Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» er sendt til underskrift."),
        _l(
            "Les avtalen. Enhetslederen og entreprenøren skriver under. Er noe feil, kan dere"
            " sende den tilbake."
        ),
    ),
    AgreementTopic.SENT_BACK: Sentences(
        _l("Avtalen må endres før underskrift"),
        _l(
            "Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» er et utkast igjen."
            " Underskrifter gjelder ikke lenger."
        ),
        _l("Les hvorfor. Endre utkastet, og send det til underskrift på nytt."),
    ),
    AgreementTopic.SIGNED_BY_ONE: Sentences(
        _l("Én part har skrevet under avtalen"),
        _l("Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» har én underskrift."),
        _l("Les avtalen. Den gjelder når også den andre parten har skrevet under."),
    ),
    AgreementTopic.SIGNED: Sentences(
        _l("Avtalen gjelder"),
        _l(
            "Begge parter har skrevet under avtalen om å prøve ut «%(concept)s» for behovet"
            " «%(need)s»."
        ),
        _l("Last ned avtalen, og merk dere datoene for sjekkpunkter og beslutning."),
    ),
    AgreementTopic.NEW_VERSION: Sentences(
        _l("Det lages en ny versjon av avtalen"),
        _l(
            "Avtalen om å prøve ut «%(concept)s» for behovet «%(need)s» skal endres. Den"
            " nåværende avtalen gjelder til begge har skrevet under den nye."
        ),
        _l("Les hvorfor. Skriv i utkastet, og se hva som er endret."),
    ),
    AgreementTopic.WITHDRAWN: Sentences(
        _l("En ny versjon av avtalen er trukket"),
        _l(
            "Den nye versjonen av avtalen om «%(concept)s» for behovet «%(need)s» er trukket."
            " Avtalen som dere har skrevet under, gjelder fortsatt."
        ),
        _l("Les begrunnelsen. Du trenger ikke gjøre noe."),
    ),
}
