"""Constants of the ranking are chosen by scikit-learn's cross-validation."""

from __future__ import annotations

import pytest
from sklearn.base import clone
from sklearn.model_selection import GridSearchCV, cross_val_score

from matching import Document
from matching.evaluation import JudgedRanking
from matching.index.match_index import MatchIndex
from tests.matching.examples import CONCEPTS, NEEDS

DOCUMENTS = list(CONCEPTS.values())
QUERIES = [NEEDS[name] for name in sorted(NEEDS.keys() & CONCEPTS.keys())]
GRADES = [{query.id: 1.0} for query in QUERIES]


@pytest.mark.parametrize(
    "params", [{"parameters__k2": 1}, {"parameters__b": 2.0}, {"queries": []}, {"b": 0.5}]
)
def test_what_is_no_parameter_is_refused(params: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"must be from 0 to 1|parameter"):
        JudgedRanking(DOCUMENTS).set_params(**params)


def test_a_query_without_grades_is_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        JudgedRanking(DOCUMENTS).fit(QUERIES).score(QUERIES, GRADES[1:])
    with pytest.raises(ValueError, match="no query"):
        JudgedRanking(DOCUMENTS).fit([]).score([], [])


def test_a_clone_has_the_same_constants_and_is_not_fitted() -> None:
    ranking = JudgedRanking(DOCUMENTS).set_params(parameters__k1=0.5).fit(QUERIES)
    other = clone(ranking)
    assert other.parameters == ranking.parameters
    assert other.get_params()["parameters__k1"] == 0.5
    assert not hasattr(other, "index_")


def test_the_ids_are_those_of_the_index() -> None:
    found = JudgedRanking(DOCUMENTS).fit(QUERIES).predict(QUERIES)
    index = MatchIndex.from_documents(DOCUMENTS)
    assert found == [[match.document_id for match in index.rank(each, 10)] for each in QUERIES]
    assert JudgedRanking(DOCUMENTS).fit([]).predict([Document("", "", "xyzzy")]) == [[]]


def test_the_score_is_the_mean_over_the_queries() -> None:
    assert JudgedRanking(DOCUMENTS).fit(QUERIES).score(QUERIES, GRADES) == 1.0
    nothing = [{"missing": 1.0}, *GRADES[1:]]
    expected = pytest.approx(1 - 1 / len(QUERIES))
    assert JudgedRanking(DOCUMENTS).fit(QUERIES).score(QUERIES, nothing) == expected


def test_cross_validation_and_grid_search_take_it_as_it_is() -> None:
    assert cross_val_score(JudgedRanking(DOCUMENTS), QUERIES, GRADES, cv=2).tolist() == [1.0, 1.0]
    titled = [Document("1", "Turgruppe"), Document("2", "Leksehjelp")]
    asked = [Document("", "", "turgrupper"), Document("", "", "lekser")]
    grid = {"parameters__title_weight": [0.0, 2.0], "parameters__b": [0.7]}
    found = GridSearchCV(JudgedRanking(titled), grid, cv=2).fit(asked, [{"1": 1.0}, {"2": 1.0}])
    assert found.best_params_["parameters__title_weight"] == 2.0
    assert found.best_estimator_.parameters.b == 0.7
    assert found.cv_results_["mean_test_score"].tolist() == [0.0, 1.0]
