"""Writing a draft: who may, what cannot be stored, and that rows are kept whole."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from marketplace.agreements.content import (
    CheckpointRow,
    Content,
    CriterionRow,
    SiteRow,
    content_of,
)
from marketplace.agreements.models import Agreement
from marketplace.agreements.queries import list_site_units
from marketplace.agreements.services import writing
from marketplace.agreements.services.beginning import start_version
from marketplace.agreements.states import (
    AgreementEvent,
    AgreementRefusal,
    AgreementState,
    AgreementTrigger,
)
from marketplace.core.audit import events_of
from marketplace.core.errors import InvalidField, NotAllowed, NotNow, Stale
from tests.domain.agreement_cast import (
    OUTSIDERS,
    READERS,
    AgreementCast,
    in_days,
    make_agreement_cast,
)
from tests.engines import decided_in_python
from tests.factories import make_unit

NEW = Content(fields={"purpose": "Et nytt formål."})


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def save(
    cast: AgreementCast,
    agreement: Agreement,
    content: Content = NEW,
    by: str = "member",
    version: int | None = None,
) -> bool:
    return writing.save_draft(
        cast.session,
        cast.actor(by),
        agreement=agreement,
        version=agreement.version if version is None else version,
        content=content,
    )


@decided_in_python
@pytest.mark.parametrize("name", [*OUTSIDERS, *READERS])
def test_others_write_nothing(cast: AgreementCast, name: str) -> None:
    agreement = cast.version()

    with pytest.raises(NotAllowed):
        save(cast, agreement, by=name)


@decided_in_python
@pytest.mark.parametrize("state", sorted(set(AgreementState) - {AgreementState.DRAFT}))
def test_only_a_draft_is_changed(cast: AgreementCast, state: AgreementState) -> None:
    withdrawn = state is AgreementState.WITHDRAWN
    agreement = cast.withdrawn() if withdrawn else cast.version(state)

    with pytest.raises(NotNow) as refused:
        save(cast, agreement)

    assert refused.value.code is AgreementRefusal.LOCKED


def test_a_draft_of_a_case_that_is_over_is_not_changed(cast: AgreementCast) -> None:
    agreement = cast.version()
    cast.close()

    with pytest.raises(NotNow):
        save(cast, agreement)


def test_what_somebody_changed_meanwhile_is_refused(cast: AgreementCast) -> None:
    agreement = cast.version()
    seen = agreement.version
    save(cast, agreement, by="entrepreneur")

    with pytest.raises(Stale):
        save(cast, agreement, Content(fields={"purpose": "Noe annet."}), version=seen)
    assert save(cast, agreement, version=seen) is False


def test_a_change_of_rows_alone_counts_as_a_change(cast: AgreementCast) -> None:
    agreement = cast.version()
    seen = agreement.version

    save(cast, agreement, Content(sites=[SiteRow(cast.pairing.need.unit_id, "Hjemme")]))

    assert agreement.version > seen
    with pytest.raises(Stale):
        save(cast, agreement, version=seen)


@pytest.mark.parametrize("name", ["member", "leader", "entrepreneur", "colleague"])
def test_either_side_writes(cast: AgreementCast, name: str) -> None:
    agreement = cast.version()

    assert save(cast, agreement, by=name) is True

    assert agreement.purpose == "Et nytt formål."
    (event,) = events_of(cast.session, [agreement])
    assert event.event == AgreementEvent.CHANGED
    assert event.after["purpose"] == "Et nytt formål."
    assert agreement.author_id == cast.case.person(name).id


def test_nobody_changes_the_date_that_the_decision_maker_has_set(cast: AgreementCast) -> None:
    cast.version(AgreementState.SIGNED)
    extension = start_version(
        cast.session, cast.actor("leader"), pairing=cast.pairing,
        trigger=AgreementTrigger.EXTENSION, reason="Flere deltakere.", decision_on=in_days(300),
    )  # fmt: skip
    assert extension.decision_on == in_days(300)
    (started,) = events_of(cast.session, [extension])
    assert started.after["decision_on"] == in_days(300).isoformat()
    with pytest.raises(InvalidField) as refused:
        save(cast, extension, content=Content(fields={"decision_on": in_days(301)}))
    assert (refused.value.field, refused.value.code) == (
        "decision_on", AgreementRefusal.DATE_DECIDED
    )  # fmt: skip
    assert save(cast, extension, content=Content(fields={"decision_on": in_days(300)})) is False


def test_rows_are_replaced_in_their_order(cast: AgreementCast) -> None:
    agreement = cast.version()
    first, second = content_of(agreement).criteria or ()
    new = Content(
        criteria=[second, CriterionRow("Nytt", "", "", 10), first],
        checkpoints=[CheckpointRow(in_days(90)), CheckpointRow(in_days(60), "Halvveis")],
        sites=[],
    )

    save(cast, agreement, new)
    cast.session.expire_all()

    assert [(row.position, row.title) for row in agreement.criteria] == [
        (1, "Trives"),
        (2, "Nytt"),
        (3, "Færre ensomme"),
    ]
    assert [row.due_on for row in agreement.checkpoints] == [in_days(60), in_days(90)]
    assert agreement.sites == []
    (event,) = events_of(cast.session, [agreement])
    assert event.after["criteria"][1]["title"] == "Nytt"
    assert event.after["sites"] == []


def test_rows_that_are_not_given_stay(cast: AgreementCast) -> None:
    agreement = cast.version()
    before = content_of(agreement)

    save(cast, agreement)

    assert content_of(agreement).criteria == before.criteria
    assert content_of(agreement).sites == before.sites


BAD: list[tuple[dict[str, Any], str, AgreementRefusal]] = [
    ({"fields": {"cost_cap": -1}}, "cost_cap", AgreementRefusal.NUMBER_OUT_OF_RANGE),
    ({"fields": {"unit_hours": 10**10}}, "unit_hours", AgreementRefusal.NUMBER_OUT_OF_RANGE),
    (
        {"criteria": [CriterionRow("A", "", "", 0)]},
        "criteria",
        AgreementRefusal.NUMBER_OUT_OF_RANGE,
    ),
    (
        {"criteria": [CriterionRow("A", "", "", 101)]},
        "criteria",
        AgreementRefusal.NUMBER_OUT_OF_RANGE,
    ),
    ({"criteria": [CriterionRow("", "", "", 1)]}, "criteria", AgreementRefusal.ROW_INCOMPLETE),
    ({"sites": [SiteRow(1, "")]}, "sites", AgreementRefusal.ROW_INCOMPLETE),
    ({"sites": [SiteRow(1, "A", -1)]}, "sites", AgreementRefusal.NUMBER_OUT_OF_RANGE),
    ({"sites": [SiteRow(1, "A"), SiteRow(1, "A", 3)]}, "sites", AgreementRefusal.ROW_TWICE),
]


@decided_in_python
@pytest.mark.parametrize(("values", "field", "code"), BAD)
def test_what_cannot_be_stored_is_refused(
    cast: AgreementCast, values: dict[str, Any], field: str, code: AgreementRefusal
) -> None:
    agreement = cast.version()

    with pytest.raises(InvalidField) as refused:
        save(cast, agreement, Content(**values))

    assert (refused.value.field, refused.value.code) == (field, code)


def test_a_day_has_one_checkpoint(cast: AgreementCast) -> None:
    rows = [CheckpointRow(in_days(60), "A"), CheckpointRow(in_days(60), "B")]

    with pytest.raises(InvalidField) as refused:
        save(cast, cast.version(), Content(checkpoints=rows))

    assert refused.value.code is AgreementRefusal.ROW_TWICE


def test_a_site_lies_in_the_municipality(cast: AgreementCast) -> None:
    near = make_unit(cast.session, cast.case.municipality)
    far = make_unit(cast.session)
    agreement = cast.version()

    with pytest.raises(InvalidField) as refused:
        save(cast, agreement, Content(sites=[SiteRow(far.id, "Langt unna")]))
    assert refused.value.code is AgreementRefusal.UNIT_OUTSIDE_MUNICIPALITY

    save(cast, agreement, Content(sites=[SiteRow(near.id, "Her")]))
    assert agreement.sites[0].unit is near


def test_the_units_own_place_comes_first(cast: AgreementCast) -> None:
    make_unit(cast.session, cast.case.municipality, name="Aa")
    far = make_unit(cast.session)

    units = list_site_units(cast.session, cast.pairing)

    assert units[0] is cast.case.unit
    assert far not in units


def test_an_unknown_field_is_a_mistake_of_ours(cast: AgreementCast) -> None:
    with pytest.raises(ValueError, match="no content"):
        save(cast, cast.version(), Content(fields={"state": "signed"}))
