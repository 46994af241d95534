"""A unit has another name: its needs are found by it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Unit
from marketplace.core.actor import Actor
from marketplace.core.revision import Collection, take_revisions
from marketplace.needs.models import Need
from marketplace.needs.states import PUBLIC


def let_indexes_know(session: Session, _actor: Actor, unit: Unit) -> None:
    shown = select(Need).where(Need.unit_id == unit.id, Need.state.in_(PUBLIC)).order_by(Need.id)
    needs = session.scalars(shown).all()
    if needs:
        revisions = take_revisions(session, Collection.NEEDS, len(needs))
        for need, revision in zip(needs, revisions, strict=True):
            need.revision = revision
