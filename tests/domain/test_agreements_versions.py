"""Beginning a version: the first from the template, the next from what is in force."""

import pytest
from sqlalchemy.orm import Session

from marketplace.accounts.states import Language
from marketplace.agreements import queries
from marketplace.agreements.content import TEXTS, content_of
from marketplace.agreements.models import Agreement, AgreementTemplate
from marketplace.agreements.services import beginning, templates
from marketplace.agreements.starting_text import WRITTEN_FORMS, filled_in, shipped_texts
from marketplace.agreements.states import (
    AgreementEvent,
    AgreementRefusal,
    AgreementState,
    AgreementTrigger,
)
from marketplace.core.audit import events_of
from marketplace.core.clock import now
from marketplace.core.errors import InvalidField, NotAllowed, NotFound, NotNow, Stale
from marketplace.pairings.states import CaseRole, PairingRefusal, PairingState
from tests.domain.agreement_cast import (
    OUTSIDERS,
    READERS,
    WHY,
    AgreementCast,
    make_agreement_cast,
)
from tests.engines import decided_in_python
from tests.factories import make_concept

PARTIES = ("member", "leader", "entrepreneur", "colleague")


@pytest.fixture
def cast(session: Session) -> AgreementCast:
    return make_agreement_cast(session)


def start(cast: AgreementCast, by: str = "member") -> Agreement:
    return beginning.start_agreement(cast.session, cast.actor(by), pairing=cast.pairing)


def start_version(
    cast: AgreementCast,
    by: str = "member",
    trigger: AgreementTrigger = AgreementTrigger.RENEGOTIATION,
    reason: str = WHY,
) -> Agreement:
    return beginning.start_version(
        cast.session, cast.actor(by), pairing=cast.pairing, trigger=trigger, reason=reason
    )


# ---------------------------------------------------------------- the first


@decided_in_python
@pytest.mark.parametrize("name", [*OUTSIDERS, *READERS])
def test_others_start_nothing(cast: AgreementCast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        start(cast, name)

    assert refused.value.code is AgreementRefusal.PARTIES_ONLY


def test_nothing_starts_before_the_case_is_approved(cast: AgreementCast) -> None:
    cast.case.concept = make_concept(cast.session, cast.case.concept.organisation)
    accepted = cast.case.pairing(PairingState.ACCEPTED)

    with pytest.raises(NotNow) as refused:
        beginning.start_agreement(cast.session, cast.actor("member"), pairing=accepted)

    assert refused.value.code is AgreementRefusal.CASE_NOT_APPROVED


def test_nothing_starts_when_the_case_is_over(cast: AgreementCast) -> None:
    cast.close()

    with pytest.raises(NotNow):
        start(cast)


@pytest.mark.parametrize("state", AgreementState)
def test_a_case_has_one_first_version(cast: AgreementCast, state: AgreementState) -> None:
    if state is AgreementState.WITHDRAWN:
        return
    cast.version(state)

    with pytest.raises(NotNow) as refused:
        start(cast)

    assert refused.value.code is AgreementRefusal.VERSION_OPEN


@pytest.mark.parametrize("name", PARTIES)
def test_either_side_starts_from_the_template(cast: AgreementCast, name: str) -> None:
    need = cast.pairing.need

    agreement = start(cast, name)

    assert (agreement.number, agreement.state) == (1, AgreementState.DRAFT)
    assert agreement.author_id == cast.case.person(name).id
    assert need.title in agreement.purpose
    assert "{" not in agreement.purpose
    assert agreement.data_protection == shipped_texts(Language.BOKMAL)["data_protection"]
    assert agreement.unit_hours == need.contribution_hours
    assert agreement.unit_contribution.endswith(need.contribution)
    assert [site.unit_id for site in agreement.sites] == [need.unit_id]
    assert [(row.title, row.weight) for row in agreement.criteria] == [(need.wanted_effect, 100)]
    assert events_of(cast.session, [agreement])[0].event == AgreementEvent.STARTED


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (Language.BOKMAL, Language.BOKMAL),
        (Language.NYNORSK, Language.NYNORSK),
        (Language.ENGLISH, Language.BOKMAL),
    ],
)
def test_the_template_is_in_the_language_of_the_need(
    cast: AgreementCast, written: Language, expected: Language
) -> None:
    cast.pairing.need.language = written

    agreement = start(cast)

    assert agreement.language is expected
    assert agreement.on_no == shipped_texts(expected)["on_no"]


