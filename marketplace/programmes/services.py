"""The only place that changes programmes.

What is used of the funds is only added to: a mistake is corrected by adding what goes back.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from marketplace.accounts.queries import people_with_role
from marketplace.core.actor import Actor, Role, person_of
from marketplace.core.audit import AuditEvent, record
from marketplace.core.clock import now, today
from marketplace.core.errors import InvalidField, NotAllowed
from marketplace.core.outbox import tell
from marketplace.core.texts import expect_text
from marketplace.programmes import policies, queries
from marketplace.programmes.models import FundUse, Programme
from marketplace.programmes.states import ProgrammeEvent, ProgrammeRefusal, ProgrammeTopic
from marketplace.programmes.told import ProgrammeTold


@dataclass(frozen=True, slots=True)
class ProgrammeContent:
    name: str
    about: str
    partner_id: int
    starts_on: date
    ends_on: date
    minimum: int
    maximum: int
    funds: int


# ---------------------------------------------------------------- making and changing


def create_programme(
    session: Session, actor: Actor, *, municipality_id: int, content: ProgrammeContent
) -> Programme:
    if not policies.keeps_for(actor, municipality_id):
        raise NotAllowed(ProgrammeRefusal.COORDINATORS_ONLY)
    _expect_whole(session, content)
    programme = Programme(municipality_id=municipality_id, created_by_id=person_of(actor))
    programme.funds_used = 0
    _fill(programme, content)
    session.add(programme)
    event = record(session, actor, ProgrammeEvent.CREATED, programme)
    _tell_partner(session, programme, ProgrammeTopic.CREATED, event)
    return programme


def change_programme(
    session: Session,
    actor: Actor,
    *,
    programme: Programme,
    version: int,
    content: ProgrammeContent,
) -> None:
    programme.expect_version(version)
    expect_may_keep(actor, programme)
    _expect_whole(session, content)
    if content.funds < programme.funds_used:
        raise InvalidField("funds", ProgrammeRefusal.FUNDS_BELOW_USED, used=programme.funds_used)
    former = set(people_with_role(session, Role.PARTNER, organisation_id=programme.partner_id))
    new_partner = content.partner_id != programme.partner_id
    _fill(programme, content)
    event = record(session, actor, ProgrammeEvent.CHANGED, programme)
    topic = ProgrammeTopic.CREATED if new_partner else ProgrammeTopic.CHANGED
    _tell_partner(session, programme, topic, event)
    if new_partner:
        tell(
            session, former, ProgrammeTopic.PARTNER_LEFT, event, ProgrammeTold(title=programme.name)
        )


def expect_may_keep(actor: Actor, programme: Programme) -> None:
    if not policies.can_keep(actor, programme):
        raise NotAllowed(ProgrammeRefusal.COORDINATORS_ONLY)


def _expect_whole(session: Session, content: ProgrammeContent) -> None:
    """What the database would refuse too, said at the field it is about."""
    expect_text("name", content.name, ProgrammeRefusal.NAME_MISSING)
    if content.partner_id not in {partner.id for partner in queries.list_partners(session)}:
        raise InvalidField("partner_id", ProgrammeRefusal.PARTNER_MISSING)
    if content.ends_on <= content.starts_on:
        raise InvalidField("ends_on", ProgrammeRefusal.ENDS_BEFORE_START)
    if content.minimum < 1:
        raise InvalidField("minimum", ProgrammeRefusal.NUMBER_TOO_SMALL)
    if content.maximum < content.minimum:
        raise InvalidField("maximum", ProgrammeRefusal.MAXIMUM_BELOW_MINIMUM)
    if content.funds < 0:
        raise InvalidField("funds", ProgrammeRefusal.NUMBER_TOO_SMALL)


def _fill(programme: Programme, content: ProgrammeContent) -> None:
    programme.name, programme.about = content.name.strip(), content.about.strip()
    programme.partner_id = content.partner_id
    programme.starts_on, programme.ends_on = content.starts_on, content.ends_on
    programme.minimum, programme.maximum = content.minimum, content.maximum
    programme.funds = content.funds


# ---------------------------------------------------------------- the funds


def record_fund_use(
    session: Session,
    actor: Actor,
    *,
    programme: Programme,
    version: int,
    amount: int,
    used_on: date,
    note: str,
) -> FundUse:
    """Add what was used, or, with a negative amount, what goes back; never beyond the funds."""
    programme.expect_version(version)
    expect_may_keep(actor, programme)
    _expect_amount(programme, amount)
    if used_on > today():
        raise InvalidField("used_on", ProgrammeRefusal.DAY_AHEAD)
    if used_on < programme.starts_on:
        day = programme.starts_on
        raise InvalidField("used_on", ProgrammeRefusal.DAY_BEFORE_START, day=day)
    said = expect_text("note", note, ProgrammeRefusal.TEXT_MISSING)
    use = FundUse(
        amount=amount,
        used_on=used_on,
        note=said,
        recorded_by_id=person_of(actor),
        recorded_at=now(),
    )
    programme.uses.append(use)
    programme.funds_used += amount
    change = {"amount": amount, "used_on": used_on.isoformat()}
    event = record(
        session, actor, ProgrammeEvent.FUNDS_USED, programme, reason=use.note, extra=change
    )
    _tell_partner(session, programme, ProgrammeTopic.FUNDS_USED, event, use.note)
    return use


def _expect_amount(programme: Programme, amount: int) -> None:
    if amount == 0:
        raise InvalidField("amount", ProgrammeRefusal.AMOUNT_MISSING)
    if amount > programme.funds_left:
        raise InvalidField("amount", ProgrammeRefusal.MORE_THAN_FUNDS, left=programme.funds_left)
    if -amount > programme.funds_used:
        raise InvalidField("amount", ProgrammeRefusal.MORE_THAN_USED, used=programme.funds_used)


def _tell_partner(
    session: Session,
    programme: Programme,
    topic: StrEnum,
    event: AuditEvent,
    reason: str | None = None,
) -> None:
    people = people_with_role(session, Role.PARTNER, organisation_id=programme.partner_id)
    tell(session, people, topic, event, ProgrammeTold(title=programme.name, reason=reason))
