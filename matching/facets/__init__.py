"""Whom a need or a concept is for: read from its text, and compared where words would mislead.

Age and group decide before words do::

    from matching.facets import FacetTable, TARGET_GROUP_RULES, read_target_group

    concepts = [read_target_group("Leksehjelp på 1.-4. trinn").facets()]
    need = read_target_group("Elever på 8. og 9. trinn strever med matte").facets()
    FacetTable(TARGET_GROUP_RULES, concepts).compare(need)  # -1: does not meet
"""

from matching.facets.agreement import Agreement, CodeRule, CodeRules, agreements, verdict
from matching.facets.codes import AGE, GROUP, PLACE, SCHOOL, TARGET_GROUP_RULES, Group, School
from matching.facets.model import Facets, FacetValue, Range
from matching.facets.reader import Evidence, TargetGroup, read_target_group
from matching.facets.table import FacetTable

__all__ = [
    "AGE",
    "GROUP",
    "PLACE",
    "SCHOOL",
    "TARGET_GROUP_RULES",
    "Agreement",
    "CodeRule",
    "CodeRules",
    "Evidence",
    "FacetTable",
    "FacetValue",
    "Facets",
    "Group",
    "Range",
    "School",
    "TargetGroup",
    "agreements",
    "read_target_group",
    "verdict",
]
