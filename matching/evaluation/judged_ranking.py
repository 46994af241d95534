"""A ranking as an estimator of scikit-learn: its constants can be chosen by cross-validation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

from matching.documents import Document
from matching.evaluation.measures import ndcg
from matching.evaluation.runs import mean
from matching.index.match_index import MatchIndex
from matching.parameters import Parameters
from matching.tuning import ParametersMixin

K = 10
"""How many documents of a ranking count."""


class JudgedRanking(ParametersMixin):
    """Ranks documents, and says how well, for queries whose answers are known.

    Queries are the samples and grades the targets, so that `GridSearchCV` and `cross_val_score`
    take it as it is. Nothing is learned from the queries that it is fitted with.

    Parameters
    ----------
    documents
        What is ranked.
    parameters
        The constants of the ranking.

    Attributes
    ----------
    index_
        The fitted index.

    Examples
    --------
    >>> from sklearn.model_selection import GridSearchCV
    >>> documents = [Document("1", "", "Turgruppe"), Document("2", "", "Leksehjelp")]
    >>> queries = [Document("a", "", "turgrupper"), Document("b", "", "lekser")]
    >>> grades = [{"1": 1.0}, {"2": 1.0}]
    >>> search = GridSearchCV(JudgedRanking(documents), {"parameters__k1": [0.5, 1.3]}, cv=2)
    >>> float(search.fit(queries, grades).best_score_)
    1.0
    """

    def __init__(
        self,
        documents: Sequence[Document] = (),
        parameters: Parameters = Parameters(),  # noqa: B008 - is frozen
    ) -> None:
        self.documents = documents
        self.parameters = parameters

    def fit(
        self,
        queries: Sequence[Document],  # noqa: ARG002 - scikit-learn hands them in
        grades: Sequence[Mapping[str, float]] | None = None,  # noqa: ARG002 - likewise
    ) -> Self:
        """Index the documents; queries and grades are not used."""
        self.index_ = MatchIndex.from_documents(self.documents, self.parameters)
        return self

    def predict(self, queries: Sequence[Document]) -> list[list[str]]:
        """Return for each query the ids of the ten best documents, the best first."""
        found = self.index_.rank_all(queries, K).ids
        return [[name for name in row if name] for row in found.tolist()]

    def score(self, queries: Sequence[Document], grades: Sequence[Mapping[str, float]]) -> float:
        """Return the mean nDCG@10.

        Parameters
        ----------
        queries
            What is asked.
        grades
            For each query the grades of its relevant documents; at least one, all above 0.

        Raises
        ------
        ValueError
            When there is no query, or not one of `grades` for each.
        ZeroDivisionError
            When a query has no relevant document.
        """
        pairs = zip(self.predict(queries), grades, strict=True)
        return mean([ndcg(ranked, judged, K) for ranked, judged in pairs])
