"""The messages about interests."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from marketplace.core.topics import TopicGroup
from marketplace.interests.states import InterestTopic
from marketplace.interests.told import AnswersTold, InterestTold
from marketplace.ui.messages import Message, Messages


def _answers(told: AnswersTold) -> str:
    """Who has answered a need: by the titles of the concepts, and never by name."""
    if not told.concepts:
        return _("Ingen har svart.")
    return ngettext(
        "%(num)d har svart: %(titles)s.",
        "%(num)d har svart: %(titles)s.",
        len(told.concepts),
        titles=", ".join(f"«{title}»" for title in told.concepts),
    )


MESSAGES: Messages = (
    Message(
        InterestTopic.REGISTERED,
        TopicGroup.WAITING,
        InterestTold,
        "/interests/{subject_id}",
        heading=_l("Noen har meldt interesse for behovet deres"),
        text=_l("En entreprenør har svart på «%(title)s»."),
        what_to_do=_l("Les hvordan konseptet møter behovet. Foreslå en kobling hvis det passer."),
    ),
    Message(
        InterestTopic.WITHDRAWN,
        TopicGroup.OUTCOMES,
        InterestTold,
        "/interests/{subject_id}",
        heading=_l("En interesse for behovet deres er trukket"),
        text=_l("En entreprenør har trukket interessen sin for «%(title)s»."),
        what_to_do=_l("Se om det er andre som passer til behovet."),
    ),
    Message(
        InterestTopic.DECLINED,
        TopicGroup.OUTCOMES,
        InterestTold,
        "/interests/{subject_id}",
        heading=_l("En enhet har sagt nei til interessen deres"),
        text=_l("Enheten bak «%(title)s» har sagt nei til konseptet dere svarte med."),
        what_to_do=_l("Les begrunnelsen, og se etter andre behov som passer til konseptet."),
    ),
    Message(
        InterestTopic.DEADLINE_PASSED,
        TopicGroup.WAITING,
        AnswersTold,
        "/needs/{subject_id}",
        heading=_l("Fristen for å melde interesse er ute"),
        text=_l("«%(title)s» tar ikke imot flere interesser. %(answers)s"),
        what_to_do=_l(
            "Les svarene og foreslå en kobling med det som passer, eller avslutt behovet med en"
            " begrunnelse. De som har svart, venter."
        ),
        sentences={"answers": _answers},
    ),
)
