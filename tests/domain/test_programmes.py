"""Programmes: who makes, changes and reads them, and what is used of their funds."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationState
from marketplace.core.actor import Role
from marketplace.core.audit import AuditEvent
from marketplace.core.clock import today
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, Stale
from marketplace.core.outbox import OutboxMessage
from marketplace.programmes import queries, services
from marketplace.programmes.models import FundUse, Programme
from marketplace.programmes.states import ProgrammeEvent, ProgrammeRefusal, ProgrammeTopic
from tests.domain.pairing_cast import Cast
from tests.domain.programme_cast import (
    content_for,
    make_partner,
    make_programme,
    make_programme_cast,
    partner_of,
)
from tests.engines import decided_in_python
from tests.factories import make_member, make_organisation

NOT_COORDINATORS = (
    "member",
    "leader",
    "entrepreneur",
    "adviser",
    "leadership",
    "partner",
    "other_municipality",
    "administrator",
)
READERS = ("coordinator", "second_coordinator", "leadership", "partner")


@pytest.fixture
def cast(session: Session) -> Cast:
    return make_programme_cast(session)


@pytest.fixture
def programme(cast: Cast) -> Programme:
    return make_programme(cast.session, cast.municipality, partner=partner_of(cast))


def create(cast: Cast, by: str = "coordinator", **values: Any) -> Programme:
    values.setdefault("partner", partner_of(cast))
    return services.create_programme(
        cast.session,
        cast.actor(by),
        municipality_id=cast.municipality.id,
        content=content_for(**values),
    )


def change(cast: Cast, programme: Programme, by: str = "coordinator", **values: Any) -> None:
    version = values.pop("version", programme.version)
    services.change_programme(
        cast.session,
        cast.actor(by),
        programme=programme,
        version=version,
        content=content_for(partner_of(cast), **values),
    )


def use(cast: Cast, programme: Programme, name: str = "coordinator", **values: Any) -> FundUse:
    given: dict[str, Any] = {
        "version": programme.version,
        "amount": 100_000,
        "used_on": today(),
        "note": "Reise og lokale.",
    }
    return services.record_fund_use(
        cast.session, cast.actor(name), programme=programme, **(given | values)
    )


def told(cast: Cast) -> dict[int, str]:
    return {m.person_id: m.topic for m in cast.session.scalars(select(OutboxMessage))}


# ---------------------------------------------------------------- who


@decided_in_python
@pytest.mark.parametrize("name", NOT_COORDINATORS)
def test_only_coordinators_of_the_municipality_keep_it(
    cast: Cast, programme: Programme, name: str
) -> None:
    for attempt in (
        lambda: create(cast, name),
        lambda: change(cast, programme, name),
        lambda: use(cast, programme, name),
    ):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.code is ProgrammeRefusal.COORDINATORS_ONLY
    assert programme.funds_used == 0


@pytest.mark.parametrize("name", READERS)
def test_who_reads_it(cast: Cast, programme: Programme, name: str) -> None:
    make_programme(cast.session, make_organisation(cast.session))
    actor = cast.actor(name)

    assert queries.list_programmes(cast.session, actor).rows == [programme]
    assert queries.get_programme(cast.session, actor, programme.id) is programme


@pytest.mark.parametrize(
    "name", ["other_municipality", "other_partner", "entrepreneur", "leader", "administrator"]
)
def test_it_is_not_there_for_others(cast: Cast, programme: Programme, name: str) -> None:
    actor = cast.actor(name)

    assert queries.list_programmes(cast.session, actor).rows == []
    with pytest.raises(NotFound):
        queries.get_programme(cast.session, actor, programme.id)


# ---------------------------------------------------------------- what


DAY = date(2026, 3, 1)
WRONG = [
    ({"name": "  "}, "name", ProgrammeRefusal.NAME_MISSING),
    ({"partner_id": 0}, "partner_id", ProgrammeRefusal.PARTNER_MISSING),
    ({"starts_on": DAY, "ends_on": DAY}, "ends_on", ProgrammeRefusal.ENDS_BEFORE_START),
    ({"minimum": 0}, "minimum", ProgrammeRefusal.NUMBER_TOO_SMALL),
    ({"minimum": 6}, "maximum", ProgrammeRefusal.MAXIMUM_BELOW_MINIMUM),
    ({"funds": -1}, "funds", ProgrammeRefusal.NUMBER_TOO_SMALL),
]


@decided_in_python
@pytest.mark.parametrize(("values", "field", "code"), WRONG)
def test_what_cannot_be_is_refused_at_its_field(
    cast: Cast, programme: Programme, values: dict[str, Any], field: str, code: ProgrammeRefusal
) -> None:
    for attempt in (
        lambda: create(cast, **values),
        lambda: change(cast, programme, **values),
    ):
        with pytest.raises(InvalidField) as refused:
            attempt()
        assert (refused.value.field, refused.value.code) == (field, code)


def test_a_partner_is_an_approved_partner(cast: Cast) -> None:
    pending = make_partner(cast.session, state=OrganisationState.PENDING)

    for organisation in (pending, cast.municipality, cast.concept.organisation):
        with pytest.raises(InvalidField) as refused:
            create(cast, partner=organisation)
        assert refused.value.code is ProgrammeRefusal.PARTNER_MISSING


def test_the_partner_is_told_of_a_new_programme(cast: Cast) -> None:
    programme = create(cast)

    assert programme.created_by_id == cast.person("coordinator").id
    event = cast.session.scalars(select(AuditEvent)).one()
    assert (event.event, event.subject_id) == (ProgrammeEvent.CREATED, programme.id)
    assert told(cast) == {cast.person("partner").id: ProgrammeTopic.CREATED}


def test_the_partner_is_told_of_a_change(cast: Cast, programme: Programme) -> None:
    change(cast, programme, maximum=7)

    assert programme.maximum == 7
    event = cast.session.scalars(select(AuditEvent)).one()
    assert (event.before["maximum"], event.after["maximum"]) == (5, 7)
    assert told(cast) == {cast.person("partner").id: ProgrammeTopic.CHANGED}


def test_the_former_partner_is_told_when_another_takes_its_place(
    cast: Cast, programme: Programme
) -> None:
    other = make_partner(cast.session)
    person = make_member(cast.session, Role.PARTNER, other)

    change(cast, programme, partner_id=other.id)

    assert told(cast) == {
        person.id: ProgrammeTopic.CREATED,
        cast.person("partner").id: ProgrammeTopic.PARTNER_LEFT,
    }


def test_a_stale_page_changes_nothing(cast: Cast, programme: Programme) -> None:
    with pytest.raises(Stale):
        change(cast, programme, version=programme.version - 1, maximum=7)
    assert programme.maximum == 5


# ---------------------------------------------------------------- the funds


def test_what_is_used_is_added_up(cast: Cast, programme: Programme) -> None:
    use(cast, programme)
    use(cast, programme, amount=50_000, note="Måling.")

    assert (programme.funds_used, programme.funds_left) == (150_000, 350_000)
    assert [u.amount for u in programme.uses] == [100_000, 50_000]
    event = cast.session.scalars(select(AuditEvent).order_by(AuditEvent.id)).first()
    assert event is not None
    assert (event.event, event.reason) == (ProgrammeEvent.FUNDS_USED, "Reise og lokale.")
    assert told(cast) == {cast.person("partner").id: ProgrammeTopic.FUNDS_USED}


def test_a_mistake_is_corrected_by_adding(cast: Cast, programme: Programme) -> None:
    use(cast, programme)
    use(cast, programme, amount=-40_000, note="Ført for mye.")

    assert programme.funds_used == 60_000
    assert len(programme.uses) == 2


def test_all_of_it_can_be_used_and_no_krone_more(cast: Cast, programme: Programme) -> None:
    with pytest.raises(InvalidField) as refused:
        use(cast, programme, amount=500_001)
    assert refused.value.code is ProgrammeRefusal.MORE_THAN_FUNDS
    assert refused.value.values == {"left": 500_000}

    use(cast, programme, amount=500_000)
    with pytest.raises(InvalidField):
        use(cast, programme, amount=1)


@decided_in_python
@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"amount": 0}, "amount", ProgrammeRefusal.AMOUNT_MISSING),
        ({"amount": -1}, "amount", ProgrammeRefusal.MORE_THAN_USED),
        ({"used_on": date(2999, 1, 1)}, "used_on", ProgrammeRefusal.DAY_AHEAD),
        ({"used_on": date(1999, 1, 1)}, "used_on", ProgrammeRefusal.DAY_BEFORE_START),
        ({"note": " "}, "note", ProgrammeRefusal.TEXT_MISSING),
    ],
)
def test_a_use_that_cannot_be(
    cast: Cast, programme: Programme, values: dict[str, Any], field: str, code: ProgrammeRefusal
) -> None:
    with pytest.raises(InvalidField) as refused:
        use(cast, programme, **values)
    assert (refused.value.field, refused.value.code) == (field, code)
    assert programme.funds_used == 0


def test_the_same_page_records_once(cast: Cast, programme: Programme) -> None:
    version = programme.version
    use(cast, programme, version=version)

    with pytest.raises(Stale):
        use(cast, programme, version=version)
    assert programme.funds_used == 100_000


def test_the_funds_are_not_lowered_below_what_is_used(cast: Cast, programme: Programme) -> None:
    use(cast, programme)

    with pytest.raises(InvalidField) as refused:
        change(cast, programme, funds=99_999)
    assert (refused.value.field, refused.value.code) == ("funds", ProgrammeRefusal.FUNDS_BELOW_USED)


# ---------------------------------------------------------------- what the database holds


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": date(2020, 1, 1)},
        {"minimum": 0},
        {"maximum": 2},
        {"funds": -1},
        {"funds_used": -1},
        {"funds_used": 500_001},
    ],
)
def test_the_database_refuses_it_too(
    cast: Cast, programme: Programme, values: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError), cast.session.begin_nested():
        cast.session.execute(update(Programme).where(Programme.id == programme.id).values(**values))


def test_nobody_is_their_own_partner(cast: Cast, programme: Programme) -> None:
    with pytest.raises(IntegrityError), cast.session.begin_nested():
        cast.session.execute(
            update(Programme)
            .where(Programme.id == programme.id)
            .values(partner_id=programme.municipality_id)
        )


def test_partners_are_listed_by_name(cast: Cast) -> None:
    first = make_partner(cast.session, name="Aa Partner")

    listed: list[Organisation] = list(queries.list_partners(cast.session))

    assert listed[0] is first
    assert partner_of(cast) in listed
    assert cast.municipality not in listed
