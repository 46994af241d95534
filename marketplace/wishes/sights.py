"""Who sees leadership's wishes, and why a unit said no to one."""

from marketplace.core.sight import Around, Reader, Sight
from marketplace.wishes.models import UnitNo, Wish

TEXTS = Sight(
    "wish",
    ("title", "what", "why", "withdrawal_reason"),
    (Reader.ALL_UNITS, Reader.COORDINATORS, Reader.ADVISERS, Reader.LEADERSHIP),
)
NO = Sight("wish_unit_no", ("reason",), (Reader.LEADERSHIP, Reader.UNIT))

SIGHTS = (TEXTS, NO)


def around_no(wish: Wish, no: UnitNo) -> Around:
    return Around(municipality_id=wish.organisation_id, unit_id=no.unit_id)
