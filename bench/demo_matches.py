"""What the demo town's own decisions say of the matches, for several ways of weighing the fields.

Usage: python -m bench.demo_matches [--meaning]
For each way: how many of the pairings that were made would have been suggested, how many of the
needs with a fitting concept have a good match, and how many have a fitting one among the first
three. With --meaning texts are read for it first, which takes some minutes.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from marketplace.accounts.models import Organisation
from marketplace.accounts.states import OrganisationKind
from marketplace.app import create_app
from marketplace.concepts.models import Concept
from marketplace.config import load_settings
from marketplace.core.migrate import upgrade
from marketplace.dashboards.quality.judged import (
    FIRST_PLACES,
    Decided,
    fitting,
    list_decided,
    load_concepts,
    load_needs,
)
from marketplace.demo.load import fill_if_empty
from marketplace.matches.index import WEIGHTS, concept_document, need_document
from marketplace.matches.queries import SHOWN
from marketplace.needs.models import Need
from matching import Document, MatchIndex, Parameters, SemanticIndex, Strength
from matching.semantic.encoder import E5Encoder
from matching.semantic.vectors import VectorStore

PAIRED, GOOD = 2, {Strength.GOOD, Strength.STRONG}
FIELDS = ("target_group", "wanted_effect", "evidence", "used_where", "needs_from_municipality")


def as_one_text(row: Need | Concept) -> Document:
    document = in_fields(row)
    text = "\n".join((document.text, *(text for _, text in document.fields)))
    return replace(document, text=text, fields=())


def in_fields(row: Need | Concept) -> Document:
    return need_document(row) if isinstance(row, Need) else concept_document(row)


def ways() -> Iterator[tuple[str, bool, Parameters]]:
    yield "one text", False, Parameters()
    yield "as the site weighs them", True, WEIGHTS
    for half in (("used_where", "needs_from_municipality"), FIELDS[2:], FIELDS, FIELDS[1:]):
        for weight in (0.5, 0.0):
            given = tuple((name, weight) for name in half)
            asked = tuple((name, weight) for name in half if name in FIELDS[:2])
            yield (
                f"{', '.join(half)} at {weight}",
                True,
                Parameters(field_weights=given, query_field_weights=asked),
            )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.demo_matches", description=__doc__)
    parser.add_argument("--meaning", action="store_true")
    wanted = parser.parse_args()
    store = VectorStore(E5Encoder()) if wanted.meaning else None
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load_settings({"INSTANCE_DIR": str(Path(folder))}))
        upgrade(app.database.engine)
        fill_if_empty(app.database)
        with app.database.reading() as session:
            decided = [one for town in _towns(session) for one in list_decided(session, town)]
            print(f"{'':<60}{'suggested':>12}{'good':>12}{'first three':>12}")
            for name, split, parameters in ways():
                print(f"{name:<60}{measured(session, decided, split, parameters, store)}")


def _towns(session: Session) -> Sequence[int]:
    kind = Organisation.kind == OrganisationKind.MUNICIPALITY
    return session.scalars(select(Organisation.id).where(kind)).all()


def measured(
    session: Session,
    decided: Sequence[Decided],
    split: bool,
    parameters: Parameters,
    store: VectorStore | None,
) -> str:
    read = in_fields if split else as_one_text
    needs, concepts = load_needs(session, decided), load_concepts(session, decided)
    documents = [read(each) for each in concepts]
    index = (
        SemanticIndex.from_documents(documents, parameters, store=store)
        if store is not None
        else MatchIndex.from_documents(documents, parameters)
    )
    found = {
        need.id: [m for m in matches if m.strength is not Strength.NONE]
        for need, (_, matches) in zip(
            needs, index.rank_all(list(map(read, needs)), SHOWN), strict=True
        )
    }
    right = fitting(decided)
    pairs = [(one.need_id, str(one.concept_id)) for one in decided if one.grade >= PAIRED]
    suggested = [pair in {m.document_id for m in found[need]} for need, pair in pairs]
    good = [any(m.strength in GOOD for m in found[need]) for need in right]
    first = [
        any(int(m.document_id) in fit for m in found[need][:FIRST_PLACES])
        for need, fit in right.items()
    ]
    return "".join(f"{sum(each):>5} of {len(each):<4}" for each in (suggested, good, first))


if __name__ == "__main__":
    main()
