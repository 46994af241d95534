"""Who sees why it was decided so: everyone in the case."""

from marketplace.core.sight import Sight
from marketplace.pairings.sights import CASE

REASONS = Sight("decision", ("reasons",), CASE)

SIGHTS = (REASONS,)
