"""The sentences of messages about lessons."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.lessons.states import LessonTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    LessonTopic.OTHER_SIDE_WROTE: Sentences(
        _l("Den andre siden har skrevet hva de lærte"),
        _l("Den andre siden har skrevet hva de lærte av «%(concept)s» for behovet «%(need)s»."),
        _l("Skriv hva dere lærte. Saken kan ikke avsluttes før begge sider har skrevet."),
    ),
    LessonTopic.BOTH_WROTE: Sentences(
        _l("Begge sider har skrevet hva de lærte"),
        _l(
            "Både enheten og entreprenøren har skrevet hva de lærte av «%(concept)s» for behovet"
            " «%(need)s»."
        ),
        _l("Åpne saken og se om noe mangler. Avslutt den når alt er på plass."),
    ),
    LessonTopic.PUBLISHED: Sentences(
        _l("Nye læringspunkter er publisert"),
        _l("Saken om å prøve ut «%(concept)s» for behovet «%(need)s» er avsluttet. %(outcome)s"),
        _l("Les hva kommunen og entreprenøren lærte. Du trenger ikke gjøre noe."),
    ),
}
