"""What two versions say differently."""

import pytest
from flask import Flask
from flask_babel import Babel
from sqlalchemy.orm import Session

from marketplace.agreements.models import AgreedCheckpoint, Criterion
from marketplace.agreements.pages.difference import Pair, Piece, PieceKind, compare
from marketplace.agreements.states import AgreementState
from tests.domain.agreement_cast import AgreementCast, in_days, make_agreement_cast


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


@pytest.fixture(autouse=True)
def _bokmal() -> object:
    app = Flask("words")
    Babel(app, default_locale="nb")
    with app.test_request_context():
        yield


def changed(pairs: list[Pair], heading: str) -> list[Pair]:
    return [pair for pair in pairs if pair.heading == heading and pair.changed]


def said(pieces: tuple[Piece, ...], kind: PieceKind) -> str:
    return " ".join(piece.text.strip() for piece in pieces if piece.kind is kind)


def test_equal_versions_differ_in_nothing(cast: AgreementCast) -> None:
    first = cast.version(AgreementState.SIGNED)
    second = cast.version(number=2)

    assert [pair for pair in compare(first, second) if pair.changed] == []
    assert len(compare(first, second)) > 10


def test_changed_words_are_marked_and_the_rest_is_not(cast: AgreementCast) -> None:
    first = cast.version(AgreementState.SIGNED, purpose="Vi prøver ukentlig kaffe i høst.")
    second = cast.version(number=2, purpose="Vi prøver daglig kaffe i høst, ute.")

    (pair,) = changed(compare(first, second), "Formål")

    assert said(pair.before, PieceKind.REMOVED) == "ukentlig"
    assert said(pair.after, PieceKind.ADDED) == "daglig , ute"
    assert "".join(piece.text for piece in pair.before) == first.purpose
    assert "".join(piece.text for piece in pair.after) == second.purpose


def test_money_and_dates_are_compared(cast: AgreementCast) -> None:
    first = cast.version(AgreementState.SIGNED)
    second = cast.version(number=2, cost_cap=175_000, decision_on=in_days(200))

    pairs = compare(first, second)

    money, dates = [pair for pair in pairs if pair.changed]
    assert (money.heading, dates.heading) == ("Betaling og kostnadstak", "Datoer")
    assert said(money.before, PieceKind.REMOVED) == "150\N{NARROW NO-BREAK SPACE}000"
    assert said(dates.after, PieceKind.ADDED) == f"{in_days(200):%d.%m.%Y}"


def test_rows_are_matched_with_the_rows_they_came_from(cast: AgreementCast) -> None:
    first = cast.version(AgreementState.SIGNED)
    second = cast.version(
        number=2,
        criteria=[
            Criterion(position=1, title="Sover bedre", measure="Dagbok", target="Fem", weight=30),
            Criterion(position=2, title="Trives", measure="Samtaler", target="Åtte", weight=40),
            Criterion(
                position=3, title="Færre er ensomme", measure="Skjema", target="Ti", weight=30
            ),
        ],
    )

    added, moved = changed(compare(first, second), "Suksesskriterier")

    assert added.before == ()
    assert said(added.after, PieceKind.ADDED).startswith("Kriterium: Sover bedre")
    assert said(moved.after, PieceKind.ADDED) == "er 30"
    assert said(moved.before, PieceKind.REMOVED) == "60"


def test_a_row_that_is_gone_stands_on_one_side(cast: AgreementCast) -> None:
    first = cast.version(AgreementState.SIGNED)
    second = cast.version(number=2, sites=[])

    (gone,) = changed(compare(first, second), "Steder")

    assert gone.after == ()
    assert "Dagsenteret" in said(gone.before, PieceKind.REMOVED)


def test_two_equal_rows_are_each_matched_once(cast: AgreementCast) -> None:
    twins = [("A", 50), ("A", 50)]

    def rows(count: int) -> list[Criterion]:
        return [
            Criterion(position=n, title=title, measure="B", target="C", weight=weight)
            for n, (title, weight) in enumerate(twins[:count], start=1)
        ]

    first = cast.version(AgreementState.SIGNED, criteria=rows(2))
    second = cast.version(
        number=2, criteria=rows(1), checkpoints=[AgreedCheckpoint(due_on=in_days(60), topic="Nå")]
    )

    (gone,) = changed(compare(first, second), "Suksesskriterier")
    assert gone.after == ()
    (topic,) = changed(compare(first, second), "Sjekkpunkter")
    assert said(topic.after, PieceKind.ADDED) == "Nå"
