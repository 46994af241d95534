"""The quality report, its numbers against examples counted by hand."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from marketplace.concepts.models import Concept
from marketplace.core.clock import clock_at, now
from marketplace.core.engine import Database
from marketplace.core.errors import NotFound
from marketplace.core.schedule import do_what_is_due
from marketplace.dashboards import hooks
from marketplace.dashboards.models import NeedCount
from marketplace.dashboards.quality import queries as quality
from marketplace.dashboards.quality.services import count_month
from marketplace.matches.models import Judgement
from marketplace.matches.states import DismissalReason, Verdict
from marketplace.needs.states import NeedState
from marketplace.pairings.models import Pairing
from marketplace.pairings.services.proposing import propose_pairing
from marketplace.pairings.states import Side
from tests.domain.portfolio_cast import Town, make_town
from tests.engines import decided_in_python
from tests.factories import make_concept, make_interest, make_need, make_pairing

SEPTEMBER, AUGUST = date(2026, 9, 1), date(2026, 8, 1)
IN_AUGUST = datetime(2026, 8, 31, 21, 59, tzinfo=UTC)  # a minute before midnight in Norway
FIRST_OF_OCTOBER = datetime(2026, 10, 1, 6, 0, tzinfo=UTC)


def month(town: Town, first: date) -> quality.Month:
    months = quality.list_months(town.session, town.cast.municipality.id)
    return next(each for each in months if each.first == first)


def judge(
    town: Town,
    verdict: Verdict,
    rank: int | None,
    concept: Concept | None = None,
    **values: Any,
) -> Judgement:
    dismissed = verdict is Verdict.DISMISSED
    given: dict[str, Any] = {
        "need_id": town.cast.need.id,
        "concept_id": (concept or make_concept(town.session)).id,
        "person_id": town.cast.person("member").id,
        "verdict": verdict,
        "reason": DismissalReason.TOO_EARLY if dismissed else None,
        "rank_shown": rank,
        "matcher_version": "1",
    }
    judgement = Judgement(**(given | values))
    town.session.add(judgement)
    town.session.flush()
    return judgement


# ---------------------------------------------------------------- who


@pytest.mark.parametrize("name", ["coordinator", "leadership"])
def test_the_municipality_reads_its_own(town: Town, name: str) -> None:
    found = quality.get_municipality(town.session, town.cast.actor(name), None)
    assert found is town.cast.municipality


@decided_in_python
@pytest.mark.parametrize("name", ["other_municipality", "member", "adviser", "entrepreneur"])
def test_nobody_else_does(town: Town, name: str) -> None:
    with pytest.raises(NotFound):
        quality.get_municipality(town.session, town.cast.actor(name), town.cast.municipality.id)


# ---------------------------------------------------------------- precision at three


def test_shortlisted_and_proposed_of_all_that_were_judged_on_the_first_places(town: Town) -> None:
    judge(town, Verdict.SHORTLISTED, 1)
    judge(town, Verdict.SHORTLISTED, 3)
    judge(town, Verdict.DISMISSED, 2)
    proposed_after_all = judge(town, Verdict.DISMISSED, 2)
    judge(town, Verdict.SHORTLISTED, 4)  # not on the first places
    judge(town, Verdict.DISMISSED, None)  # not suggested at all
    judge(town, Verdict.DISMISSED, 1, undone_at=now(), undone_by_id=town.cast.need.author_id)
    make_pairing(town.session, town.cast.need, _concept(town, proposed_after_all))

    september = month(town, SEPTEMBER)

    assert (september.judged, september.fitting) == (4, 3)
    assert september.precision == 0.75


def test_a_proposal_is_a_judgement_too_but_counts_once(town: Town) -> None:
    make_pairing(town.session, town.cast.need, make_concept(town.session), suggested_rank=2)
    make_pairing(town.session, town.cast.need, make_concept(town.session), suggested_rank=4)
    shortlisted = judge(town, Verdict.SHORTLISTED, 1)
    make_pairing(town.session, town.cast.need, _concept(town, shortlisted), suggested_rank=1)

    september = month(town, SEPTEMBER)

    assert (september.judged, september.fitting) == (2, 2)


def test_what_an_entrepreneur_proposes_says_nothing_of_the_suggestion(town: Town) -> None:
    dismissed = judge(town, Verdict.DISMISSED, 1)
    concept = _concept(town, dismissed)
    make_pairing(
        town.session,
        town.cast.need,
        concept,
        proposed_by_side=Side.ENTREPRENEUR,
        proposed_by=concept.author,
        interest=make_interest(town.session, town.cast.need, concept),
        suggested_rank=1,
    )
    september = month(town, SEPTEMBER)
    assert (september.judged, september.fitting) == (1, 0)


def test_months_end_at_midnight_in_norway(town: Town) -> None:
    judge(town, Verdict.SHORTLISTED, 1, judged_at=IN_AUGUST)
    judge(town, Verdict.DISMISSED, 1, judged_at=datetime(2026, 8, 31, 22, 0, tzinfo=UTC))

    assert month(town, AUGUST).precision == 1.0
    assert month(town, SEPTEMBER).precision == 0.0
    whole = quality.whole_period(quality.list_months(town.session, town.cast.municipality.id))
    assert (whole.judged, whole.fitting, whole.precision) == (2, 1, 0.5)


def test_twelve_months_are_shown_and_none_is_no_number(town: Town) -> None:
    judge(town, Verdict.SHORTLISTED, 1, judged_at=datetime(2025, 9, 20, tzinfo=UTC))
    months = quality.list_months(town.session, town.cast.municipality.id)

    assert [months[0].first, months[-1].first] == [SEPTEMBER, date(2025, 10, 1)]
    assert len(months) == 12
    assert all(each.precision is None for each in months)
    assert [each.is_running for each in months] == [True] + [False] * 11


def test_dismissals_are_counted_by_reason(town: Town) -> None:
    for reason in (
        DismissalReason.TOO_EARLY,
        DismissalReason.TOO_EARLY,
        DismissalReason.WRONG_PROBLEM,
    ):
        judge(town, Verdict.DISMISSED, 9, reason=reason)
    judge(town, Verdict.SHORTLISTED, 9)

    assert month(town, SEPTEMBER).dismissals == {
        DismissalReason.TOO_EARLY: 2,
        DismissalReason.WRONG_PROBLEM: 1,
    }


def test_others_judgements_are_not_ours(town: Town) -> None:
    other = make_need(town.session)
    judge(town, Verdict.SHORTLISTED, 1, need_id=other.id)
    make_pairing(town.session, other)
    september = month(town, SEPTEMBER)
    assert (september.judged, september.proposed) == (0, 0)


def _concept(town: Town, judgement: Judgement) -> Concept:
    return town.session.get_one(Concept, judgement.concept_id)


# ---------------------------------------------------------------- pairings that were not suggested


def propose(town: Town, need: str, concept: str) -> Pairing:
    return propose_pairing(
        town.session,
        town.cast.actor("coordinator"),
        need=town.needs[need],
        concept=town.concepts[concept],
        motivation="Vi vil prøve.",
    )


def test_a_proposal_keeps_what_the_matcher_said(town: Town) -> None:
    suggested, other = propose(town, "water", "rain"), propose(town, "water", "sewing")

    assert (suggested.suggested_rank, suggested.suggested_strength) == (1, "strong")
    assert (other.suggested_rank, other.suggested_strength) == (None, None)
    september = month(town, SEPTEMBER)
    assert (september.proposed, september.unsuggested) == (2, 1)
    assert september.unsuggested_share == 0.5


# ---------------------------------------------------------------- needs without any good match


def test_the_running_month_is_counted_now(town: Town) -> None:
    nobody_answers(town)
    september = month(town, SEPTEMBER)
    assert (september.needs, september.without_good) == (4, 1)
    assert september.without_share == 0.25
    assert month(town, AUGUST).needs is None
    assert town.session.scalars(select(NeedCount)).all() == []


def nobody_answers(town: Town, **values: Any) -> None:
    text: dict[str, Any] = {
        "title": "Ladestasjoner",
        "problem": "Elbilene står tomme på tunet.",
        "target_group": "Sjåfører",
        "wanted_effect": "Fulle batterier.",
    }
    make_need(town.session, town.cast.unit, **text, **values)


def test_only_what_was_open_at_the_end_of_the_month_counts(town: Town) -> None:
    october = datetime(2026, 10, 2, 8, 0, tzinfo=UTC)
    nobody_answers(town)
    nobody_answers(town, published_at=october)
    nobody_answers(town, state=NeedState.CLOSED)
    nobody_answers(town, state=NeedState.CLOSED, closed_at=october)
    nobody_answers(town, state=NeedState.IN_REVIEW)

    count_month(town.session, town.cast.municipality.id, date(2026, 10, 1))

    (count,) = town.session.scalars(select(NeedCount))
    assert (count.month, count.needs, count.without_good) == (SEPTEMBER, 5, 2)
    with clock_at(october):
        assert month(town, SEPTEMBER).without_good == 2


def test_a_month_that_is_counted_is_not_counted_again(town: Town) -> None:
    for _ in range(2):
        count_month(town.session, town.cast.municipality.id, date(2026, 10, 1))
    assert len(town.session.scalars(select(NeedCount)).all()) == 1


@pytest.mark.parametrize(
    "values",
    [{"needs": 1, "without_good": 2}, {"needs": 1, "without_good": -1}],
)
def test_the_database_refuses_a_count_that_cannot_be(town: Town, values: dict[str, int]) -> None:
    row = {"municipality_id": town.cast.municipality.id, "month": AUGUST, "counted_at": now()}
    with pytest.raises(IntegrityError), town.session.begin_nested():
        town.session.execute(insert(NeedCount).values(**row, **values))


def test_the_worker_counts_each_month_once(committed: Database) -> None:
    hooks.register()
    with committed.writing() as session:
        town = make_town(session)
        municipality_id = town.cast.municipality.id
        session.commit()

    def counts() -> list[tuple[date, int]]:
        with committed.reading() as session:
            ours = NeedCount.municipality_id == municipality_id
            found = session.scalars(select(NeedCount).where(ours).order_by(NeedCount.month))
            return [(count.month, count.needs) for count in found]

    do_what_is_due(committed, datetime(2026, 9, 30, 21, 0, tzinfo=UTC))
    assert counts() == []  # the municipality is from this month
    for _ in range(2):
        do_what_is_due(committed, FIRST_OF_OCTOBER)
    do_what_is_due(committed, datetime(2026, 10, 20, 6, 0, tzinfo=UTC))
    assert counts() == [(SEPTEMBER, 3)]
    do_what_is_due(committed, datetime(2026, 11, 3, 6, 0, tzinfo=UTC))
    assert counts() == [(SEPTEMBER, 3), (date(2026, 10, 1), 3)]