def test_what_somebody_typed_is_no_place_to_fill_in(cast: AgreementCast) -> None:
    cast.pairing.need.title = "Hva er {konsept}?"

    assert filled_in("{behov} {noe} {", cast.pairing) == "Hva er {konsept}? {noe} {"


# ---------------------------------------------------------------- the next


@decided_in_python
@pytest.mark.parametrize("name", [*OUTSIDERS, *READERS])
def test_others_start_no_version(cast: AgreementCast, name: str) -> None:
    cast.version(AgreementState.SIGNED)

    with pytest.raises(NotAllowed) as refused:
        start_version(cast, name)

    assert refused.value.code is AgreementRefusal.PARTIES_ONLY


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (None, AgreementRefusal.NOTHING_IN_FORCE),
        (AgreementState.DRAFT, AgreementRefusal.VERSION_OPEN),
        (AgreementState.OFFERED, AgreementRefusal.VERSION_OPEN),
    ],
)
def test_a_version_needs_one_in_force_and_none_open(
    cast: AgreementCast, state: AgreementState | None, code: AgreementRefusal
) -> None:
    if state is not None:
        cast.version(state)

    with pytest.raises(NotNow) as refused:
        start_version(cast)

    assert refused.value.code is code


def test_two_versions_are_never_open(cast: AgreementCast) -> None:
    cast.version(AgreementState.SIGNED)
    start_version(cast)

    with pytest.raises(NotNow) as refused:
        start_version(cast, "entrepreneur")

    assert refused.value.code is AgreementRefusal.VERSION_OPEN


def test_no_version_starts_when_the_case_is_over(cast: AgreementCast) -> None:
    cast.version(AgreementState.SIGNED)
    cast.close()

    with pytest.raises(NotNow) as refused:
        start_version(cast)

    assert refused.value.code is AgreementRefusal.CASE_NOT_APPROVED


def test_after_the_test_only_an_extension_changes_the_agreement(cast: AgreementCast) -> None:
    cast.version(AgreementState.SIGNED)
    cast.pairing.test_ended_at = now()
    cast.session.flush()

    with pytest.raises(NotNow) as refused:
        start_version(cast)

    assert refused.value.code is AgreementRefusal.TEST_ENDED
    assert start_version(cast, trigger=AgreementTrigger.EXTENSION).number == 2


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_version_needs_a_reason(cast: AgreementCast, reason: str) -> None:
    cast.version(AgreementState.SIGNED)

    with pytest.raises(InvalidField) as refused:
        start_version(cast, reason=reason)

    assert refused.value.field == "reason"


def test_a_later_version_is_not_the_first(cast: AgreementCast) -> None:
    cast.version(AgreementState.SIGNED)

    with pytest.raises(ValueError, match="not the first"):
        start_version(cast, trigger=AgreementTrigger.FIRST)


@pytest.mark.parametrize("name", PARTIES)
@pytest.mark.parametrize("trigger", [AgreementTrigger.RENEGOTIATION, AgreementTrigger.EXTENSION])
def test_the_next_version_copies_the_one_in_force(
    cast: AgreementCast, name: str, trigger: AgreementTrigger
) -> None:
    first = cast.version(AgreementState.SIGNED, language=Language.NYNORSK)

    second = start_version(cast, name, trigger)

    assert (second.number, second.state, second.trigger) == (2, AgreementState.DRAFT, trigger)
    assert second.change_reason == WHY
    assert second.language is Language.NYNORSK
    assert content_of(second) == content_of(first)
    assert second.unit_signed_at is None
    assert queries.find_in_force(cast.session, cast.pairing.id) is first
    assert queries.find_open_version(cast.session, cast.pairing.id) is second


