"""What the matcher said of the demo's pairs: the index only knows texts that are committed.

While the story is told nothing is, so places are filled in afterwards, by the finished texts.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from marketplace.matches.many import suggestion_of
from marketplace.matches.models import Judgement
from marketplace.matches.queries import place_in_ranking
from marketplace.pairings.models import Pairing


def fill_in_places(session: Session) -> None:
    judgements = select(Judgement).options(
        joinedload(Judgement.need), joinedload(Judgement.concept)
    )
    for judgement in session.scalars(judgements).all():
        place = place_in_ranking(session, judgement.need, judgement.concept)
        for name, value in place.items():
            setattr(judgement, name, value)
    for pairing in session.scalars(select(Pairing).options(joinedload(Pairing.need))).all():
        suggestion = suggestion_of(session, pairing.need, pairing.concept_id)
        if suggestion is not None:
            pairing.suggested_rank = suggestion.rank
            pairing.suggested_strength = suggestion.strength.value
