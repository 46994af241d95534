"""Who sees a concept: those who work in a municipality, once it is published."""

from marketplace.concepts.models import Concept
from marketplace.core.sight import EVERYONE, Around, Reader, Sight, Stage

OWNERS = (Reader.ORGANISATION,)
HIDDEN = {Stage.DRAFT: OWNERS, Stage.ARCHIVED: OWNERS}

TEXTS = Sight(
    "concept",
    (
        "description", "target_group", "evidence", "used_where", "price_indication",
        "needs_from_municipality", "legal_form",
    ),
    (Reader.MUNICIPALITIES, Reader.ORGANISATION),
    HIDDEN,
)  # fmt: skip
TITLE = Sight("concept", ("title",), EVERYONE, HIDDEN, at_most=True)
"""Everyone reads it where the case is closed, or where the pilot's lessons are shared."""

SIGHTS = (TEXTS, TITLE)


def around(concept: Concept) -> Around:
    return Around(organisation_id=concept.organisation_id)
