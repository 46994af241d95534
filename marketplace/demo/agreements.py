"""The agreements of the demo's cases, version by version, as far as each has come."""

from functools import partial
from typing import Any

from marketplace.agreements import queries
from marketplace.agreements.content import (
    NUMBERS,
    TEXTS,
    CheckpointRow,
    Content,
    CriterionRow,
    SiteRow,
)
from marketplace.agreements.models import Agreement
from marketplace.agreements.services import beginning, offering, signing, writing
from marketplace.demo.parts import holder, in_days, side_of
from marketplace.demo.story import Story
from marketplace.demo.texts import Row, rows
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings.states import CaseRole, Side
from marketplace.procurements.paid_tests import route_obstacle
from marketplace.procurements.services import paying

ROUTE_REASON = "Tre leverandører ble spurt. Bare én hadde noe som passet til behovet."
DATES = {"test_starts": "test_starts_on", "test_ends": "test_ends_on", "decision": "decision_on"}


def plan_agreements(story: Story) -> None:
    """A first version is started here; a later one is, by whoever asked for it, in its own file."""
    for row in rows("agreements", "agreement"):
        if "number" not in row:
            story.on(row["started_days_ago"], partial(_start, story, row))
        story.on(row["saved_days_ago"], partial(_save, story, row))
        if "offered_days_ago" in row:
            story.on(row["offered_days_ago"], partial(_offer, story, row))
        for side in (Side.UNIT, Side.ENTREPRENEUR):
            if (day := row.get(f"{side}_signed_days_ago")) is not None:
                story.on(day, partial(_sign, story, row, side))


def _start(story: Story, row: Row) -> None:
    pairing, author = story.cases[row["case"]], story.actor(row["author"])
    beginning.start_agreement(story.session, author, pairing=pairing)


def _save(story: Story, row: Row) -> None:
    agreement = _open_version(story, row)
    writing.save_draft(
        story.session,
        story.actor(row["author"]),
        agreement=agreement,
        version=agreement.version,
        content=_content(story, row, agreement),
    )


def _offer(story: Story, row: Row) -> None:
    agreement = _open_version(story, row)
    offering.offer_version(
        story.session, story.actor(row["author"]), agreement=agreement, version=agreement.version
    )
    if not row.get("route_waits") and route_obstacle(story.session, agreement) is not None:
        _confirm_route(story, row, agreement)


def _confirm_route(story: Story, row: Row, agreement: Agreement) -> None:
    paying.confirm_route(
        story.session,
        holder(agreement.pairing, CaseRole.PROCUREMENT_ADVISER),
        agreement=agreement,
        version=agreement.version,
        route=ProcurementRoute(row.get("route", ProcurementRoute.MINI_COMPETITION)),
        reason=row.get("route_reason", ROUTE_REASON),
    )


def _sign(story: Story, row: Row, side: Side) -> None:
    """For the unit its leader, who owns the case."""
    agreement = _open_version(story, row)
    pairing = agreement.pairing
    actor = holder(pairing, CaseRole.OWNER) if side is Side.UNIT else side_of(story, pairing, side)
    signing.sign_version(story.session, actor, agreement=agreement, version=agreement.version)


def _open_version(story: Story, row: Row) -> Agreement:
    return queries.get_open_version(story.session, story.cases[row["case"]].id)


# ---------------------------------------------------------------- what it says


def _content(story: Story, row: Row, agreement: Agreement) -> Content:
    fields: dict[str, Any] = {name: row[name] for name in NUMBERS if name in row}
    fields |= {field: in_days(story, row[name]) for name, field in DATES.items() if name in row}
    fields |= {
        name: f"{getattr(agreement, name)}\n\n{row[name]}".strip() for name in TEXTS if name in row
    }
    return Content(
        fields=fields,
        criteria=[CriterionRow(*said) for said in row["criteria"]] if "criteria" in row else None,
        checkpoints=_checkpoints(story, row),
        sites=_sites(story, row),
    )


def _checkpoints(story: Story, row: Row) -> list[CheckpointRow] | None:
    if "checkpoints" not in row:
        return None
    return [CheckpointRow(in_days(story, day), topic) for day, topic in row["checkpoints"]]


def _sites(story: Story, row: Row) -> list[SiteRow] | None:
    if "sites" not in row:
        return None
    units = story.town.units
    return [SiteRow(units[unit].id, name, hours) for unit, name, hours in row["sites"]]
