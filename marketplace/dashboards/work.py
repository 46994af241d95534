"""Everything that waits for somebody: a select for each kind.

«My work» and «needs attention» narrow the same selects, so they can never disagree.
"""

from datetime import datetime, time
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    case,
    exists,
    func,
    select,
)

from marketplace.accounts.models import Organisation, Unit
from marketplace.accounts.states import OrganisationState
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import NORWAY, today
from marketplace.dashboards.case_work import of_cases, of_questions
from marketplace.dashboards.states import Party, Work
from marketplace.dashboards.work_columns import (
    NOBODY,
    case_columns,
    owner_columns,
    pairing_work,
    start_of_day,
    work_columns,
)
from marketplace.interests.models import Interest
from marketplace.interests.states import InterestState
from marketplace.needs.models import Need, NeedParticipation
from marketplace.needs.states import JOINABLE, NeedEvent, NeedState, ParticipationState
from marketplace.pairings.models import CaseRoleHolder, Pairing
from marketplace.pairings.states import OPEN, CaseRole, PairingState, Side


def everything_that_waits() -> list[Select[Any]]:
    """One select for each kind, with a row for each thing that waits for one party today."""
    return [
        *_of_needs(),
        *_of_participations(),
        *_of_interests(),
        *_of_pairings(),
        *of_cases(),
        *of_questions(),
        *_of_owners(),
    ]


# ---------------------------------------------------------------- needs


def _of_needs() -> list[Select[Any]]:
    sent = func.coalesce(Need.submitted_at, Need.updated_at)
    ready = case((Need.endorsed_at > sent, Need.endorsed_at), else_=sent)
    draft = (Need.state == NeedState.DRAFT, Need.updated_at < _midnight())
    in_review = Need.state == NeedState.IN_REVIEW
    silent = (
        Need.state == NeedState.PUBLISHED,
        Need.interests_close_on < today(),
        ~exists().where(Pairing.need_id == Need.id, Pairing.state.in_(OPEN)),
    )
    closed = start_of_day(Need.interests_close_on)
    return [
        _need(Work.NEED_DRAFT, Party.AUTHOR, Need.updated_at).where(*draft),
        _need(Work.NEED_CHANGES, Party.UNIT, _asked_at()).where(
            Need.state == NeedState.NEEDS_CHANGES
        ),
        _need(Work.NEED_ENDORSEMENT, Party.UNIT_LEADER, sent).where(
            in_review, Need.endorsed_at.is_(None)
        ),
        _need(Work.NEED_REVIEW, Party.COORDINATOR, ready).where(
            in_review, Need.endorsed_at.is_not(None)
        ),
        _need(Work.NEED_WITHOUT_PAIRING, Party.UNIT, closed).where(*silent),
    ]


def _need(kind: Work, waits_for: Party, since: Any) -> Select[Any]:
    own = work_columns(kind, Need.id, waits_for, since, Need.author_id)
    return select(*own, *case_columns(with_concept=False)).join_from(Need, Unit)


def _of_participations() -> list[Select[Any]]:
    """Units that have been brought into the need of another, until their own leader answers."""
    own = work_columns(
        Work.PARTICIPATION_ENDORSEMENT, Need.id, Party.UNIT_LEADER, NeedParticipation.asked_at
    )
    statement = (
        select(*own, *case_columns(with_concept=False))
        .select_from(NeedParticipation)
        .join(Need, Need.id == NeedParticipation.need_id)
        .join(Unit, Unit.id == NeedParticipation.unit_id)
    )
    asked = NeedParticipation.state == ParticipationState.ASKED
    return [statement.where(asked, Need.state.in_(JOINABLE))]


def _asked_at() -> ColumnElement[datetime]:
    """When changes were asked for last; writing since then does not make the wait shorter."""
    asked = select(func.max(AuditEvent.at)).where(
        AuditEvent.subject_type == Need.__name__,
        AuditEvent.subject_id == Need.id,
        AuditEvent.event == str(NeedEvent.CHANGES_ASKED),
    )
    return func.coalesce(asked.correlate(Need).scalar_subquery(), Need.updated_at)


def _midnight() -> datetime:
    return datetime.combine(today(), time.min, NORWAY)


# ---------------------------------------------------------------- interests


def _of_interests() -> list[Select[Any]]:
    taken_up = exists().where(
        Pairing.need_id == Interest.need_id, Pairing.concept_id == Interest.concept_id
    )
    own = work_columns(Work.INTEREST_NEW, Interest.id, Party.UNIT, Interest.registered_at)
    statement = (
        select(*own, *case_columns(with_concept=True))
        .join_from(Interest, Need)
        .join(Unit)
        .join(Concept, Concept.id == Interest.concept_id)
        .where(Interest.state == InterestState.REGISTERED, Need.state == NeedState.PUBLISHED)
    )
    return [statement.where(~taken_up)]


# ---------------------------------------------------------------- pairings


def _of_pairings() -> list[Select[Any]]:
    proposed = Pairing.state == PairingState.PROPOSED
    asked = func.coalesce(Pairing.changes_asked_at, Pairing.proposed_at)
    return [
        pairing_work(Work.PAIRING_UNIT_YES, Party.UNIT, Pairing.proposed_at).where(
            proposed, Pairing.unit_accepted_at.is_(None)
        ),
        pairing_work(Work.PAIRING_ENTREPRENEUR_YES, Party.ENTREPRENEUR, Pairing.proposed_at).where(
            proposed, Pairing.entrepreneur_accepted_at.is_(None)
        ),
        pairing_work(Work.PAIRING_CHANGES, _proposing_party(), asked).where(
            Pairing.state == PairingState.NEEDS_CHANGES
        ),
        pairing_work(Work.PAIRING_DECISION, Party.COORDINATOR, _last_yes()).where(
            Pairing.state == PairingState.ACCEPTED
        ),
        pairing_work(
            Work.PAIRING_ADVISER, Party.ADVISER, CaseRoleHolder.since, CaseRoleHolder.person_id
        )
        .join(CaseRoleHolder, CaseRoleHolder.pairing_id == Pairing.id)
        .where(CaseRoleHolder.role == CaseRole.PROCUREMENT_ADVISER, Pairing.state.in_(OPEN)),
    ]


def _proposing_party() -> ColumnElement[str]:
    parties = {
        Side.UNIT: Party.UNIT,
        Side.ENTREPRENEUR: Party.ENTREPRENEUR,
        Side.COORDINATOR: Party.COORDINATOR,
    }
    whens = [(Pairing.proposed_by_side == side, str(party)) for side, party in parties.items()]
    return case(*whens, else_=str(Party.COORDINATOR))


def _last_yes() -> ColumnElement[datetime]:
    unit, entrepreneur = Pairing.unit_accepted_at, Pairing.entrepreneur_accepted_at
    return case((unit > entrepreneur, unit), else_=entrepreneur)


# ---------------------------------------------------------------- of owners, before any case


def _of_owners() -> list[Select[Any]]:
    draft = work_columns(
        Work.CONCEPT_DRAFT, Concept.id, Party.ENTREPRENEUR, Concept.updated_at, Concept.author_id
    )
    about = owner_columns(Concept.id, Concept.organisation_id)
    pending = work_columns(
        Work.ORGANISATION_PENDING, Organisation.id, Party.ADMINISTRATOR, Organisation.created_at
    )
    itself = owner_columns(NOBODY, Organisation.id)
    return [
        select(*draft, *about).where(Concept.state == ConceptState.DRAFT),
        select(*pending, *itself).where(Organisation.state == OrganisationState.PENDING),
    ]
