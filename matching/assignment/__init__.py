"""The best set of pairs within capacities, and why others were not chosen."""

from matching.assignment.conflicts import Conflict, Obstacle, Pair
from matching.assignment.results import InfeasibleError, Portfolio, Rule, RunnerUp
from matching.assignment.selection import portfolio

__all__ = [
    "Conflict",
    "InfeasibleError",
    "Obstacle",
    "Pair",
    "Portfolio",
    "Rule",
    "RunnerUp",
    "portfolio",
]
