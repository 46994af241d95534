"""A version is changed while it is a draft."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from marketplace.agreements import drafting, policies
from marketplace.agreements.content import CheckpointRow, Content
from marketplace.agreements.drafting import ROWS
from marketplace.agreements.models import AgreedCheckpoint, AgreedSite, Agreement, Criterion
from marketplace.agreements.services.expectations import expect_may_start
from marketplace.agreements.states import AgreementEvent, AgreementRefusal, AgreementState
from marketplace.core.actor import Actor, person_of
from marketplace.core.audit import record
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotNow


def save_draft(
    session: Session, actor: Actor, *, agreement: Agreement, version: int, content: Content
) -> bool:
    """Store some of the content. Saving the same again does nothing, whatever the version."""
    expect_editable(session, actor, agreement)
    changed = drafting.differing(agreement, content)
    if changed == Content():
        return False
    agreement.expect_version(version)
    if "decision_on" in changed.fields and not policies.chooses_decision_date(agreement):
        raise InvalidField("decision_on", AgreementRefusal.DATE_DECIDED)
    drafting.expect_sound(session, agreement.pairing, changed)
    for name, value in changed.fields.items():
        setattr(agreement, name, value)
    agreement.updated_at, agreement.author_id = now(), person_of(actor)
    # Also where only rows have changed, so that whoever saves after this is refused.
    flag_modified(agreement, "updated_at")
    replace_rows(session, agreement, changed)
    rows = drafting.rows_as_data(changed)
    record(session, actor, AgreementEvent.CHANGED, agreement, extra=rows)
    return True


def expect_editable(session: Session, actor: Actor, agreement: Agreement) -> None:
    expect_may_start(session, actor, agreement.pairing)
    if agreement.state is not AgreementState.DRAFT:
        raise NotNow(AgreementRefusal.LOCKED)


def replace_rows(session: Session, agreement: Agreement, content: Content) -> None:
    """The given rows instead of those that are there.

    The old ones go first: written in one flush, a new row would meet the old with its number.
    """
    given = {name: rows for name in ROWS if (rows := getattr(content, name)) is not None}
    for name in given:
        getattr(agreement, name).clear()
    session.flush()
    for position, row in enumerate(content.criteria or (), start=1):
        agreement.criteria.append(Criterion(position=position, **asdict(row)))
    for due in _by_date(content.checkpoints):
        agreement.checkpoints.append(AgreedCheckpoint(**asdict(due)))
    for site in content.sites or ():
        agreement.sites.append(AgreedSite(**asdict(site)))
    session.flush()


def _by_date(rows: Sequence[CheckpointRow] | None) -> list[CheckpointRow]:
    return sorted(rows or (), key=lambda row: row.due_on)
