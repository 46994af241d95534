"""What the page of an agreement shows, fitted to the one who looks at it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from marketplace.agreements import policies, queries, requirements
from marketplace.agreements.awaited import awaited, is_in_force, waiting_since
from marketplace.agreements.labels import CHANGES
from marketplace.agreements.models import Agreement
from marketplace.agreements.pages.document import sections
from marketplace.agreements.requirements import missing_for_offering
from marketplace.agreements.states import OPEN, AgreementEvent, AgreementRequirement, AgreementState
from marketplace.core.actor import Actor
from marketplace.core.audit import PastEvent, events_of, joined
from marketplace.pairings.models import Pairing
from marketplace.pairings.pages.names import Names
from marketplace.pairings.queries import shown_people
from marketplace.ui.changes import changes_of
from marketplace.ui.labels import label, refusal_text
from marketplace.ui.timeline import TimelineRow

TOLD = frozenset(AgreementEvent) - {AgreementEvent.TEMPLATE_CHANGED}
_SECTION_OF = {
    AgreementRequirement.HOURS: "unit",
    AgreementRequirement.UNIT_CONTRIBUTION: "unit",
    AgreementRequirement.ENTREPRENEUR_CONTRIBUTION: "entrepreneur",
    AgreementRequirement.SITES: "sites",
    AgreementRequirement.COST_CAP: "money",
    AgreementRequirement.COST_CAP_COVERS_PAYMENT: "money",
    AgreementRequirement.CRITERIA: "criteria",
    AgreementRequirement.WEIGHTS_ADD_UP: "criteria",
    AgreementRequirement.TEST_PERIOD: "dates",
    AgreementRequirement.CHECKPOINTS: "checkpoints",
    AgreementRequirement.CHECKPOINTS_IN_PERIOD: "checkpoints",
    AgreementRequirement.DECISION_DATE: "dates",
    AgreementRequirement.DECISION_AFTER_TEST: "dates",
    AgreementRequirement.DATES_AHEAD: "dates",
}


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the checklist; `section` is where on the form it is filled in."""

    requirement: AgreementRequirement
    done: bool
    section: str


def checklist_of(agreement: Agreement) -> list[Point]:
    missing = missing_for_offering(agreement)
    return [
        Point(point, point not in missing, _SECTION_OF.get(point, point.value))
        for point in AgreementRequirement
    ]


def shown_version(versions: Sequence[Agreement]) -> Agreement | None:
    """What is being worked on; else what is in force; else the last."""
    for states in (OPEN, {AgreementState.SIGNED}, frozenset(AgreementState)):
        for agreement in versions:
            if agreement.state in states:
                return agreement
    return None


def values_for(
    session: Session, actor: Actor, pairing: Pairing, number: int | None = None
) -> dict[str, Any]:
    versions = queries.list_versions(session, pairing.id)
    names = Names(shown_people(session, actor, pairing))
    agreement = (
        shown_version(versions)
        if number is None
        else queries.get_version(session, pairing.id, number)
    )
    return {
        "pairing": pairing,
        "versions": versions,
        "agreement": agreement,
        "happened": list(_story(_told(session, versions), versions, names)),
        "may_start": policies.can_start(actor, pairing),
        "may_start_version": _may_start_version(actor, pairing, versions),
        **_next(pairing, versions),
        **(_of_version(session, actor, agreement) if agreement else {}),
    }


def _next(pairing: Pairing, versions: Sequence[Agreement]) -> dict[str, Any]:
    open_version = next((v for v in versions if v.state in OPEN), None)
    in_force = next((v for v in versions if is_in_force(v)), None)
    return {
        "in_force": in_force,
        "awaited": awaited(open_version, in_force),
        "since": waiting_since(pairing, open_version),
    }


def _of_version(session: Session, actor: Actor, agreement: Agreement) -> Mapping[str, Any]:
    waits = agreement.state is AgreementState.OFFERED
    return {
        "sections": sections(agreement),
        "moves": policies.open_moves(actor, agreement),
        "may_edit": policies.can_edit(actor, agreement),
        "may_sign": policies.side_to_sign(actor, agreement) is not None,
        "checklist": checklist_of(agreement) if agreement.state is AgreementState.DRAFT else [],
        "obstacles": [
            refusal_text(o) for o in requirements.obstacles_to_signing(session, agreement)
        ]
        if waits
        else [],
    }


def _may_start_version(actor: Actor, pairing: Pairing, versions: Sequence[Agreement]) -> bool:
    states = {agreement.state for agreement in versions}
    ready = AgreementState.SIGNED in states and not states & OPEN
    return ready and pairing.test_ended_at is None and policies.can_start(actor, pairing)


def _told(session: Session, versions: Sequence[Agreement]) -> Iterator[PastEvent]:
    """Of the saves of a draft only those that changed an amount or a day: all would drown the
    rest."""
    events = events_of(session, versions, only=TOLD)
    for past in joined(events, AgreementEvent.CHANGED):
        if past.event != AgreementEvent.CHANGED or changes_of(past, CHANGES):
            yield past


def _story(
    events: Iterable[PastEvent], versions: Sequence[Agreement], names: Names
) -> Iterable[TimelineRow]:
    numbers = {agreement.id: agreement.number for agreement in versions}
    for past in events:
        yield TimelineRow(
            at=past.at,
            text=_(
                "Versjon %(number)s: %(what)s",
                number=numbers[past.subject_id],
                what=label(AgreementEvent(past.event)),
            ),
            who=names.pick(past.actor_id, past.who),
            reason=past.reason,
            changes=changes_of(past, CHANGES) if past.event == AgreementEvent.CHANGED else (),
        )
