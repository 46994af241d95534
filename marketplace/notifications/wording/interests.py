"""The sentences of messages about interests."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.interests.states import InterestTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    InterestTopic.REGISTERED: Sentences(
        _l("Noen har meldt interesse for behovet deres"),
        _l("En entreprenør har svart på «%(title)s»."),
        _l("Les hvordan konseptet møter behovet. Foreslå en kobling hvis det passer."),
    ),
    InterestTopic.WITHDRAWN: Sentences(
        _l("En interesse for behovet deres er trukket"),
        _l("En entreprenør har trukket interessen sin for «%(title)s»."),
        _l("Se om det er andre som passer til behovet."),
    ),
    InterestTopic.DEADLINE_PASSED: Sentences(
        _l("Fristen for å melde interesse er ute"),
        _l("«%(title)s» tar ikke imot flere interesser. %(answers)s"),
        _l(
            "Les svarene og foreslå en kobling med det som passer, eller avslutt behovet med en"
            " begrunnelse. De som har svart, venter."
        ),
    ),
}
