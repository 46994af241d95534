"""How the ranking would have done without one of its parts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from marketplace.concepts.models import Concept
from marketplace.core.engine import database_of
from marketplace.matches.index import WEIGHTS, concept_document, need_document
from marketplace.matches.states import RankingWay
from marketplace.matches.vectors import stored_vectors
from marketplace.needs.models import Need
from marketplace.vocabulary.queries import current_thesaurus
from matching import Document, Facets, MatchIndex, SemanticIndex, Thesaurus


def first_places(
    session: Session,
    needs: Sequence[Need],
    concepts: Iterable[Concept],
    way: RankingWay,
    places: int,
) -> Mapping[int, list[int]]:
    """The ids of the first concepts for each need, when they are ranked in this way."""
    index = _index(session, [_as_asked(concept_document(each), way) for each in concepts], way)
    asked = [_as_asked(need_document(need), way) for need in needs]
    ranking = index.rank_all(asked, places)
    return {
        need.id: [int(match.document_id) for match in found]
        for need, (_, found) in zip(needs, ranking, strict=True)
    }


def _index(session: Session, documents: Sequence[Document], way: RankingWay) -> MatchIndex:
    whole = way is not RankingWay.WITHOUT_VOCABULARY
    words = current_thesaurus(session) if whole else Thesaurus(())
    vectors = stored_vectors(database_of(session))
    if vectors is None or way is RankingWay.WITHOUT_MEANING:
        return MatchIndex.from_documents(documents, WEIGHTS, words)
    return SemanticIndex.from_documents(documents, WEIGHTS, words, store=vectors)


def _as_asked(document: Document, way: RankingWay) -> Document:
    return replace(document, facets=Facets()) if way is RankingWay.WITHOUT_FACETS else document


def record_of(document: Document) -> dict[str, str]:
    """As a judged collection in the layout of BEIR has it."""
    text = "\n".join((document.text, *(text for _, text in document.fields)))
    return {"_id": document.id, "title": document.title, "text": text}
