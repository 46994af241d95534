"""All sentences, by topic."""

from collections.abc import Mapping

from marketplace.notifications.wording import (
    accounts,
    agreements,
    decisions,
    digests,
    interests,
    lessons,
    needs,
    pairings,
    pilots,
    procurements,
    programmes,
    questions,
    trail,
    wishes,
)
from marketplace.notifications.wording.sentences import Sentences

_FEATURES = (
    accounts,
    agreements,
    decisions,
    digests,
    interests,
    lessons,
    needs,
    pairings,
    pilots,
    procurements,
    programmes,
    questions,
    trail,
    wishes,
)
SENTENCES: Mapping[str, Sentences] = {
    str(topic): said for feature in _FEATURES for topic, said in feature.SENTENCES.items()
}
