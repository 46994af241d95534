"""Reading concepts: always only those that the actor may see.

There is no list of concepts to shop from. Municipal people reach a concept from a need, and read
it while it is published, or because a later stage of a case shows it to them (`READERS`).
"""

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts import queries as accounts
from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptRequirement, ConceptState, EvidenceLevel
from marketplace.core.actor import MUNICIPAL_ROLES, Actor, Role
from marketplace.core.db import one_or_404
from marketplace.core.engine import asked_once
from marketplace.core.paging import Page, paginate
from marketplace.core.personal_data import fields_with_personal_data
from marketplace.core.registry import Registry

Holds = Callable[[Session, Concept], bool]
HOLDERS: Registry[Holds] = Registry()
"""What a later stage has made of a concept, so that it stays as it is."""


def is_held(session: Session, concept: Concept) -> bool:
    return any(holds(session, concept) for holds in HOLDERS)


TEXTS = (
    "title",
    "description",
    "target_group",
    "evidence",
    "used_where",
    "price_indication",
    "needs_from_municipality",
    "legal_form",
)
"""What is written freely, for others to read."""


ReaderClause = Callable[[Actor], ColumnElement[bool]]
READERS: Registry[ReaderClause] = Registry()
"""Which more concepts a municipal actor may read, as SQL, by the later stages of a case."""


def visible_to(actor: Actor) -> ColumnElement[bool]:
    own = owned_by(actor)
    if not actor.holds(*MUNICIPAL_ROLES):
        return own
    in_a_case = (clause(actor) for clause in READERS)
    return or_(own, Concept.state == ConceptState.PUBLISHED, *in_a_case)


def owned_by(actor: Actor) -> ColumnElement[bool]:
    return Concept.organisation_id.in_(sorted(actor.organisation_ids(Role.ENTREPRENEUR)))


def _with_owner() -> Select[Concept]:
    return select(Concept).options(joinedload(Concept.organisation), joinedload(Concept.author))


def get_concept(session: Session, actor: Actor, concept_id: int) -> Concept:
    statement = _with_owner().where(Concept.id == concept_id, visible_to(actor))
    return one_or_404(session, statement)


def list_own_concepts(session: Session, actor: Actor, page: int) -> Page[Concept]:
    """All concepts of the actor's organisations, what changed last first."""
    newest = (Concept.updated_at.desc(), Concept.id.desc())
    return paginate(session, _with_owner().where(owned_by(actor)).order_by(*newest), page)


def list_own_published(session: Session, actor: Actor) -> Sequence[Concept]:
    """What the actor may answer a need with."""
    return session.scalars(_own_published(actor)).all()


def list_own_published_page(session: Session, actor: Actor, page: int, size: int) -> Page[Concept]:
    return paginate(session, _own_published(actor), page, size)


def _own_published(actor: Actor) -> Select[Concept]:
    published = _with_owner().where(owned_by(actor), Concept.state == ConceptState.PUBLISHED)
    return published.order_by(Concept.title, Concept.id)


def list_own_organisations(session: Session, actor: Actor) -> Sequence[Organisation]:
    return accounts.list_own_organisations(session, actor, Role.ENTREPRENEUR)


@asked_once
def municipalities(session: Session) -> dict[int, str]:
    """The names of those where a concept can be had."""
    found = accounts.list_approved_organisations(session, OrganisationKind.MUNICIPALITY)
    return {row.id: row.name for row in found}


def list_places(session: Session, concept: Concept) -> list[str]:
    """The names of the municipalities where alone the concept can be had."""
    if not concept.places:
        return []
    named = municipalities(session)
    return sorted(named[each] for each in concept.places if each in named)


def missing_points(concept: Concept) -> list[ConceptRequirement]:
    """What stands between this concept and publishing."""
    return [point for point in required_points(concept) if not _in_place(concept, point)]


def _in_place(concept: Concept, point: ConceptRequirement) -> bool:
    if point is ConceptRequirement.NO_PERSONAL_DATA:
        return not fields_with_personal_data(concept, TEXTS)
    return bool(getattr(concept, point.value))


def required_points(concept: Concept) -> Iterable[ConceptRequirement]:
    """An idea need not have been used yet; before the level is chosen, nobody knows."""
    used = concept.evidence_level not in {None, EvidenceLevel.IDEA}
    return [p for p in ConceptRequirement if used or p is not ConceptRequirement.USED_WHERE]


def text_of(concept: Concept) -> str:
    """The text that a need is compared with; the title goes beside it, with a weight of its own.

    In it is what says which problem the concept answers, for whom, with what effect and where,
    and what it asks of a municipality. Left out are price, capacity and legal form: they are
    conditions, and their words ("kr", "AS", "per år") would only make unlike concepts alike.
    """
    parts = (
        concept.description,
        concept.target_group,
        concept.evidence,
        concept.used_where,
        concept.needs_from_municipality,
    )
    return "\n".join(part for part in parts if part)
