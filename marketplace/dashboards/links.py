"""Where each thing that waits is done."""

from flask import url_for

from marketplace.dashboards.queries import WorkItem
from marketplace.dashboards.states import Work

NEED, CONCEPT = ("needs.show", "need_id"), ("concepts.show", "concept_id")
PAIRING = ("pairings.show", "pairing_id")
AGREEMENT = ("agreements.show", "pairing_id")
PILOT = ("pilots.show", "pairing_id")
PROCUREMENT = ("procurements.show", "pairing_id")
LESSONS = ("lessons.show", "pairing_id")

PAGES = {
    Work.NEED_DRAFT: NEED,
    Work.NEED_CHANGES: NEED,
    Work.NEED_ENDORSEMENT: NEED,
    Work.PARTICIPATION_ENDORSEMENT: NEED,
    Work.NEED_REVIEW: NEED,
    Work.NEED_WITHOUT_PAIRING: NEED,
    Work.CONCEPT_DRAFT: CONCEPT,
    Work.INTEREST_NEW: ("interests.show", "interest_id"),
    Work.PAIRING_UNIT_YES: PAIRING,
    Work.PAIRING_ENTREPRENEUR_YES: PAIRING,
    Work.PAIRING_CHANGES: PAIRING,
    Work.PAIRING_DECISION: PAIRING,
    Work.PAIRING_ADVISER: PAIRING,
    Work.QUESTION: NEED,
    Work.AGREEMENT_MISSING: AGREEMENT,
    Work.AGREEMENT_DRAFT: AGREEMENT,
    Work.AGREEMENT_UNIT_SIGNATURE: AGREEMENT,
    Work.AGREEMENT_ENTREPRENEUR_SIGNATURE: AGREEMENT,
    Work.PILOT_START: PILOT,
    Work.PILOT_END: PILOT,
    Work.CHECKPOINT_UNIT: PILOT,
    Work.CHECKPOINT_ENTREPRENEUR: PILOT,
    Work.STOP_REASON_UNIT: PILOT,
    Work.STOP_REASON_ENTREPRENEUR: PILOT,
    Work.DECISION: ("decisions.show", "pairing_id"),
    Work.PROCUREMENT_ROUTE: PROCUREMENT,
    Work.PROCUREMENT_STEP: PROCUREMENT,
    Work.LESSON_UNIT: LESSONS,
    Work.LESSON_ENTREPRENEUR: LESSONS,
    Work.CASE_CLOSE: LESSONS,
    Work.ORGANISATION_PENDING: ("accounts.show_organisation", "organisation_id"),
}
"""Where everybody may read it."""

DESKS = {
    Work.NEED_REVIEW: ("needs.review", "need_id"),
    Work.ORGANISATION_PENDING: ("accounts.administer_organisation", "organisation_id"),
}
"""Where those it waits for go instead."""

PLACES = {Work.QUESTION: "questions"}
"""Where on a long page it stands."""


def work_url(item: WorkItem) -> str:
    endpoint, argument = PAGES[item.kind]
    if item.acts:
        endpoint, argument = DESKS.get(item.kind, (endpoint, argument))
    return url_for(endpoint, _anchor=PLACES.get(item.kind), **{argument: item.subject_id})  # type: ignore[arg-type]  # the argument's name is data here
