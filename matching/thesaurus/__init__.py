"""Words that stand for each other in municipal services and social entrepreneurship."""

from matching.thesaurus.groups import Group, ThesaurusError, read_groups
from matching.thesaurus.normal import normalize
from matching.thesaurus.thesaurus import LONGEST_PHRASE, Mention, Thesaurus

__all__ = [
    "LONGEST_PHRASE",
    "Group",
    "Mention",
    "Thesaurus",
    "ThesaurusError",
    "normalize",
    "read_groups",
]
