"""Who sees what is written about organisations, units and people."""

from marketplace.core.sight import EVERYONE, Reader, Sight, Stage

UNTIL_APPROVED = (Reader.ADMINISTRATORS, Reader.ORGANISATION)

ORGANISATION = Sight(
    "organisation",
    ("name", "organisation_number", "legal_form", "about"),
    EVERYONE,
    {Stage.PENDING: UNTIL_APPROVED, Stage.REJECTED: UNTIL_APPROVED},
)
REJECTION = Sight("organisation", ("rejection_reason",), UNTIL_APPROVED)
UNIT = Sight("unit", ("name",), EVERYONE)
UNIT_CARD = Sight(
    "unit",
    (
        "contact_name", "contact_email", "contact_phone",
        "test_experience", "time_for_pilots", "data_and_systems", "readiness_notes",
    ),
    (Reader.APPROVED,),
    at_most=True,
)  # fmt: skip
"""Of the approved only those of the own municipality, and who may see a need of the unit."""
PERSON = Sight("person", ("name", "email"), (Reader.APPROVED, Reader.SELF), at_most=True)
REGISTRATION = Sight("registration", ("name", "organisation_number", "legal_form", "about"), ())
"""Until it is confirmed: only the page behind its link shows the name."""

SIGHTS = (ORGANISATION, REJECTION, UNIT, UNIT_CARD, PERSON, REGISTRATION)
