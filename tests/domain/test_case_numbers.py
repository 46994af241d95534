"""The numbers of cases: given once, in order, and told wherever somebody is told of the case."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.notifications.pages.mails import LONGEST_CASE, compose
from marketplace.notifications.services.claims import Claim, Part
from marketplace.pairings.models import Pairing
from marketplace.pairings.numbers import number_in
from marketplace.pairings.services import proposing, withdrawing
from marketplace.pairings.states import PairingTopic
from tests.domain.committed import committed
from tests.domain.mail_stage import installed, settings_for
from tests.domain.pairing_cast import Cast, make_cast
from tests.domain.test_pairing_race import race
from tests.factories import make_concept, make_need, make_pairing

__all__ = ["committed", "installed"]

WHY = "Dette bør vi prøve."
NEW_YEAR = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
"""In Norway it is 2027."""


def propose(cast: Cast) -> Pairing:
    return proposing.propose_pairing(
        cast.session,
        cast.actor("coordinator"),
        need=cast.need,
        concept=make_concept(cast.session),
        motivation=WHY,
    )


@pytest.mark.parametrize(
    "number", [{"case_year": 2026, "case_number": 1}, {"case_number": 0}, {"case_number": None}]
)
def test_no_two_cases_have_one_number_and_none_is_without(
    session: Session, number: dict[str, Any]
) -> None:
    make_pairing(session, case_year=2026, case_number=1)
    with pytest.raises(IntegrityError), session.begin_nested():
        make_pairing(session, **number)


def test_each_case_gets_the_next_number_of_the_year_in_norway(cast: Cast) -> None:
    assert [propose(cast).number for _ in range(3)] == ["2026/1", "2026/2", "2026/3"]
    with clock_at(NEW_YEAR):
        assert propose(cast).number == "2027/1"
    assert propose(cast).number == "2026/4"


def test_the_number_of_what_was_withdrawn_is_not_given_again(cast: Cast) -> None:
    first = propose(cast)
    withdrawing.withdraw_pairing(
        cast.session, cast.actor("coordinator"), pairing=first, version=first.version, reason=WHY
    )
    assert (first.number, propose(cast).number) == ("2026/1", "2026/2")


def test_two_who_propose_at_the_same_moment_get_a_number_each(committed: Database) -> None:
    with committed.writing() as session:
        cast = make_cast(session)
        coordinator, need_id = cast.actor("coordinator"), cast.need.id
        concepts = [make_concept(session).id for _ in range(2)]
        needs = [need_id, make_need(session, cast.unit).id]
        session.commit()

    def proposal(need: int, concept: int) -> Callable[[Session], None]:
        def act(session: Session) -> None:
            found = (
                session.get_one(type(cast.need), need),
                session.get_one(type(cast.concept), concept),
            )
            proposing.propose_pairing(
                session, coordinator, need=found[0], concept=found[1], motivation=WHY
            )

        return act

    lost = race(committed, *map(proposal, needs, concepts))
    assert lost == [None, None]
    with committed.reading() as session:
        numbers = session.scalars(select(Pairing.case_number)).all()
    assert sorted(numbers) == [1, 2]


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("2026/17", (2026, 17)),
        (" Sak 2026 / 17 ", (2026, 17)),
        ("2026-17", (2026, 17)),
        ("2026", None),
        ("eldre 2026/17", None),
        ("2026/123456789", None),
        ("20266/1", None),
    ],
)
def test_a_number_is_known_where_it_stands_alone(
    words: str, number: tuple[int, int] | None
) -> None:
    assert number_in(words) == number


# ---------------------------------------------------------------- in mails


def subject_of(session: Session, tmp: object, names: frozenset[str] = frozenset()) -> str:
    message = session.scalars(
        select(OutboxMessage).where(OutboxMessage.topic == str(PairingTopic.PROPOSED))
    ).first()
    assert message is not None
    part = Part(message.topic, message.payload, message.subject_id)
    claim = Claim(message.id, 1, "x@y.example", "nb", part, now(), (), names)
    return str(compose(settings_for(tmp), claim)["Subject"])  # type: ignore[arg-type]  # a path


@pytest.mark.usefixtures("installed")
def test_a_subject_says_which_case_without_what_points_to_a_person(
    cast: Cast, tmp_path: object
) -> None:
    cast.need.title = "Ensomme eldre, spør Ola Nes\r\nBcc: a@b.example eller 912 34 567"
    pairing = propose(cast)
    said = subject_of(cast.session, tmp_path, frozenset({"Ola Nes"}))
    assert said.startswith(f"En kobling er foreslått – sak {pairing.number} ")
    assert "Ensomme eldre" in said
    for word in ("Ola", "912", "\n", "a@b"):
        assert word not in said


@pytest.mark.usefixtures("installed")
def test_a_long_title_is_cut_in_a_subject(cast: Cast, tmp_path: object) -> None:
    cast.need.title = "Mange " * 30
    propose(cast)
    said = subject_of(cast.session, tmp_path)
    assert said.endswith("…")
    assert len(said.partition("sak ")[2]) <= LONGEST_CASE


@pytest.mark.usefixtures("installed")
def test_a_case_that_was_told_of_before_it_had_a_number_is_still_told(
    cast: Cast, tmp_path: object
) -> None:
    propose(cast)
    for message in cast.session.scalars(select(OutboxMessage)):
        message.payload = {k: v for k, v in message.payload.items() if k != "case_number"}
    cast.session.flush()
    assert subject_of(cast.session, tmp_path) == "En kobling er foreslått"
