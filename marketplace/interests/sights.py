"""Who sees an interest. Competing entrepreneurs are not even told that it exists."""

from marketplace.core.sight import Around, Reader, Sight
from marketplace.interests.models import Interest

RECEIVERS = (Reader.UNIT, Reader.COORDINATORS, Reader.ADVISERS)

ANSWER = Sight(
    "interest",
    ("meets_problem", "meets_target_group", "meets_effect", "needs_from_unit"),
    (*RECEIVERS, Reader.ORGANISATION),
)
WITHDRAWAL = Sight("interest", ("withdrawal_reason",), (*RECEIVERS, Reader.ORGANISATION))
DECLINING = Sight("interest", ("decline_reason",), (*RECEIVERS, Reader.ORGANISATION))

SIGHTS = (ANSWER, WITHDRAWAL, DECLINING)


def around(interest: Interest) -> Around:
    return Around(
        municipality_id=interest.need.unit.organisation_id,
        unit_id=interest.need.unit_id,
        organisation_id=interest.concept.organisation_id,
    )
