"""The messages about what is new."""

from flask_babel import lazy_gettext as _l

from marketplace.core.topics import TopicGroup
from marketplace.news.states import NewsTopic
from marketplace.news.told import FollowedTold, MatchTold
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        NewsTopic.NEED_MATCHES,
        TopicGroup.MATCHES,
        MatchTold,
        "/needs/{need_id}",
        heading=_l("Et behov passer til konseptet deres"),
        text=_l("«%(title)s» ligner på det dere tilbyr med «%(concept)s» (%(strength)s)."),
        what_to_do=_l("Les behovet. Meld interesse hvis dere kan hjelpe."),
    ),
    Message(
        NewsTopic.CONCEPT_MATCHES,
        TopicGroup.MATCHES,
        MatchTold,
        "/needs/{need_id}/matches/{concept_id}",
        heading=_l("Et konsept passer til behovet deres"),
        text=_l("«%(concept)s» ligner på det dere ber om i «%(title)s» (%(strength)s)."),
        what_to_do=_l("Se hva de har felles, og si om det passer for dere."),
    ),
    Message(
        NewsTopic.NEED_FOLLOWED,
        TopicGroup.FOLLOWED,
        FollowedTold,
        "/needs/{need_id}",
        heading=_l("Et behov du ville vite om, er publisert"),
        text=_l("%(unit)s har publisert «%(title)s»."),
        what_to_do=_l("Les behovet. Hva du følger, velger du under «Det du følger» i profilen."),
    ),
)
