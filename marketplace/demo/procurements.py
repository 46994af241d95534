"""The purchases that the demo's tests have led to, each as far as it has come."""

from functools import partial

from marketplace.core.actor import Actor
from marketplace.core.clock import today
from marketplace.demo.parts import holder, in_days
from marketplace.demo.story import Story
from marketplace.demo.texts import Row, rows
from marketplace.needs.states import ProcurementRoute
from marketplace.pairings.states import CaseRole
from marketplace.procurements.models import Procurement
from marketplace.procurements.queries import find_procurement, open_step
from marketplace.procurements.services import moves, planning, records, tables
from marketplace.procurements.states import DialogueChannel, PurchaseKind, ThresholdKey

LATER_THE_SAME_DAY = 0.01


def plan_procurements(story: Story) -> None:
    for row in rows("endings", "threshold"):
        story.on(row["days_ago"], partial(_mistype_a_threshold, story, row))
    for row in rows("endings", "procurement"):
        story.on(row["planned_days_ago"], partial(_choose_route, story, row))
        story.on(row["planned_days_ago"] - 1, partial(_write_package, story, row))
        if "shared_days_ago" in row:
            story.on(row["shared_days_ago"], partial(_share_package, story, row))
        for day in row["finished_days_ago"]:
            story.on(day, partial(_finish_step, story, row))
        for entry in row["dialogue"]:
            story.on(entry["days_ago"], partial(_log_dialogue, story, row, entry))
        _plan_records(story, row)


def _plan_records(story: Story, row: Row) -> None:
    for bought in row["purchases"]:
        # Written down when somebody was put in charge of the purchase, on the day it was paid.
        story.on(row["planned_days_ago"], partial(_record_purchase, story, row, bought))
    if "announced_days_ago" in row:
        story.on(row["announced_days_ago"] - LATER_THE_SAME_DAY, partial(_announce, story, row))
    if "contracted_days_ago" in row:
        story.on(row["contracted_days_ago"] + 1, partial(_write_protocol, story, row))
        story.on(row["contracted_days_ago"] - LATER_THE_SAME_DAY, partial(_contract, story, row))


def _mistype_a_threshold(story: Story, row: Row) -> None:
    """And withdraw it, with the reason."""
    administrator = story.actor(row["by"])
    added = tables.add_threshold(
        story.session,
        administrator,
        key=ThresholdKey(row["key"]),
        amount=row["amount"],
        valid_from=today(),
        paragraph=row["paragraph"],
        source=row["source"],
        checked_on=today(),
    )
    tables.withdraw_threshold(
        story.session,
        administrator,
        key=added.key,
        valid_from=added.valid_from,
        reason=row["reason"],
    )


def _of(story: Story, row: Row) -> tuple[Procurement, Actor]:
    """The procurement and the adviser of its case."""
    pairing = story.cases[row["case"]]
    found = find_procurement(story.session, pairing.id)
    if found is None:
        raise LookupError(f"{row['case']} has no procurement: were the reactions registered?")
    return found, holder(pairing, CaseRole.PROCUREMENT_ADVISER)


def _choose_route(story: Story, row: Row) -> None:
    procurement, adviser = _of(story, row)
    planning.choose_route(
        story.session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        route=ProcurementRoute(row["route"]),
        route_reason="",
        estimated_value=procurement.estimated_value,
        service_category=procurement.service_category,
        starts_on=procurement.starts_on,
    )


def _finish_step(story: Story, row: Row) -> None:
    procurement, adviser = _of(story, row)
    step = open_step(procurement)
    if step is None:
        raise LookupError(f"{row['case']} has no step left to finish")
    planning.finish_step(story.session, adviser, step=step, version=step.version)


# ---------------------------------------------------------------- what is written down


def _record_purchase(story: Story, row: Row, bought: Row) -> None:
    procurement, adviser = _of(story, row)
    records.record_purchase(
        story.session,
        adviser,
        pairing=procurement.pairing,
        unit_id=procurement.pairing.need.unit_id,
        kind=PurchaseKind.PILOT,
        amount=bought["amount"],
        bought_on=in_days(story, -bought["days_ago"]),
        note=bought["note"],
    )


def _log_dialogue(story: Story, row: Row, entry: Row) -> None:
    procurement, adviser = _of(story, row)
    records.log_dialogue(
        story.session,
        adviser,
        procurement=procurement,
        held_on=in_days(story, -entry["days_ago"]),
        supplier=entry["supplier"],
        channel=DialogueChannel(entry["channel"]),
        summary=entry["summary"],
        shared=entry["shared"],
    )


def _write_package(story: Story, row: Row) -> None:
    procurement, adviser = _of(story, row)
    records.write_package(
        story.session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        text=row["package"],
    )


def _share_package(story: Story, row: Row) -> None:
    procurement, adviser = _of(story, row)
    records.share_package(
        story.session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        text=row["package"],
    )


def _write_protocol(story: Story, row: Row) -> None:
    procurement, adviser = _of(story, row)
    records.write_protocol(
        story.session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        texts=row["protocol"],
        exempt_paragraph=procurement.exempt_paragraph or "",
        exempt_until=procurement.exempt_until,
    )


# ---------------------------------------------------------------- the moves


def _announce(story: Story, row: Row) -> None:
    procurement, adviser = _of(story, row)
    year = in_days(story, -row["announced_days_ago"]).year
    moves.announce(
        story.session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        reference=f"{year}-{row['reference']}",
    )


def _contract(story: Story, row: Row) -> None:
    procurement, adviser = _of(story, row)
    moves.contract(
        story.session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        other_supplier=None,
        value=row["value"],
        reason=row["award"],
    )
