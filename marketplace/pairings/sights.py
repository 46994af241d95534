"""Who sees what is written in a case: those who are in it, and who follows it for the municipality.

Later features write in the same case, for the same people.
"""

from dataclasses import replace

from marketplace.core.sight import Around, Reader, Sight, Stage
from marketplace.needs import sights as needs
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import TESTED

INSIDE = (
    Reader.UNIT,
    Reader.JOINED_UNITS,
    Reader.COORDINATORS,
    Reader.ADVISERS,
    Reader.LEADERSHIP,
    Reader.ROLE_HOLDERS,
)
"""The municipality's side of a case."""
CASE = (*INSIDE, Reader.ORGANISATION)

TEXTS = Sight(
    "pairing",
    ("motivation", "change_request", "decline_note", "withdrawal_reason", "closing_reason"),
    CASE,
)
CONFLICT = Sight("conflict_declaration", ("note",), INSIDE)

SIGHTS = (TEXTS, CONFLICT)


def _stage(pairing: Pairing) -> str:
    return "" if pairing.state in TESTED else Stage.UNAPPROVED


PEOPLE = Sight(
    "case_role_holder",
    ("person", "deputy"),
    CASE,
    {Stage.UNAPPROVED: INSIDE},
    stage_of=_stage,
)
"""The names in the role map: both sides read them once there is an agreement to be made, as they
stand in it. Before, the entrepreneur knows the contact of the unit."""


def around(pairing: Pairing) -> Around:
    return replace(
        needs.around(pairing.need),
        organisation_id=pairing.concept.organisation_id,
        role_ids=lambda: [
            person
            for holder in pairing.roles
            for person in (holder.person_id, holder.deputy_id)
            if person is not None
        ],
    )
