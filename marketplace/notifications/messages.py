"""The messages about digests, and about an audit trail that does not hold."""

from flask_babel import lazy_gettext as _l

from marketplace.core.told import Told
from marketplace.core.topics import AT_ONCE
from marketplace.notifications.states import DigestTopic, TrailTopic
from marketplace.ui.messages import Message, Messages

MESSAGES: Messages = (
    Message(
        DigestTopic.DAILY,
        AT_ONCE,
        Told,
        "/notifications",
        heading=_l("Dette har skjedd på Behovstorget siden sist"),
        text=_l("Her er det som har skjedd siden forrige oppsummering."),
        what_to_do=_l("Alt står også under «Varsler» når du er logget inn."),
    ),
    Message(
        DigestTopic.WEEKLY,
        AT_ONCE,
        Told,
        "/notifications",
        heading=_l("Dette har skjedd på Behovstorget den siste uka"),
        text=_l("Her er det som har skjedd siden forrige ukes oppsummering."),
        what_to_do=_l("Alt står også under «Varsler» når du er logget inn."),
    ),
    Message(
        TrailTopic.FAULT_FOUND,
        AT_ONCE,
        Told,
        "/notifications",
        heading=_l("Hendelsesloggen stemmer ikke"),
        text=_l(
            "Nattens kontroll fant noe i hendelsesloggen som ikke stemmer. Rader kan være endret,"
            " slettet eller satt inn utenom Behovstorget."
        ),
        what_to_do=_l(
            "Be den som drifter Behovstorget, om å kjøre «marketplace verify-audit». Svaret sier"
            " hva som ikke stemmer. Ikke rett noe i databasen før det er undersøkt."
        ),
    ),
)
