"""The sentences of digests: what stands above the messages that they list."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from marketplace.notifications.states import DigestTopic
from marketplace.notifications.wording.sentences import Sentences

SENTENCES: dict[StrEnum, Sentences] = {
    DigestTopic.DAILY: Sentences(
        _l("Dette har skjedd på Behovstorget siden sist"),
        _l("Her er det som har skjedd siden forrige oppsummering."),
        _l("Alt står også under «Varsler» når du er logget inn."),
    ),
    DigestTopic.WEEKLY: Sentences(
        _l("Dette har skjedd på Behovstorget den siste uka"),
        _l("Her er det som har skjedd siden forrige ukes oppsummering."),
        _l("Alt står også under «Varsler» når du er logget inn."),
    ),
}
