"""Who sees a programme: those who keep it, and its partner."""

from marketplace.core.sight import Reader, Sight

VIEWERS = (Reader.COORDINATORS, Reader.LEADERSHIP, Reader.PARTNER)

ABOUT = Sight("programme", ("about",), VIEWERS)
FUND_USE = Sight("fund_use", ("note",), VIEWERS)
NAME = Sight(
    "programme",
    ("name",),
    (
        *VIEWERS, Reader.UNIT, Reader.JOINED_UNITS, Reader.ADVISERS, Reader.ROLE_HOLDERS,
        Reader.ORGANISATION,
    ),
    at_most=True,
)  # fmt: skip
"""It stands in the cases that are in the programme, too."""

SIGHTS = (ABOUT, FUND_USE, NAME)
