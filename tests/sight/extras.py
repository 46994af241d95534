"""What the demo's own story does not tell: refusals, withdrawals, and what stands around a case."""

from sqlalchemy import select

from marketplace.accounts.services import organisations
from marketplace.accounts.states import Language, OrganisationState
from marketplace.agreements import queries as agreement_queries
from marketplace.agreements.content import TEXTS
from marketplace.agreements.services import beginning, offering, templates
from marketplace.agreements.states import AgreementTrigger
from marketplace.core.actor import Role
from marketplace.core.clock import today
from marketplace.demo.story import Story
from marketplace.interests import services as interests
from marketplace.interests.models import Interest
from marketplace.needs.joining import services as joining
from marketplace.needs.models import NeedParticipation
from marketplace.needs.queries import NeedFilter
from marketplace.needs.states import ParticipationState, ProcurementRoute
from marketplace.news.services import following
from marketplace.pairings.roles.services import assign_role
from marketplace.pairings.services import deciding
from marketplace.pairings.states import CaseRole
from marketplace.portfolios import services as portfolios
from marketplace.portfolios.states import WishKind
from marketplace.procurements import queries as procurement_queries
from marketplace.procurements.models import Procurement
from marketplace.procurements.services import moves, planning, records, tables
from marketplace.procurements.states import ThresholdKey
from marketplace.vocabulary import services as vocabulary
from tests.domain.links_cast import ask_to_register
from tests.factories import make_entrepreneur, make_member, make_organisation, make_unit
from tests.sight.markers import text

PRESENTED = ("test_experience", "time_for_pilots", "data_and_systems", "readiness_notes")


def add_the_rest(story: Story) -> None:
    for part in (
        _neighbours, _administration, _participation, _agreements, _procurement, _portfolio, _case,
        _declined, _search, _vocabulary,
    ):  # fmt: skip
        part(story)
        story.session.flush()


def _neighbours(story: Story) -> None:
    """Another municipality, and an organisation that was turned down."""
    session, people = story.session, story.town.people
    there = make_organisation(session, name=f"{text()} kommune")
    unit = make_unit(session, there, name=f"{text()} enhet")
    people["there_leader"] = make_member(session, Role.UNIT_LEADER, unit, name=text())
    for role in (Role.COORDINATOR, Role.PROCUREMENT_ADVISER, Role.LEADERSHIP):
        people[f"there_{role}"] = make_member(session, role, there, name=text())
    refused = make_entrepreneur(
        session, name=text(), about=text(), legal_form=text(), state=OrganisationState.PENDING
    )
    waiting = make_entrepreneur(
        session, name=text(), about=text(), legal_form=text(), state=OrganisationState.PENDING
    )
    people["waiting"] = make_member(session, Role.ENTREPRENEUR, waiting, name=text())
    people["refused"] = make_member(session, Role.ENTREPRENEUR, refused, name=text())
    organisations.reject_organisation(
        session,
        story.actor("administrator"),
        organisation=refused,
        version=refused.version,
        reason=text(),
    )
    _unconfirmed(story)


def _unconfirmed(story: Story) -> None:
    """Somebody has registered, and has not opened the link."""
    ask_to_register(
        story.session,
        organisation=text(),
        organisation_number="974760673",
        legal_form=text(),
        about=text(),
        name=text(),
    )


def _administration(story: Story) -> None:
    session, administrator = story.session, story.actor("administrator")
    templates.save_template(
        session,
        administrator,
        language=Language.BOKMAL,
        version=0,
        texts={name: text() for name in TEXTS},
    )
    tables.add_threshold(
        session,
        administrator,
        key=next(iter(ThresholdKey)),
        amount=500_000,
        valid_from=today(),
        paragraph=text(),
        source=text(),
        checked_on=today(),
    )
    route = ProcurementRoute.OPEN_TENDER
    tables.fill_steps(session)
    first = procurement_queries.list_step_templates(session, route)[0]
    tables.change_steps(
        session, administrator, route=route, version=first.version, steps=[(text(), 5)]
    )


def _vocabulary(story: Story) -> None:
    vocabulary.add_group(
        story.session, story.actor("administrator"), words=[text(), text()], reason=text()
    )


