"""A need, concepts that answer it well and others, and a worker that looks at what is new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.core.actor import SYSTEM, Role
from marketplace.core.clock import now
from marketplace.core.engine import Database
from marketplace.core.outbox import OutboxMessage
from marketplace.core.revision import Collection, next_revision
from marketplace.core.schedule import do_what_is_due
from marketplace.matches.models import Judgement
from marketplace.matches.states import DismissalReason, Verdict
from marketplace.needs.models import Need
from marketplace.news.models import NewText, ToldMatch
from marketplace.news.services import looking
from marketplace.news.states import NewsTopic
from tests.factories import (
    make_concept,
    make_entrepreneur,
    make_member,
    make_need,
    make_unit,
)

LONELY: dict[str, Any] = {
    "title": "Ensomme eldre i helgene",
    "problem": "Eldre som bor alene, er ensomme i helgene når dagsenteret er stengt.",
    "target_group": "Hjemmeboende eldre som bor alene",
    "wanted_effect": "Eldre som bor alene, får selskap i helgene.",
}
DINNER: dict[str, Any] = {
    "title": "Middag for ensomme eldre",
    "description": "Vi lager middag i helgene for ensomme eldre som bor alene, når dagsenteret er"
    " stengt, så de som bor alene, får selskap.",
    "target_group": "Hjemmeboende eldre som bor alene",
}
GOOD: dict[str, Any] = {
    "title": "Treff",
    "target_group": "Alle",
    "description": "Vi lager middag i helgene for eldre.",
}
POSSIBLE: dict[str, Any] = GOOD | {"description": "Middag for ensomme."}
OTHERS: Sequence[dict[str, Any]] = (
    {"title": "Regnbed", "description": "Vi bygger regnbed mot overvann i asfalterte gater."},
    {"title": "Los", "description": "Vi følger elever med høyt fravær tilbake til skolen."},
    {"title": "Regneark", "description": "Kurs i regneark for voksne som søker arbeid."},
    {"title": "Sykkelverksted", "description": "Ungdom reparerer sykler og selger dem billig."},
)


@dataclass
class Stage:
    """The ids of what stands there, committed."""

    need: int
    concept: int
    owner: int
    rival: int
    member: int


def set_stage(database: Database, **need: Any) -> Stage:
    """One concept answers the need well; a rival's does not, and nothing has been noted yet."""
    with database.writing() as session:
        other = make_entrepreneur(session)
        rival = make_member(session, Role.ENTREPRENEUR, other)
        for texts in OTHERS:
            make_concept(session, other, author=rival, **texts)
        concept = make_concept(session, **DINNER)
        unit = make_unit(session)
        member = make_member(session, Role.UNIT_MEMBER, unit)
        asked = make_need(session, unit, author=member, leader=member, **(LONELY | need))
        session.commit()
        return Stage(asked.id, concept.id, concept.author_id, rival.id, member.id)


def note_need(database: Database, need_id: int) -> None:
    """As its publishing does."""
    with database.writing() as session:
        looking.note_need(session, SYSTEM, session.get_one(Need, need_id))
        session.commit()


def note_concept(database: Database, concept_id: int, **changes: Any) -> None:
    """As its publishing does, or a change of its text."""
    with database.writing() as session:
        concept = session.get_one(Concept, concept_id)
        change(session, concept, **changes)
        looking.note_concept(session, SYSTEM, concept)
        session.commit()


def change(session: Session, concept: Concept, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(concept, name, value)
    concept.revision = next_revision(session, Collection.CONCEPTS)


def work(database: Database, at: datetime | None = None) -> int:
    """By the clock of the tests: a database may have one of its own."""
    return do_what_is_due(database, at or now())


def told(database: Database, topic: NewsTopic) -> list[tuple[int, int]]:
    """Who was told, and of which need, in the order of telling."""
    with database.reading() as session:
        rows = select(OutboxMessage).where(OutboxMessage.topic == topic).order_by(OutboxMessage.id)
        return [(row.person_id, row.payload["need_id"]) for row in session.scalars(rows)]


def strengths(database: Database) -> list[str]:
    with database.reading() as session:
        rows = select(ToldMatch).order_by(ToldMatch.id)
        return [row.strength.value for row in session.scalars(rows)]


def waiting(database: Database) -> int:
    with database.reading() as session:
        rows = select(NewText.id).where(NewText.looked_at.is_(None))
        return len(session.scalars(rows).all())


def dismiss(session: Session, need: Need, concept: Concept) -> None:
    session.add(
        Judgement(
            need=need,
            concept=concept,
            person=need.author,
            verdict=Verdict.DISMISSED,
            reason=DismissalReason.WRONG_PROBLEM,
            matcher_version="1",
        )
    )
    session.flush()
