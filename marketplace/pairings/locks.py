"""Rows held until commit, so that what a decision rests on is still true when it is written.

Always in the same order: units by id, need, concept, interest, pairing; so nobody waits in a
circle. On SQLite a writing session already holds the only write lock, and these statements only
read anew.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.core.db import Versioned
from marketplace.needs.sites import list_sites
from marketplace.pairings.models import Pairing


def hold(session: Session, row: Versioned) -> None:
    """Read the row anew and keep others from changing it; they may hold it too."""
    _lock(session, row, shared=True)


def hold_for_approval(session: Session, pairing: Pairing) -> None:
    """The rows that count: of two approvals that share a unit or a concept, one waits."""
    units = {site.unit.id: site.unit for site in list_sites(session, pairing.need)}
    rows: list[Versioned] = [units[unit_id] for unit_id in sorted(units)]
    for row in (*rows, pairing.need, pairing.concept, pairing):
        _lock(session, row, shared=False)
    session.expire(pairing, ["roles", "conflicts"])


def _lock(session: Session, row: Versioned, *, shared: bool) -> None:
    # A plain statement, not refresh(): that repeats the joins the row was loaded with, and
    # PostgreSQL locks no outer join.
    model = type(row)
    statement = (
        select(model)
        .where(model.id == row.id)
        .with_for_update(read=shared, key_share=not shared)
        .execution_options(populate_existing=True)
    )
    session.scalars(statement).one()
