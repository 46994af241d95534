"""How good a ranking is, on collections where it is known what belongs together."""

from matching.evaluation.bootstrap import confidence_interval, paired_bootstrap
from matching.evaluation.collections import (
    JudgedCollection,
    Qrels,
    collection_folders,
    read_collection,
    read_qrels,
)
from matching.evaluation.judged_ranking import JudgedRanking
from matching.evaluation.measures import MEASURES, ndcg, recall, reciprocal_rank, success_at
from matching.evaluation.rankers import Retriever, rank_by_words, rank_by_words_and_meaning
from matching.evaluation.runs import Run, evaluate_run, make_run, mean

__all__ = [
    "MEASURES",
    "JudgedCollection",
    "JudgedRanking",
    "Qrels",
    "Retriever",
    "Run",
    "collection_folders",
    "confidence_interval",
    "evaluate_run",
    "make_run",
    "mean",
    "ndcg",
    "paired_bootstrap",
    "rank_by_words",
    "rank_by_words_and_meaning",
    "read_collection",
    "read_qrels",
    "recall",
    "reciprocal_rank",
    "success_at",
]
