"""A municipality's decisions as a judged collection, and what each part of the ranking is worth."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts import services as concepts
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Role
from marketplace.core.clock import clock_at, now
from marketplace.core.target_groups import Group, TargetGroup
from marketplace.dashboards.models import RankingTrial
from marketplace.dashboards.quality import judged
from marketplace.dashboards.quality.queries import list_trials
from marketplace.dashboards.quality.services import count_month
from marketplace.matches.models import Judgement
from marketplace.matches.states import DismissalReason, RankingWay, Verdict
from marketplace.needs.models import Need
from marketplace.needs.services import writing
from marketplace.pairings.states import PairingState, Side
from marketplace.vocabulary import services as vocabulary
from tests.factories import (
    actor_for,
    make_concept,
    make_member,
    make_need,
    make_organisation,
    make_pairing,
)

OCTOBER = date(2026, 10, 1)
ONLY: dict[str, Any] = {
    "target_group": "", "evidence": "", "used_where": "", "needs_from_municipality": "",
}  # fmt: skip


def judge(session: Session, need: Need, concept: Concept, reason: DismissalReason | None) -> None:
    session.add(
        Judgement(
            need_id=need.id, concept_id=concept.id, person_id=need.author_id,
            verdict=Verdict.DISMISSED if reason else Verdict.SHORTLISTED, reason=reason,
            rank_shown=1, matcher_version="1",
        )
    )  # fmt: skip
    session.flush()


@pytest.fixture
def need(session: Session) -> Need:
    return make_need(
        session, title="Ensomme eldre", problem="Eldre som bor alene, er ensomme.",
        target_group="", wanted_effect="",
    )  # fmt: skip


def about(session: Session, text: str) -> Concept:
    return make_concept(session, title=text, description=text, **ONLY)


# ---------------------------------------------------------------- what is judged


def test_each_pair_has_the_highest_grade_it_has_had(session: Session, need: Need) -> None:
    names = ("approved", "proposed", "shortlisted", "wrong", "dear", "asked")
    made = {name: about(session, name) for name in names}
    judge(session, need, made["approved"], None)
    judge(session, need, made["shortlisted"], None)
    judge(session, need, made["wrong"], DismissalReason.WRONG_PROBLEM)
    judge(session, need, made["dear"], DismissalReason.TOO_EXPENSIVE)
    make_pairing(session, need, made["approved"], state=PairingState.APPROVED)
    make_pairing(session, need, made["proposed"], proposed_by_side=Side.UNIT)
    make_pairing(session, need, made["asked"], proposed_by_side=Side.ENTREPRENEUR)
    other = make_need(session)
    judge(session, other, made["wrong"], None)

    decided = judged.list_decided(session, need.municipality_id)

    grades = {one.concept_id: one.grade for one in decided}
    assert {one.need_id for one in decided} == {need.id}
    assert grades == {
        made["approved"].id: 3, made["proposed"].id: 2, made["shortlisted"].id: 1,
        made["wrong"].id: 0,
    }  # fmt: skip


def test_what_was_undone_is_not_judged(session: Session, need: Need) -> None:
    judge(session, need, about(session, "angret"), None)
    row = session.scalars(select(Judgement)).one()
    row.undone_at, row.undone_by_id = now(), need.author_id
    session.flush()
    assert judged.list_decided(session, need.municipality_id) == []


def test_the_tool_measures_on_what_is_downloaded(
    session: Session, need: Need, tmp_path: Path
) -> None:
    """The right one of two stands first for one need, and second for the other."""
    visits = about(session, "Besøk til ensomme eldre")
    choir = about(session, "Kor for ensomme eldre som bor alene")
    bikes = make_need(session, need.unit, title="Sykler", problem="Barn mangler sykler.",
                      target_group="", wanted_effect="")  # fmt: skip
    lending = about(session, "Vi låner ut sykler til barn")
    judge(session, need, visits, None)
    judge(session, need, choir, DismissalReason.WRONG_PROBLEM)
    judge(session, bikes, lending, None)
    hidden = make_concept(session, state=ConceptState.ARCHIVED, **ONLY)
    judge(session, need, hidden, None)
    reader = make_member(session, Role.COORDINATOR, need.unit.organisation)
    content = judged.as_zip(session, actor_for(reader), need.municipality_id)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path / "town")
    texts = (tmp_path / "town" / "corpus.jsonl").read_text("utf-8").splitlines()
    assert {json.loads(line)["_id"] for line in texts} == {
        str(each.id) for each in (visits, choir, lending)
    }
    done = subprocess.run(  # noqa: S603  our own command
        [sys.executable, "-m", "matching", "evaluate", str(tmp_path / "town")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    numbers = dict(zip(*(line.split() for line in done.stdout.splitlines()[:2]), strict=True))
    # The right one is first and second: (1 + 1/log2(3)) / 2, (1 + 1/2) / 2, 1 of 2, 2 of 2.
    assert [numbers[n] for n in ("nDCG@10", "MRR", "S@1", "S@3")] == [
        "0.815",
        "0.750",
        "0.500",
        "1.000",
    ]


# ---------------------------------------------------------------- what each part is worth


@pytest.fixture
def in_october() -> Iterator[None]:
    with clock_at(datetime(2026, 10, 12, 10, tzinfo=UTC)):
        yield


def shares(session: Session, need: Need) -> dict[RankingWay, tuple[int, int]]:
    count_month(session, need.municipality_id, date(2026, 11, 1))
    session.flush()
    trials = list_trials(session, need.municipality_id)
    return {way: (t.found, t.needs) for way, t in trials.get(OCTOBER, {}).items()}


def test_a_month_without_decisions_is_not_tried(session: Session, need: Need) -> None:
    about(session, "Besøk til ensomme eldre")
    assert shares(session, need) == {}


@pytest.mark.usefixtures("in_october")
def test_words_that_stand_for_each_other_are_worth_something(session: Session) -> None:
    """Five others share a common word with the need; the right one what an administrator said."""
    need = make_need(session, title="Trivselsvert", problem="Trivselsvert trengs her.",
                     target_group="", wanted_effect="")  # fmt: skip
    for number in range(5):
        about(session, f"Sykler trengs {number}")
    right = about(session, "Gledesspreder")
    admin = actor_for(make_member(session, Role.ADMINISTRATOR))
    vocabulary.add_group(
        session, admin, words=["trivselsvert", "gledesspreder"], reason="Vi sier det slik"
    )
    judge(session, need, right, None)
    found = shares(session, need)
    assert found[RankingWay.WHOLE] == (1, 1)
    assert found[RankingWay.WITHOUT_VOCABULARY] == (0, 1)


@pytest.mark.usefixtures("in_october")
def test_whom_it_is_for_is_worth_something(session: Session, need: Need) -> None:
    """Four concepts for children say more of what the need says than the one for the old."""
    people = [TargetGroup(0, 12, frozenset({Group.CHILDREN}))] * 4
    people.append(TargetGroup(67, None, frozenset({Group.OLDER_PEOPLE})))
    texts = ["Ensomme eldre som bor alene, er ensomme."] * 4 + ["Besøk til ensomme."]
    made = [about(session, text) for text in texts]
    for concept, target in zip(made, people, strict=True):
        concepts.confirm_target(
            session, actor_for(concept.author), concept=concept, version=concept.version,
            target=target,
        )  # fmt: skip
        session.flush()
    writing.confirm_target(
        session, actor_for(need.author), need=need, version=need.version, target=people[-1]
    )
    judge(session, need, made[-1], None)
    found = shares(session, need)
    assert found[RankingWay.WHOLE] == (1, 1)
    assert found[RankingWay.WITHOUT_FACETS] == (0, 1)


@pytest.mark.usefixtures("in_october")
def test_a_month_is_tried_once(session: Session, need: Need) -> None:
    judge(session, need, about(session, "Besøk til ensomme eldre"), None)
    first = shares(session, need)
    assert set(first) == set(RankingWay)
    assert shares(session, need) == first
    assert len(session.scalars(select(RankingTrial)).all()) == len(RankingWay)


def test_another_municipality_has_none_of_it(session: Session, need: Need) -> None:
    judge(session, need, about(session, "Besøk til ensomme eldre"), None)
    assert judged.list_decided(session, make_organisation(session).id) == []
