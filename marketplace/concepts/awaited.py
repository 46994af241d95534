"""Which concepts wait for their owners."""

from typing import Any

from sqlalchemy import Select, select

from marketplace.concepts.models import Concept
from marketplace.concepts.states import ConceptState, ConceptTask
from marketplace.core.awaited import Awaited, Party, columns


def _draft() -> Select[Any]:
    about = {"concept": Concept.id, "entrepreneur": Concept.organisation_id}
    statement = select(*columns(Concept.id, Concept.updated_at, Concept.author_id, **about))
    return statement.where(Concept.state == ConceptState.DRAFT)


AWAITED = (Awaited(ConceptTask.DRAFT, Party.ENTREPRENEUR, _draft, queued=False),)
