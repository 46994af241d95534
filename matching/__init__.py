"""Rank texts against texts, and say why: a pure library without web or database.

Two collections of texts, needs and concepts, go in; ranked pairs with reasons come out::

    from matching import Document, MatchIndex

    index = MatchIndex.fit([Document("k1", "Leksehjelp", "Frivillige hjelper elever.")])
    index.rank(Document("", "", "hjelp til lekser"), limit=5)
"""

from matching.documents import Document, with_target_group
from matching.explain.explanation import Explanation, SharedTerm
from matching.explain.passage import Passage
from matching.index.match_index import MatchIndex
from matching.index.reading import holds_list
from matching.index.snapshot import SnapshotError
from matching.limits import Conflict, Obstacle
from matching.portfolio import InfeasibleError, Portfolio, RunnerUp, portfolio
from matching.results import Match, Ranking
from matching.strength import Strength

__all__ = [
    "Conflict",
    "Document",
    "Explanation",
    "InfeasibleError",
    "Match",
    "MatchIndex",
    "Obstacle",
    "Passage",
    "Portfolio",
    "Ranking",
    "RunnerUp",
    "SharedTerm",
    "SnapshotError",
    "Strength",
    "holds_list",
    "portfolio",
    "with_target_group",
]
