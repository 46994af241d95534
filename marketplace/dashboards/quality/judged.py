"""What a municipality has decided of needs and concepts, as a judged collection.

A pairing that a coordinator approved says most, then one that was proposed, then the shortlist. A
concept that was dismissed as being about another problem or for others is judged not to fit; for
every other reason it may well fit, and is not judged.
"""

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from marketplace.accounts.models import Unit
from marketplace.concepts.models import Concept
from marketplace.concepts.queries import visible_to as visible_concepts
from marketplace.concepts.states import ConceptState
from marketplace.core.actor import Actor
from marketplace.core.clock import NORWAY
from marketplace.core.db import among
from marketplace.dashboards.models import RankingTrial
from marketplace.matches.index import concept_document, need_document
from marketplace.matches.models import Judgement
from marketplace.matches.states import DismissalReason, RankingWay, Verdict
from marketplace.matches.trials import first_places, record_of
from marketplace.needs.models import Need
from marketplace.needs.queries import visible_to as visible_needs
from marketplace.pairings.models import Pairing
from marketplace.pairings.states import PairingState, Side

Row = TypeVar("Row")
NOT, SHORTLISTED, PROPOSED, APPROVED = range(4)
"""Grades: whatever is above nothing fits."""
FIRST_PLACES = 3
DOES_NOT_FIT = (DismissalReason.WRONG_PROBLEM, DismissalReason.WRONG_TARGET_GROUP)
WENT_ON = (PairingState.APPROVED, PairingState.CLOSED)
README = """A judged collection in the layout of BEIR: needs are queries, concepts are the corpus.
Grades: 3 a coordinator approved the pairing, 2 somebody of the municipality proposed it, 1 the unit
put the concept on its shortlist, 0 the unit said that it is about another problem or for others.

Measure with:  python -m matching evaluate FOLDER
"""


@dataclass(frozen=True, slots=True)
class Decided:
    need_id: int
    concept_id: int
    at: datetime
    grade: int

    @property
    def month(self) -> date:
        return self.at.astimezone(NORWAY).date().replace(day=1)


def list_decided(session: Session, municipality_id: int) -> list[Decided]:
    """Once for each pair, with the highest grade that it has had."""
    best: dict[tuple[int, int], Decided] = {}
    for one in [*_judged(session, municipality_id), *_paired(session, municipality_id)]:
        before = best.get((one.need_id, one.concept_id))
        if before is None or one.grade > before.grade:
            best[one.need_id, one.concept_id] = one
    return sorted(best.values(), key=lambda one: (one.need_id, one.concept_id))


def _judged(session: Session, municipality_id: int) -> Iterator[Decided]:
    statement = _of(municipality_id, select(Judgement).join(Judgement.need))
    for row in session.scalars(statement.where(Judgement.undone_at.is_(None))):
        if row.verdict is Verdict.SHORTLISTED:
            yield Decided(row.need_id, row.concept_id, row.judged_at, SHORTLISTED)
        elif row.reason in DOES_NOT_FIT:
            yield Decided(row.need_id, row.concept_id, row.judged_at, NOT)


def _paired(session: Session, municipality_id: int) -> Iterator[Decided]:
    for row in session.scalars(_of(municipality_id, select(Pairing).join(Pairing.need))):
        if row.state in WENT_ON:
            yield Decided(row.need_id, row.concept_id, row.created_at, APPROVED)
        elif row.proposed_by_side is not Side.ENTREPRENEUR:
            yield Decided(row.need_id, row.concept_id, row.created_at, PROPOSED)


def _of(municipality_id: int, statement: Select[Row]) -> Select[Row]:
    return statement.join(Need.unit).where(Unit.organisation_id == municipality_id)


def load_needs(
    session: Session, decided: Iterable[Decided], *conditions: ColumnElement[bool]
) -> Sequence[Need]:
    ids = sorted({one.need_id for one in decided})
    statement = select(Need).where(among(Need.id, ids), *conditions)
    statement = statement.options(selectinload(Need.addenda), joinedload(Need.unit))
    return session.scalars(statement.order_by(Need.id)).all()


def load_concepts(
    session: Session, decided: Iterable[Decided], *conditions: ColumnElement[bool]
) -> Sequence[Concept]:
    """All that can be found, and those that somebody has decided on."""
    ids = sorted({one.concept_id for one in decided})
    found = or_(Concept.state == ConceptState.PUBLISHED, among(Concept.id, ids))
    statement = select(Concept).where(found, *conditions)
    return session.scalars(statement.order_by(Concept.id)).all()


def fitting(decided: Iterable[Decided]) -> Mapping[int, set[int]]:
    """By need: the concepts that fit."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for one in decided:
        if one.grade > NOT:
            found[one.need_id].add(one.concept_id)
    return found


def as_zip(session: Session, actor: Actor, municipality_id: int) -> bytes:
    """With the texts that the actor may read, and what was decided on those."""
    decided = list_decided(session, municipality_id)
    needs = load_needs(session, decided, visible_needs(actor))
    concepts = load_concepts(session, decided, visible_concepts(actor))
    read = {need.id for need in needs}, {concept.id for concept in concepts}
    rows = ["query-id\tcorpus-id\tscore"]
    rows += [
        f"{one.need_id}\t{one.concept_id}\t{one.grade}"
        for one in decided
        if one.need_id in read[0] and one.concept_id in read[1]
    ]
    asked, said = map(need_document, needs), map(concept_document, concepts)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", README)
        archive.writestr("queries.jsonl", _lines(map(record_of, asked)))
        archive.writestr("corpus.jsonl", _lines(map(record_of, said)))
        archive.writestr("qrels/test.tsv", "\n".join(rows) + "\n")
    return file.getvalue()


def _lines(records: Iterable[Mapping[str, str]]) -> str:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records)


def tried(session: Session, municipality_id: int, month: date) -> Iterator[RankingTrial]:
    """What the ranking of today makes of the decisions of a month, whole and without each part."""
    decided = list_decided(session, municipality_id)
    right = fitting(one for one in decided if one.month == month)
    if not right:
        return
    needs = [need for need in load_needs(session, decided) if need.id in right]
    concepts = load_concepts(session, decided)
    for way in RankingWay:
        first = first_places(session, needs, concepts, way, FIRST_PLACES)
        found = sum(not right[need_id].isdisjoint(shown) for need_id, shown in first.items())
        yield RankingTrial(
            municipality_id=municipality_id, month=month, way=way, needs=len(needs), found=found
        )
