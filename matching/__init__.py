"""Rank texts against texts, and say why: a pure library without web or database.

Two collections of texts, needs and concepts, go in; ranked pairs with reasons come out::

    from matching import Document, MatchIndex

    index = MatchIndex.from_documents(
        [Document("k1", "Leksehjelp", "Frivillige hjelper elever.")]
    )
    index.rank("hjelp til lekser", k=5)
"""

from matching.assignment import (
    Conflict,
    InfeasibleError,
    Obstacle,
    Pair,
    Portfolio,
    Rule,
    RunnerUp,
    portfolio,
)
from matching.documents import Document, with_target_group
from matching.explain.explanation import Explanation, SharedTerm
from matching.explain.passage import Passage
from matching.explain.wording import OtherWord, other_words
from matching.facets import Agreement, Facets, Range
from matching.index.match_index import MatchIndex
from matching.index.reading import holds_list
from matching.index.snapshot import SnapshotError
from matching.parameters import Parameters, Weighting
from matching.ranker import Ranker
from matching.results import Match, Ranking
from matching.semantic.semantic_index import SemanticIndex
from matching.strength import Strength
from matching.thesaurus import Group, Thesaurus

__all__ = [
    "Agreement",
    "Conflict",
    "Document",
    "Explanation",
    "Facets",
    "Group",
    "InfeasibleError",
    "Match",
    "MatchIndex",
    "Obstacle",
    "OtherWord",
    "Pair",
    "Parameters",
    "Passage",
    "Portfolio",
    "Range",
    "Ranker",
    "Ranking",
    "Rule",
    "RunnerUp",
    "SemanticIndex",
    "SharedTerm",
    "SnapshotError",
    "Strength",
    "Thesaurus",
    "Weighting",
    "holds_list",
    "other_words",
    "portfolio",
    "with_target_group",
]
