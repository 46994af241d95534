"""Reading invitations: those that the actor's own side has sent or received."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload

from marketplace.accounts.models import Unit
from marketplace.concepts.models import Concept
from marketplace.core.actor import MUNICIPAL_ROLES, Actor, Role
from marketplace.core.db import one_or_404
from marketplace.core.engine import asked_once
from marketplace.invitations.models import Invitation
from marketplace.matches.many import left_out_pairs
from marketplace.needs.models import Need
from marketplace.pairings.queries import met_pairs


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """That there is one; what it says is for fewer (`policies.can_read_line`)."""
    owned = Concept.organisation_id.in_(sorted(actor.organisation_ids(Role.ENTREPRENEUR)))
    here = Unit.organisation_id.in_(sorted(actor.organisation_ids(*MUNICIPAL_ROLES)))
    return or_(
        Invitation.concept_id.in_(select(Concept.id).where(owned)),
        Invitation.need_id.in_(select(Need.id).join(Need.unit).where(here)),
    )


def _in_need() -> Select[Invitation]:
    """For those who have the need."""
    return select(Invitation).options(
        joinedload(Invitation.concept).joinedload(Concept.organisation),
        joinedload(Invitation.person),
    )


def _whole() -> Select[Invitation]:
    need = joinedload(Invitation.need).joinedload(Need.unit).joinedload(Unit.organisation)
    return _in_need().options(need)


def get_invitation(session: Session, actor: Actor, invitation_id: int) -> Invitation:
    return one_or_404(session, _whole().where(Invitation.id == invitation_id, visible_to(actor)))


@asked_once
def list_invitations(session: Session, actor: Actor, need_id: int) -> Sequence[Invitation]:
    """Those of a need that the actor may see, the newest first."""
    statement = _in_need().where(Invitation.need_id == need_id, visible_to(actor))
    newest = (Invitation.sent_at.desc(), Invitation.id.desc())
    return session.scalars(statement.order_by(*newest)).all()


def is_invited(session: Session, need_id: int, concept_id: int) -> bool:
    statement = select(Invitation.id).where(
        Invitation.need_id == need_id, Invitation.concept_id == concept_id
    )
    return session.scalar(statement) is not None


@asked_once
def answered_concept_ids(session: Session, need_id: int) -> set[int]:
    """Concepts that have met the need by now: with an interest, or in a pairing."""
    return {concept_id for _, concept_id in met_pairs(session, need_id=need_id)}


@asked_once
def left_out_concept_ids(session: Session, need_id: int) -> set[int]:
    """Concepts that are not suggested for the need: laid aside, declined, blocked."""
    return {concept_id for _, concept_id in left_out_pairs(session, [need_id])}