def _participation(story: Story) -> None:
    """Standing in one need, asked for in another, and withdrawn from a third."""
    session, need = story.session, story.needs["review"]
    share = joining.Share(
        site=text(), contribution=text(), hours=10, target_count=5,
        contact_id=story.town.people["joined_member"].id,
    )  # fmt: skip
    asked = joining.ask_to_join(
        session,
        story.actor("joined_member"),
        need=need,
        unit=story.town.units["joined"],
        share=share,
    )
    joined = session.scalars(
        select(NeedParticipation).where(
            NeedParticipation.unit_id == story.town.units["far"].id,
            NeedParticipation.state == ParticipationState.ENDORSED,
        )
    ).one()
    for participation, leader in ((asked, "joined_leader"), (joined, "far_leader")):
        joining.withdraw_participation(
            session,
            story.actor(leader),
            participation=participation,
            version=participation.version,
            reason=text(),
        )


def _agreements(story: Story) -> None:
    """The version that a checkpoint asked for is withdrawn, and another is sent back."""
    session, pairing = story.session, story.cases["running"]
    member, maker = story.actor("own_member"), story.actor("maker")
    asked_for = agreement_queries.get_open_version(session, pairing.id)
    offering.withdraw_version(
        session, member, agreement=asked_for, version=asked_for.version, reason=text()
    )
    version = beginning.start_version(
        session, member, pairing=pairing, trigger=AgreementTrigger.RENEGOTIATION, reason=text()
    )
    offering.offer_version(session, member, agreement=version, version=version.version)
    offering.send_back(session, maker, agreement=version, version=version.version, reason=text())


def _procurement(story: Story) -> None:
    session, adviser = story.session, story.actor("adviser")
    procurement = session.scalars(
        select(Procurement).where(Procurement.pairing_id == story.cases["cancelled"].id)
    ).one()
    planning.choose_route(
        session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        route=ProcurementRoute.OPEN_TENDER,
        route_reason=text(),
        estimated_value=procurement.estimated_value,
        service_category=procurement.service_category,
        starts_on=today(),
    )
    planning.add_step(
        session,
        adviser,
        procurement=procurement,
        title=text(),
        owner_id=adviser.person_id,
        due_on=today(),
    )
    records.write_protocol(
        session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        texts={
            n: text()
            for n in ("object", "invited", "impartiality", "subcontractors", "reserved_reason")
        },
        exempt_paragraph=text(),
        exempt_until=None,
    )
    moves.announce(
        session,
        adviser,
        procurement=procurement,
        version=procurement.version,
        reference="2026-123456",
    )
    moves.cancel(
        session, adviser, procurement=procurement, version=procurement.version, reason=text()
    )


def _portfolio(story: Story) -> None:
    session, coordinator = story.session, story.actor("coordinator")
    portfolios.limit_unit(session, coordinator, unit=story.town.units["own"], most=2, reason=text())
    portfolios.limit_concept(
        session, coordinator, municipality_id=story.town.municipality.id,
        concept=story.concepts["strangers"], most=1, reason=text(),
    )  # fmt: skip
    for concept, kind in (("rivals", WishKind.FORCED), ("strangers", WishKind.BLOCKED)):
        portfolios.decide_pair(
            session, coordinator, need=story.needs["open"], concept=story.concepts[concept],
            kind=kind, reason=text(),
        )  # fmt: skip


def _case(story: Story) -> None:
    session = story.session
    interest = session.scalars(
        select(Interest).where(Interest.concept_id == story.concepts["strangers"].id)
    ).one()
    interests.withdraw_interest(
        session,
        story.actor("stranger"),
        interest=interest,
        version=interest.version,
        reason=text(),
    )
    deciding.declare_conflict(
        session, story.actor("second_coordinator"), pairing=story.cases["proposed"], reason=text()
    )
    assign_role(
        session,
        story.actor("coordinator"),
        pairing=story.cases["cancelled"],
        role=CaseRole.DECISION_MAKER,
        person_id=story.town.people["holder"].id,
    )


def _declined(story: Story) -> None:
    """The unit says no to another answer to its need."""
    session, need, concept = story.session, story.needs["open"], story.concepts["rivals"]
    points = interests.Points(
        meets_problem=text(), meets_target_group=text(), meets_effect=text(), needs_from_unit=text()
    )
    found = select(Interest).where(Interest.need_id == need.id, Interest.concept_id == concept.id)
    interest = session.scalars(found).one_or_none() or interests.register_interest(
        session, story.actor("rival"), need=need, concept=concept, points=points
    )
    interests.decline_interest(
        session,
        story.actor("own_member"),
        interest=interest,
        version=interest.version,
        reason=text(),
    )


def _search(story: Story) -> None:
    wanted = NeedFilter(words=text())
    following.save_search(story.session, story.actor("rival"), wanted=wanted)
