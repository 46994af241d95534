"""The messages about lessons."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.lessons.states import LessonTopic
from marketplace.lessons.told import PublishedTold
from marketplace.pairings.told import CaseTold
from marketplace.ui.labels import label
from marketplace.ui.messages import Message, Messages


def _outcome(told: PublishedTold) -> str:
    """How the case went."""
    went = told.case_outcome
    return _("Slik gikk det: %(outcome)s.", outcome=label(went)) if went else ""


MESSAGES: Messages = (
    Message(
        LessonTopic.OTHER_SIDE_WROTE,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/lessons",
        heading=_l("Den andre siden har skrevet hva de lærte"),
        text=_l(
            "Den andre siden har skrevet hva de lærte av «%(concept)s» for behovet «%(need)s»."
        ),
        what_to_do=_l(
            "Skriv hva dere lærte. Saken kan ikke avsluttes før begge sider har skrevet."
        ),
    ),
    Message(
        LessonTopic.BOTH_WROTE,
        TopicGroup.WAITING,
        CaseTold,
        "/pairings/{pairing_id}/lessons",
        heading=_l("Begge sider har skrevet hva de lærte"),
        text=_l(
            "Både enheten og entreprenøren har skrevet hva de lærte av «%(concept)s» for behovet"
            " «%(need)s»."
        ),
        what_to_do=_l("Åpne saken og se om noe mangler. Avslutt den når alt er på plass."),
    ),
    Message(
        LessonTopic.PUBLISHED,
        TopicGroup.FOLLOWED,
        PublishedTold,
        "/lessons/{pairing_id}",
        heading=_l("Nye læringspunkter er publisert"),
        text=_l(
            "Saken om å prøve ut «%(concept)s» for behovet «%(need)s» er avsluttet. %(outcome)s"
        ),
        what_to_do=_l("Les hva kommunen og entreprenøren lærte. Du trenger ikke gjøre noe."),
        sentences={"outcome": _outcome},
    ),
)
