"""Ranking on several processes or machines, with Dask: the part that needs the optional extra."""

from matching.cluster.connection import ClusterError, ClusterMissing, cluster
from matching.cluster.ranking import rank_all

__all__ = ["ClusterError", "ClusterMissing", "cluster", "rank_all"]
