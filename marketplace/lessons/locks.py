"""The rows of a case that its end rests on, held until commit.

First the pairing, then what follows it in the order of its life, as everywhere, so that nobody
waits in a circle.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.decisions.models import Decision
from marketplace.lessons.models import Lesson
from marketplace.pairings.models import Pairing
from marketplace.pilots.models import Pilot
from marketplace.procurements.models import Procurement


def hold_case(session: Session, pairing: Pairing) -> None:
    """Read all of it anew, and keep others from changing it."""
    held = (
        select(Pairing).where(Pairing.id == pairing.id),
        *(
            select(model).where(model.pairing_id == pairing.id).order_by(model.id)
            for model in (Pilot, Decision, Procurement, Lesson)
        ),
    )
    for statement in held:
        locked = statement.with_for_update(key_share=True)
        session.scalars(locked.execution_options(populate_existing=True)).all()