def test_the_decision_maker_of_the_leadership_asks_for_a_version(cast: AgreementCast) -> None:
    cast.version(AgreementState.SIGNED)
    holder = next(h for h in cast.pairing.roles if h.role is CaseRole.DECISION_MAKER)
    holder.person_id = cast.case.person("leadership").id
    cast.session.flush()

    second = start_version(cast, "leadership", AgreementTrigger.EXTENSION)

    assert second.author_id == holder.person_id


def test_numbers_go_on_after_a_withdrawn_version(cast: AgreementCast) -> None:
    cast.version(AgreementState.SIGNED)
    cast.withdrawn()

    assert start_version(cast).number == 3


# ---------------------------------------------------------------- reading


def test_a_version_that_is_not_there_is_not_found(cast: AgreementCast) -> None:
    cast.version()

    with pytest.raises(NotFound):
        queries.get_version(cast.session, cast.pairing.id, 2)


@pytest.mark.parametrize("name", OUTSIDERS)
def test_outsiders_find_no_case(cast: AgreementCast, name: str) -> None:
    with pytest.raises(NotFound):
        queries.get_case(cast.session, cast.actor(name), cast.pairing.id)


def test_a_case_that_is_not_approved_has_no_agreement(cast: AgreementCast) -> None:
    cast.case.concept = make_concept(cast.session, cast.case.concept.organisation)
    accepted = cast.case.pairing(PairingState.ACCEPTED)

    with pytest.raises(NotNow) as refused:
        queries.get_case(cast.session, cast.actor("member"), accepted.id)

    assert refused.value.code is PairingRefusal.NOT_APPROVED


# ---------------------------------------------------------------- the administrator's template


def save_template(
    cast: AgreementCast, by: str = "administrator", version: int = 0, **texts: str
) -> AgreementTemplate:
    given = dict.fromkeys(TEXTS, "Ny tekst.") | texts
    return templates.save_template(
        cast.session,
        cast.actor(by),
        language=Language.NYNORSK,
        version=version,
        texts=given,
    )


@pytest.mark.parametrize("language", WRITTEN_FORMS)
def test_a_text_is_shipped_for_everything(language: Language) -> None:
    assert set(shipped_texts(language)) == set(TEXTS)
    assert all(shipped_texts(language).values())


@decided_in_python
@pytest.mark.parametrize("name", [*PARTIES, *READERS])
def test_only_an_administrator_edits_templates(cast: AgreementCast, name: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        save_template(cast, name)

    assert refused.value.code is AgreementRefusal.ADMINISTRATORS_ONLY


def test_a_template_leaves_nothing_empty(cast: AgreementCast) -> None:
    with pytest.raises(InvalidField) as refused:
        save_template(cast, on_no=" ")

    assert refused.value.field == "on_no"


def test_a_template_has_no_word_in_braces_that_means_nothing(cast: AgreementCast) -> None:
    with pytest.raises(InvalidField) as refused:
        save_template(cast, on_no="{enhet} sier nei til {konseptet}.")
    assert (refused.value.field, refused.value.code) == ("on_no", AgreementRefusal.PLACE_UNKNOWN)
    assert refused.value.values == {"place": "{konseptet}"}
    save_template(cast, on_no="{enhet} sier nei {og ja}.")


def test_a_template_that_somebody_changed_meanwhile_is_refused(cast: AgreementCast) -> None:
    template = save_template(cast)

    with pytest.raises(Stale):
        save_template(cast)
    save_template(cast, version=template.version, on_no="Nei er nei.")
    with pytest.raises(Stale):
        save_template(cast, version=1, on_no="Noe annet.")


def test_new_agreements_start_with_the_edited_text(cast: AgreementCast) -> None:
    template = save_template(cast, on_no=" Nei er nei. ")
    cast.pairing.need.language = Language.NYNORSK

    assert start(cast).on_no == "Nei er nei."
    (event,) = events_of(cast.session, [template])
    assert event.event == AgreementEvent.TEMPLATE_CHANGED
    assert event.actor_id == cast.case.person("administrator").id
    assert event.after["on_no"] == "Nei er nei."
