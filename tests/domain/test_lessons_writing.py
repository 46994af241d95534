"""Lessons are written by each side for itself, and say nothing of persons."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from marketplace.accounts.states import Language
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from marketplace.core.outbox import OutboxMessage
from marketplace.core.personal_data import PersonalData, find_personal_data
from marketplace.lessons import queries
from marketplace.lessons.models import Lesson
from marketplace.lessons.states import (
    LessonEvent,
    LessonRefusal,
    LessonTopic,
    Outcome,
)
from marketplace.pairings.states import PairingState, Side
from marketplace.pilots.states import PilotState
from tests.domain.decision_cast import RUNNING, approved, make_agreement, make_pilot
from tests.domain.lesson_cast import (
    SAID,
    WRITER,
    close,
    decided,
    not_tested,
    stopped,
    write,
    write_both,
)
from tests.domain.pairing_cast import NO_PART_IN_IT, ONLOOKERS, Cast
from tests.engines import decided_in_python
from tests.factories import grant_role

SIDES = [Side.UNIT, Side.ENTREPRENEUR]


# ---------------------------------------------------------------- who, and when


@decided_in_python
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", [*NO_PART_IN_IT, *ONLOOKERS, "coordinator"])
def test_only_a_party_writes(cast: Cast, name: str, side: Side) -> None:
    with pytest.raises(NotAllowed) as refused:
        write(cast, name, decided(cast), side)
    assert refused.value.code is LessonRefusal.PARTIES_ONLY


@pytest.mark.parametrize(("name", "side"), [("member", SIDES[1]), ("entrepreneur", SIDES[0])])
def test_nobody_writes_for_the_other_side(cast: Cast, name: str, side: Side) -> None:
    with pytest.raises(NotAllowed) as refused:
        write(cast, name, decided(cast), side)
    assert refused.value.code is LessonRefusal.PARTIES_ONLY
    assert refused.value.values == {"side": side}


def test_nobody_writes_for_both_sides(cast: Cast) -> None:
    pairing = decided(cast)
    grant_role(cast.session, cast.person("member"), Role.ENTREPRENEUR, cast.concept.organisation)
    write(cast, "member", pairing, Side.UNIT)

    with pytest.raises(NotAllowed) as refused:
        write(cast, "member", pairing, Side.ENTREPRENEUR)
    assert refused.value.code is LessonRefusal.WROTE_FOR_OTHER_SIDE


@decided_in_python
@pytest.mark.parametrize(
    "state", sorted(set(PairingState) - {PairingState.APPROVED, PairingState.CLOSED})
)
def test_lessons_come_after_the_approval(cast: Cast, state: PairingState) -> None:
    with pytest.raises(NotNow) as refused:
        write(cast, "member", cast.pairing(state), Side.UNIT)
    assert refused.value.code is LessonRefusal.CASE_NOT_APPROVED


@pytest.mark.parametrize("state", [PilotState.PLANNED, PilotState.RUNNING])
def test_lessons_come_after_the_test(cast: Cast, state: PilotState) -> None:
    pairing = approved(cast)
    make_agreement(cast, pairing)
    planned = {"started_at": None, "started_by_id": None} if state is PilotState.PLANNED else {}
    make_pilot(cast, pairing, **(RUNNING | planned | {"state": state}))

    with pytest.raises(NotNow) as refused:
        write(cast, "member", pairing, Side.UNIT)
    assert refused.value.code is LessonRefusal.PILOT_ONGOING


def test_lessons_of_a_closed_case_stay_as_they_are(cast: Cast) -> None:
    pairing = decided(cast)
    write_both(cast, pairing)
    close(cast, "leader", pairing)
    lesson = queries.list_lessons(cast.session, pairing.id)[Side.UNIT]

    with pytest.raises(NotNow) as refused:
        write(cast, "member", pairing, Side.UNIT, version=lesson.version)
    assert refused.value.code is LessonRefusal.CASE_OVER


@pytest.mark.parametrize("make", [not_tested, decided, stopped])
@pytest.mark.parametrize("side", SIDES)
def test_each_side_writes_once_the_test_has_ended_or_never_was(
    cast: Cast, make: object, side: Side
) -> None:
    pairing = stopped(cast, "unit") if make is stopped else make(cast)  # type: ignore[operator]  # one of three makers

    lesson = write(cast, WRITER[side], pairing, side)

    assert (lesson.side, lesson.author_id) == (side, cast.person(WRITER[side]).id)
    assert (lesson.worked, lesson.published_at) == (SAID.worked, None)
    assert cast.session.scalars(
        select(AuditEvent.event).where(AuditEvent.subject_type == "Lesson")
    ).all() == [LessonEvent.WRITTEN]


# ---------------------------------------------------------------- changing


def test_a_colleague_may_change_what_a_side_wrote(cast: Cast) -> None:
    pairing = decided(cast)
    first = write(cast, "member", pairing, Side.UNIT)
    nynorsk = replace(SAID, worked="Faste møtedagar verka.", language=Language.NYNORSK)

    changed = write(cast, "leader", pairing, Side.UNIT, nynorsk, version=first.version)

    assert changed is first
    assert (changed.worked, changed.language) == (nynorsk.worked, Language.NYNORSK)
    event = cast.session.scalars(
        select(AuditEvent).where(AuditEvent.event == LessonEvent.CHANGED)
    ).one()
    assert event.before["worked"] == SAID.worked


@pytest.mark.parametrize("version", [0, 7])
def test_a_stale_change_is_refused(cast: Cast, version: int) -> None:
    pairing = decided(cast)
    write(cast, "member", pairing, Side.UNIT)

    with pytest.raises(Stale):
        write(cast, "leader", pairing, Side.UNIT, version=version)


def test_a_change_of_nothing_is_stale(cast: Cast) -> None:
    with pytest.raises(Stale):
        write(cast, "member", decided(cast), Side.UNIT, version=1)


# ---------------------------------------------------------------- what is written


@pytest.mark.parametrize("field", ["worked", "did_not_work", "do_differently"])
def test_all_three_questions_are_answered(cast: Cast, field: str) -> None:
    silent: dict[str, Any] = {field: "  "}
    with pytest.raises(InvalidField) as refused:
        write(cast, "member", decided(cast), Side.UNIT, replace(SAID, **silent))
    assert (refused.value.field, refused.value.code) == (field, LessonRefusal.TEXT_MISSING)


@decided_in_python
@pytest.mark.parametrize(
    ("text", "what", "words"),
    [
        ("Spør kari.n@kommune.no om det.", PersonalData.EMAIL, "kari.n@kommune.no"),
        ("Ring 912 34 567.", PersonalData.PHONE, "912 34 567"),
        ("Ring 91 23 45 67 før ni.", PersonalData.PHONE, "91 23 45 67"),
        ("Ring 91234567", PersonalData.PHONE, "91234567"),
        ("Ring 22 12 34 56", PersonalData.PHONE, "22 12 34 56"),
        ("Ring +47 912 34 567.", PersonalData.PHONE, "+47 912 34 567"),
        ("Ring +4791234567.", PersonalData.PHONE, "+4791234567"),
        ("Ring 004791234567.", PersonalData.PHONE, "004791234567"),
        ("Ring +46 70 123 45 67.", PersonalData.PHONE, "+46 70 123 45 67"),
        ("Født 010190 12345.", PersonalData.IDENTITY_NUMBER, "010190 12345"),
        ("Født 01019012345.", PersonalData.IDENTITY_NUMBER, "01019012345"),
        ("Født 010190-12345.", PersonalData.IDENTITY_NUMBER, "010190-12345"),
    ],
)
def test_what_is_surely_about_a_person_is_refused(
    cast: Cast, text: str, what: PersonalData, words: str
) -> None:
    with pytest.raises(InvalidField) as refused:
        write(cast, "member", decided(cast), Side.UNIT, replace(SAID, did_not_work=text))
    assert (refused.value.field, refused.value.code) == (
        "did_not_work",
        LessonRefusal.PERSONAL_DATA,
    )
    assert refused.value.values == {"what": what, "words": words}


@pytest.mark.parametrize(
    "text",
    [
        "Det kostet 1 200 000 kr.",
        "Det kostet 25 000 000 kroner.",
        "Det kostet 25000000 kr.",
        "Fra 01.02.2026 til 14.10.2026.",
        "Organisasjonsnummer 912 345 678.",
        "I 2025 og 2026 var det 40 av 120.",
        "Uke 12, 13, 14 og 15.",
        "Møt @ rådhuset.",
        "§ 5-4 og 8 700 000 kr gjaldt fra 2026-04-21.",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert list(find_personal_data(text)) == []


# ---------------------------------------------------------------- who is told


def told(cast: Cast, topic: LessonTopic) -> set[str]:
    statement = select(OutboxMessage.person_id).where(OutboxMessage.topic == str(topic))
    by_id = {person.id: name for name, person in cast.people.items()}
    return {by_id.get(person_id, "somebody else") for person_id in cast.session.scalars(statement)}


def test_the_other_side_is_asked_to_write_and_then_somebody_to_close(cast: Cast) -> None:
    pairing = decided(cast)

    write(cast, "member", pairing, Side.UNIT)
    assert told(cast, LessonTopic.OTHER_SIDE_WROTE) == {"entrepreneur", "colleague"}
    assert told(cast, LessonTopic.BOTH_WROTE) == set()

    write(cast, "entrepreneur", pairing, Side.ENTREPRENEUR)
    closers = {"leader", "coordinator", "second_coordinator", "publisher", "somebody else"}
    assert told(cast, LessonTopic.BOTH_WROTE) == closers


def test_a_change_disturbs_nobody(cast: Cast) -> None:
    pairing = decided(cast)
    lesson = write(cast, "member", pairing, Side.UNIT)
    before = len(cast.session.scalars(select(OutboxMessage.id)).all())

    write(cast, "member", pairing, Side.UNIT, version=lesson.version)

    assert len(cast.session.scalars(select(OutboxMessage.id)).all()) == before


# ---------------------------------------------------------------- what the database refuses


def row(cast: Cast, **values: object) -> dict[str, object]:
    given = {
        "pairing_id": cast.pairing(PairingState.APPROVED).id,
        "side": Side.UNIT,
        "worked": "A",
        "did_not_work": "B",
        "do_differently": "C",
        "author_id": cast.person("member").id,
        "written_at": now(),
        "revision": 0,
        "version": 1,
    }
    return given | values


def test_a_sound_row_is_taken(cast: Cast) -> None:
    cast.session.execute(insert(Lesson).values(**row(cast)))


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("only_parties_learn", {"side": Side.COORDINATOR}),
        ("says_all_three", {"worked": ""}),
        ("says_all_three", {"do_differently": ""}),
        ("publishing_says_when_and_how_it_went", {"published_at": now(), "revision": 1}),
        ("publishing_says_when_and_how_it_went", {"outcome": Outcome.BOUGHT}),
        (
            "publishing_says_when_and_how_it_went",
            {"published_at": now(), "outcome": Outcome.BOUGHT},
        ),
    ],
)
def test_a_broken_row_is_refused(cast: Cast, constraint: str, values: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        cast.session.execute(insert(Lesson).values(**row(cast, **values)))


@pytest.mark.parametrize(
    "again", [{}, {"side": Side.ENTREPRENEUR}], ids=["the side again", "the person again"]
)
def test_a_case_has_one_lesson_of_each_side_by_different_people(
    cast: Cast, again: dict[str, object]
) -> None:
    first = row(cast)
    cast.session.execute(insert(Lesson).values(**first))

    with pytest.raises(IntegrityError):
        cast.session.execute(insert(Lesson).values(**(first | again)))
