"""Every text is seen by those whom `marketplace.sights` promises, and by nobody else."""

from collections import Counter
from http import HTTPStatus

import pytest

from marketplace.sights import COPIES, MADE, SIGHTS
from tests.sight.oracle import PEOPLE
from tests.sight.planted import SIGHT_OF, Home, Planted, promised, text_columns

SHAPED = {
    "concept.legal_form",  # taken from the organisation's
    "organisation.organisation_number",
    "procurement.notice_reference",
    "registration.organisation_number",
    "unit.contact_phone",
}
"""What has a fixed form that no marker fits into."""
STARTING_TEXTS = ("/administration/agreement-templates/", "/administration/procurement-steps/")
"""Forms for texts that others begin from: what comes of them has readers of its own."""
REFUSALS = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT}
"""How a page or a button answers that should not have been offered."""
NOT_PLANTED = {("procurement.award_reason", "exempt")}
"""A supplier is chosen when a contract is made, and most often the protocol is open then."""


def test_every_column_of_text_says_who_reads_it() -> None:
    columns = {f"{model.__tablename__}.{column}" for model, column in text_columns()}
    assert columns - SIGHT_OF.keys() - MADE - COPIES == set()


def test_nothing_is_said_of_columns_that_are_not_there() -> None:
    columns = {f"{model.__tablename__}.{column}" for model, column in text_columns()}
    assert SIGHT_OF.keys() - columns == set()


def test_no_column_has_two_promises() -> None:
    named = Counter(f"{sight.table}.{column}" for sight in SIGHTS for column in sight.columns)
    assert [name for name, times in named.items() if times > 1] == []


def test_a_text_is_planted_in_every_column_and_stage(town: Planted) -> None:
    with town.database.reading() as session:
        homes = [home for found in town.homes(session).values() for home in found]
        planted = {home.column for home in homes}
        stages = {(home.column, home.sight.stage_of(home.row)) for home in homes}
    assert SIGHT_OF.keys() - SHAPED - planted == set()
    wanted = {(name, stage) for name, sight in SIGHT_OF.items() for stage in sight.earlier}
    assert {(n, str(s)) for n, s in wanted if n not in SHAPED} - stages - NOT_PLANTED == set()


@pytest.mark.slow
@pytest.mark.parametrize("key", PEOPLE)
def test_a_person_sees_what_is_promised_and_nothing_else(town: Planted, key: str) -> None:
    seen = town.seen_by(key)
    shown = seen.shown
    with town.database.reading() as session:
        said = {m: (promised(town, session, h), h) for m, h in town.homes(session).items()}
    leaked = [
        f"{_name(homes)} leaks on {shown[marker]}"
        for marker, ((_, may), homes) in said.items()
        if key not in may and marker in shown
    ]
    unseen = [
        f"{_name(homes)} is nowhere"
        for marker, ((must, _), homes) in said.items()
        if key in must and marker not in shown
    ]
    silent = [
        f"{page} asks for a text and does not say who reads it"
        for page in seen.unpromised
        if not page.startswith(STARTING_TEXTS)
    ]
    refused = [
        f"{place} offers {offered}, which answers {seen.answered[offered]}"
        for offered, place in {**seen.offered, **dict.fromkeys(seen.buttons, "a button")}.items()
        if seen.answered[offered] in REFUSALS
    ]
    wrong = sorted(leaked) + sorted(unseen) + silent + sorted(refused)
    assert not wrong, "\n".join(["", *wrong])


def _name(homes: list[Home]) -> str:
    return " = ".join(f"{h.column}#{getattr(h.row, 'id', '')}" for h in homes)
