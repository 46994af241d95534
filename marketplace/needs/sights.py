"""Who sees a need: first its unit, then its municipality, and everyone when it is published."""

from marketplace.core.sight import EVERYONE, Around, Reader, Sight, Stage
from marketplace.needs.models import Need
from marketplace.needs.states import ParticipationState

FOR_THE_MUNICIPALITY = (Reader.COORDINATORS, Reader.ADVISERS, Reader.LEADERSHIP)

TEXTS = Sight(
    "need",
    (
        "title", "problem", "target_group", "tried", "wanted_effect", "effect_measure",
        "contribution",
    ),
    EVERYONE,
    {
        Stage.DRAFT: (Reader.UNIT,),
        Stage.IN_REVIEW: (Reader.ALL_UNITS, *FOR_THE_MUNICIPALITY),
        Stage.NEEDS_CHANGES: (Reader.UNIT, Reader.JOINED_UNITS, *FOR_THE_MUNICIPALITY),
    },
)  # fmt: skip
REVIEW_COMMENT = Sight("need", ("review_comment",), (Reader.UNIT, *FOR_THE_MUNICIPALITY))
CLOSING_REASON = Sight("need", ("closing_reason",), EVERYONE)
ADDENDUM = Sight("need_addendum", ("text",), EVERYONE)
SHARE = Sight(
    "need_participation",
    ("site", "contribution"),
    EVERYONE,
    {
        Stage.ASKED: (Reader.JOINED_UNITS, Reader.UNIT, Reader.COORDINATORS),
        Stage.WITHDRAWN: (),
    },
)
SHARE_WITHDRAWAL = Sight(
    "need_participation",
    ("withdrawal_reason",),
    (Reader.JOINED_UNITS, Reader.UNIT, Reader.COORDINATORS, Reader.FOLLOWERS),
    at_most=True,
)

SIGHTS = (TEXTS, REVIEW_COMMENT, CLOSING_REASON, ADDENDUM, SHARE, SHARE_WITHDRAWAL)


def around(need: Need) -> Around:
    return Around(
        municipality_id=need.unit.organisation_id,
        unit_id=need.unit_id,
        joined_ids=lambda: [
            other.unit_id
            for other in need.participations
            if other.state is ParticipationState.ENDORSED
        ],
    )
