"""How the demo's cases go on after the test: the decision, and the lessons of both sides."""

from collections.abc import Callable
from functools import partial
from typing import Any

from marketplace.decisions import queries, services
from marketplace.decisions.states import DecisionMove
from marketplace.demo.parts import holder, in_days, side_of
from marketplace.demo.story import Story
from marketplace.demo.texts import Row, rows
from marketplace.lessons import services as lessons
from marketplace.pairings.states import CaseRole, Side

CHOICES: dict[DecisionMove, Callable[..., None]] = {
    DecisionMove.BUY: services.decide_to_buy,
    DecisionMove.EXTEND: services.decide_to_extend,
    DecisionMove.STOP: services.decide_to_stop,
}


def plan_endings(story: Story) -> None:
    steps = {"decision": _decide, "lesson": _learn, "closing": _close}
    for kind, step in steps.items():
        for row in rows("endings", kind):
            story.on(row["days_ago"], partial(step, story, row))


def _decide(story: Story, row: Row) -> None:
    pairing = story.cases[row["case"]]
    decision = queries.find_latest(story.session, pairing.id)
    if decision is None:
        raise LookupError(f"{row['case']} awaits no decision")
    later: dict[str, Any] = {}
    if "extended_to" in row:
        later["extended_to"] = in_days(story, row["extended_to"])
    CHOICES[DecisionMove(row["choice"])](
        story.session,
        holder(pairing, CaseRole.DECISION_MAKER),
        decision=decision,
        version=decision.version,
        reason=row["reason"],
        **later,
    )


def _learn(story: Story, row: Row) -> None:
    pairing, side = story.cases[row["case"]], Side(row["side"])
    actor = story.actor(row["person"]) if "person" in row else side_of(story, pairing, side)
    lessons.write_lesson(
        story.session,
        actor,
        pairing=pairing,
        side=side,
        version=0,
        words=lessons.Words(
            worked=row["worked"],
            did_not_work=row["did_not_work"],
            do_differently=row["do_differently"],
            language=pairing.need.language,
        ),
    )


def _close(story: Story, row: Row) -> None:
    pairing = story.cases[row["case"]]
    lessons.close_case(
        story.session,
        story.actor(row["person"]),
        pairing=pairing,
        version=pairing.version,
        reason=row["reason"],
    )
