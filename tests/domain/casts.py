"""The casts that most tests of the domain and of pages begin with."""

import pytest
from sqlalchemy.orm import Session

from tests.domain.pairing_cast import Cast, make_cast
from tests.domain.pilot_cast import PilotCast, make_pilot_cast
from tests.domain.portfolio_cast import Town, make_town
from tests.needs import Cast as People
from tests.needs import cast_around_a_unit


@pytest.fixture
def cast(session: Session) -> Cast:
    return make_cast(session)


@pytest.fixture
def case(session: Session) -> PilotCast:
    """A test that runs; what a purchase has is its own `case`."""
    return make_pilot_cast(session)


@pytest.fixture
def people(session: Session) -> People:
    return cast_around_a_unit(session)


@pytest.fixture
def town(session: Session) -> Town:
    return make_town(session)
