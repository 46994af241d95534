"""What the database refuses by itself, whoever writes to it."""

from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.agreements.models import AgreedCheckpoint, Agreement, Criterion
from marketplace.agreements.states import AgreementState, AgreementTrigger
from marketplace.core.clock import now
from tests.domain.agreement_cast import AgreementCast, in_days, make_agreement_cast


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def row(cast: AgreementCast, **values: Any) -> dict[str, Any]:
    """A signed version with nothing wrong with it, but for `values`."""
    leader, entrepreneur = cast.case.person("leader").id, cast.case.person("entrepreneur").id
    days = {name: in_days(value) for name, value in values.items() if name.endswith("_on")}
    given = {
        "pairing_id": cast.pairing.id,
        "number": 1,
        "state": AgreementState.SIGNED,
        "trigger": AgreementTrigger.FIRST,
        "author_id": leader,
        "test_starts_on": in_days(1),
        "test_ends_on": in_days(30),
        "decision_on": in_days(60),
        "offered_by_id": leader,
        "offered_at": now(),
        "unit_signed_by_id": leader,
        "unit_signed_at": now(),
        "entrepreneur_signed_by_id": entrepreneur,
        "entrepreneur_signed_at": now(),
        "version": 1,
    }
    return given | values | days


def write(cast: AgreementCast, values: dict[str, Any]) -> None:
    cast.session.execute(insert(Agreement).values(**values))


UNSIGNED = {
    "unit_signed_by_id": None,
    "unit_signed_at": None,
    "entrepreneur_signed_by_id": None,
    "entrepreneur_signed_at": None,
}
OFFERED = {"state": AgreementState.OFFERED, **UNSIGNED}
DRAFT = {"state": AgreementState.DRAFT, **UNSIGNED}
LATER = {"number": 2, "trigger": AgreementTrigger.RENEGOTIATION, "change_reason": "Mer tid."}


def test_a_sound_row_is_taken(cast: AgreementCast) -> None:
    write(cast, row(cast))
    write(cast, row(cast, **LATER, **OFFERED))


BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "number nought": ("number_positive", {"number": 0, "trigger": AgreementTrigger.FIRST}),
    "offered by nobody": ("offer_names_who_and_when", OFFERED | {"offered_by_id": None}),
    "offered at no time": ("offer_names_who_and_when", OFFERED | {"offered_at": None}),
    "signed by one": (
        "signed_by_both_sides",
        {"unit_signed_by_id": None, "unit_signed_at": None},
    ),
    "signed by both but only offered": (
        "signed_by_both_sides",
        {"state": AgreementState.OFFERED},
    ),
    "signed at no time": ("each_signature_names_its_own_person", {"unit_signed_at": None}),
    "a signed draft": (
        "nobody_signs_a_draft",
        {
            "state": AgreementState.DRAFT,
            "unit_signed_by_id": None,
            "unit_signed_at": None,
        },
    ),
    "superseded at no time": ("superseded_says_when", {"state": AgreementState.SUPERSEDED}),
    "in force and superseded": ("superseded_says_when", {"superseded_at": now()}),
    "offered without a test": ("dates_in_order", OFFERED | {"test_starts_on": None}),
    "a later one without a reason": ("later_versions_say_why", LATER | {"change_reason": None}),
    "two firsts": ("only_the_first_is_first", {"number": 2}),
    "less than nothing": ("numbers_not_negative", {"cost_cap": -1}),
    "withdrawn for no reason": (
        "withdrawal_names_who_when_and_why",
        LATER | UNSIGNED | {"state": AgreementState.WITHDRAWN, "withdrawn_at": now()},
    ),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_row_is_refused(cast: AgreementCast, broken: str) -> None:
    constraint, values = BROKEN[broken]
    if values.get("test_starts_on", 0) is None:
        written = row(cast, **{**values, "test_starts_on": 0}) | {"test_starts_on": None}
    else:
        written = row(cast, **values)

    with pytest.raises(IntegrityError, match=constraint):
        write(cast, written)


@pytest.mark.parametrize(
    "days",
    [
        {"test_starts_on": 31},
        {"decision_on": 30},
        {"test_ends_on": 61},
    ],
)
def test_dates_out_of_order_are_refused(cast: AgreementCast, days: dict[str, int]) -> None:
    with pytest.raises(IntegrityError, match="dates_in_order"):
        write(cast, row(cast, **days))


def test_one_person_is_not_both_sides(cast: AgreementCast) -> None:
    both = {"entrepreneur_signed_by_id": cast.case.person("leader").id}

    with pytest.raises(IntegrityError, match="each_signature_names_its_own_person"):
        write(cast, row(cast, **both))


def test_a_first_version_is_not_withdrawn(cast: AgreementCast) -> None:
    values = {
        "state": AgreementState.WITHDRAWN,
        "withdrawn_at": now(),
        "withdrawn_by_id": cast.case.person("member").id,
        "withdrawal_reason": "Nei.",
    }

    with pytest.raises(IntegrityError, match="withdrawal_names_who_when_and_why"):
        write(cast, row(cast, **values, **UNSIGNED))


@pytest.mark.parametrize(
    ("first", "second"), [({}, {}), (DRAFT, OFFERED), (OFFERED, DRAFT), (DRAFT, DRAFT)]
)
def test_two_versions_in_force_or_open_are_refused(
    cast: AgreementCast, first: dict[str, Any], second: dict[str, Any]
) -> None:
    write(cast, row(cast, **first))

    with pytest.raises(IntegrityError):
        write(cast, row(cast, **LATER, **second))


def test_a_number_is_given_once(cast: AgreementCast) -> None:
    write(cast, row(cast))

    with pytest.raises(IntegrityError):
        write(cast, row(cast, **OFFERED))


@pytest.mark.parametrize("weight", [0, 101])
def test_a_weight_is_a_share(cast: AgreementCast, weight: int) -> None:
    agreement = cast.version()
    values = {"title": "A", "measure": "B", "target": "C", "position": 9, "weight": weight}

    with pytest.raises(IntegrityError, match="weight_is_a_share"):
        cast.session.execute(insert(Criterion).values(agreement_id=agreement.id, **values))


def test_a_day_has_one_checkpoint(cast: AgreementCast) -> None:
    agreement = cast.version()
    values = {"agreement_id": agreement.id, "due_on": in_days(60), "topic": "Igjen"}

    with pytest.raises(IntegrityError):
        cast.session.execute(insert(AgreedCheckpoint).values(**values))
